"""A data folder: private to its owner, and held by one process at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from store.errors import CannotRun

LOCK = "bot.lock"


def make_private(folder: Path) -> None:
    """A folder that only its owner may enter, unless it is there already."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def only_one(folder: Path, refusal: str = "") -> Iterator[None]:
    """Hold the data folder: one process talks and posts for it at a time.

    Raises CannotRun, with this `refusal` if there is one, while another process holds it.

    The lock is on a file of its own, never on the database (closing a descriptor of that file
    would drop SQLite's locks); the kernel frees it when the process dies.
    """
    make_private(folder)
    handle: IO[str] = (folder / LOCK).open("a+")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotRun(
                refusal
                or f"データフォルダ {folder} は別の kpibot が使用中です。先にそちらを止めてください。"
            ) from error
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield
    finally:
        handle.close()


def holder(folder: Path) -> int | None:
    """The process that holds a data folder, by its id; None when nobody does. Nothing is written."""
    try:
        with (folder / LOCK).open() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(handle.read() or 0)
    except (FileNotFoundError, PermissionError):
        pass
    return None
