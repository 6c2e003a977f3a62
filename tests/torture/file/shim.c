/* Put between a process and the C library (LD_PRELOAD): writes, syncs and truncations of watched
 * files fail when they are told to, or are written down for a power cut to be played from.
 *
 * A file is watched when its path holds the part given to `io_watch`. Everything is told by the
 * process itself: it finds these functions among its own. Of a write that fails, half is written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { FILES = 4096, PART = 256, WRITE = 1, SYNC = 2, TRUNCATE = 3, NOTE = 4 };
enum { NOT_WATCHED = 0, MAIN = 1, WAL = 2, SHM = 3, OTHER = 4 };

static char watched[PART];
static char kind_of[FILES];
static long fail_at, seen;
static int error_number, for_ever, fired, log_fd = -1;

struct entry { int32_t op, file; int64_t offset, length; };

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void io_watch(const char *part) {
    strncpy(watched, part, PART - 1);
}

/* From now on count; the n-th operation fails, and with `always` every later one. 0: none does. */
void io_fail_at(long n, int error, int always) {
    fail_at = n; error_number = error; for_ever = always; seen = 0; fired = 0;
}

long io_seen(void) { return seen; }
int io_fired(void) { return fired; }
void io_log_to(int fd) { log_fd = fd; }

static void put(int op, int file, int64_t offset, const void *data, int64_t length) {
    struct entry made = {op, file, offset, length};
    if (log_fd < 0 || file == SHM) return;
    if (REAL(write)(log_fd, &made, sizeof made) != sizeof made) _exit(97);
    if (data && length && REAL(write)(log_fd, data, length) != length) _exit(98);
}

/* What the process says meanwhile, among its operations. */
void io_note(const char *text) { put(NOTE, MAIN, 0, text, strlen(text)); }

static int kind(int fd) { return fd >= 0 && fd < FILES ? kind_of[fd] : NOT_WATCHED; }

static int fails(int fd) {
    if (!kind(fd)) return 0;
    seen++;
    if (!fail_at || seen < fail_at || (seen > fail_at && !for_ever)) return 0;
    fired = 1;
    return 1;
}

static int ends_with(const char *text, const char *end) {
    size_t all = strlen(text), part = strlen(end);
    return all >= part && !strcmp(text + all - part, end);
}

static int opened(int fd, const char *path) {
    if (fd < 0 || fd >= FILES) return fd;
    kind_of[fd] = !watched[0] || !strstr(path, watched) ? NOT_WATCHED
        : ends_with(path, "-wal") ? WAL : ends_with(path, "-shm") ? SHM
        : ends_with(path, ".db") ? MAIN : OTHER;
    return fd;
}

static int mode_of(int flags, va_list more) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
}

int open(const char *path, int flags, ...) {
    va_list more; va_start(more, flags);
    int mode = mode_of(flags, more); va_end(more);
    return opened(REAL(open)(path, flags, mode), path);
}

int open64(const char *path, int flags, ...) {
    va_list more; va_start(more, flags);
    int mode = mode_of(flags, more); va_end(more);
    return opened(REAL(open64)(path, flags, mode), path);
}

int close(int fd) {
    if (fd >= 0 && fd < FILES) kind_of[fd] = NOT_WATCHED;
    return REAL(close)(fd);
}

static ssize_t broken_write(int fd, const void *data, size_t length, off64_t offset) {
    if (REAL(pwrite64)(fd, data, length / 2, offset) < 0) return -1;
    errno = error_number;
    return -1;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    if (fails(fd)) return broken_write(fd, data, length, offset);
    if (kind(fd)) put(WRITE, kind(fd), offset, data, length);
    return REAL(pwrite64)(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    return pwrite64(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
    off64_t here = kind(fd) ? lseek64(fd, 0, SEEK_CUR) : 0;
    if (fails(fd)) return broken_write(fd, data, length, here);
    if (kind(fd)) put(WRITE, kind(fd), here, data, length);
    return REAL(write)(fd, data, length);
}

#define WRAP(name, args, given, op, offset)                          \
    int name args {                                                  \
        if (fails(fd)) { errno = error_number; return -1; }          \
        if (kind(fd)) put(op, kind(fd), offset, NULL, 0);            \
        return REAL(name) given;                                     \
    }

WRAP(fsync, (int fd), (fd), SYNC, 0)
WRAP(fdatasync, (int fd), (fd), SYNC, 0)
WRAP(ftruncate, (int fd, off_t size), (fd, size), TRUNCATE, size)
WRAP(ftruncate64, (int fd, off64_t size), (fd, size), TRUNCATE, size)
