"""The one way into the database, and the one way to write.

`open_db(path)` gives a connection with the promises of this store: WAL, `synchronous=FULL` (what
was acknowledged is on disk), foreign keys, and a short wait for a busy file, so that a person gets
a sentence before Slack gives up at three seconds. A connection belongs to the thread that opened
it; `Connections` hands each thread its own.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import meta, sealing
from store.errors import CannotRun
from store.migrations import migrations, names

Kind = Literal["sandbox", "live"]
BUSY_MS = 2000
# Each thread has a connection, and each connection pages of its own. Four times as much, which is
# what SQLite takes by itself, makes no answer quicker.
CACHE_KIB = 512
LITTLE_MS, LEAST_MS = 100, 20


class FairLock:
    """A lock that serves its waiters in the order they came, so that nobody starves."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        gate.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_turn = FairLock()


def open_db(path: Path | str) -> Database:
    """Open the database of this store, made and migrated as far as this code knows.

    Raises CannotRun when the file was written by a newer version or is no database.
    """
    return shaped(connect(path), path)


def shaped(db: Database, path: Path | str) -> Database:
    """A connection whose database has the shape that this code knows; closed when it can't be given.

    Raises CannotRun as `open_db` does.
    """
    try:
        _migrate(db)
    except sqlite3.DatabaseError as error:
        db.conn.close()
        raise CannotRun(f"データベース {path} を開けません: {error}") from error
    return db


def connect(path: Path | str) -> Database:
    """A connection with this store's settings and no look at the schema."""
    db = Database(str(path))
    try:
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            f"cache_size=-{CACHE_KIB}",
        ):
            db.conn.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.DatabaseError as error:
        db.conn.close()
        raise CannotRun(f"データベース {path} を開けません: {error}") from error
    return db


@contextmanager
def as_it_is(path: Path | str) -> Iterator[Database]:
    """A database of whatever version, without a look at its shape. Raises CannotRun for no database."""
    db = connect(path)
    try:
        yield db
    finally:
        db.conn.close()


def _migrate(db: Database) -> None:
    unknown = [m.name for m in migrations.applied(db) if m.name not in names()]
    if unknown:
        raise CannotRun(
            f"このデータベースは新しい版で作られています（{unknown[-1]}）。kpibot を更新してください。"
        )
    if migrations.pending(db):
        with writing(db):
            migrations.apply(db)
        sealing.forget(db)


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One transaction that may write: all of it is durable on leaving, or none of it.

    What it adds to history is sealed with it. Writers of this process take turns in order. Other
    processes are waited for up to two seconds, of which the wait for one's turn is a part;
    sqlite3.OperationalError is raised then. Nested use joins the outer transaction.
    """
    if db.conn.in_transaction:
        yield db
        return
    watched, begun = sealing.watch(db), time.monotonic()
    with _turn:
        _begin(db, round((time.monotonic() - begun) * 1000))
        try:
            yield db
            if watched:
                sealing.seal(db)
            db.commit()
        except BaseException:
            db.rollback()
            raise


def _begin(db: Database, waited_ms: int) -> None:
    """Whoever waited for their turn has mostly waited for the same busy file as the one before them:
    both waits together have to end before Slack gives up on the person who acts.
    """
    if waited_ms < LITTLE_MS:
        db.execute("BEGIN IMMEDIATE")
        return
    try:
        db.execute(f"PRAGMA busy_timeout={max(LEAST_MS, BUSY_MS - waited_ms)}").fetchall()
        db.execute("BEGIN IMMEDIATE")
    finally:
        db.execute(f"PRAGMA busy_timeout={BUSY_MS}").fetchall()


class Connections:
    """Hands every thread its own connection to one database file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = threading.local()
        self._generation = 0
        self()

    def __call__(self) -> Database:
        """The calling thread's connection, opened when first asked for."""
        if getattr(self._mine, "generation", None) != self._generation:
            self._mine.db = open_db(self.path)
            self._mine.generation = self._generation
        db: Database = self._mine.db
        return db

    def begin_anew(self, like: Database | None = None) -> None:
        """Throw the database away and begin an empty one, or one `like` another.

        Raises CannotRun for a live one.
        """
        if kind_of(self()) == "live":
            raise CannotRun("本番のデータベースは作り直せません。")
        with _turn:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            if like is not None:
                made = connect(self.path)
                like.conn.backup(made.conn)
                made.conn.close()
            self._generation += 1


def remembered(db: Database) -> Database:
    """What a database holds now, in memory; any thread may read it, one at a time."""
    kept = Database(sqlite3.connect(":memory:", check_same_thread=False))
    db.conn.backup(kept.conn)
    return kept


def stamp(db: Database, kind: Kind) -> None:
    """Mark a new database as sandbox or live for good.

    Raises CannotRun when it is already the other kind: samples never meet real figures.
    """
    with writing(db):
        found = kind_of(db)
        if found is None:
            meta.put(db, "kind", kind)
        elif found != kind:
            words = {"sandbox": "試用（サンプル入り）", "live": "本番"}
            raise CannotRun(
                f"このデータフォルダは{words[found]}用です。{words[kind]}には使えません。"
                "別のデータフォルダを --data で指定してください。"
            )


def kind_of(db: Database) -> Kind | None:
    """Which kind the database was born as; None when it is not stamped yet."""
    kind = meta.get(db, "kind")
    return None if kind is None else ("sandbox" if kind == "sandbox" else "live")
