"""Eight threads that read, then write, over `store.db.writing`: nothing is lost, nobody waits long.

The controls do the same over one connection that all share, and with a deferred BEGIN, as
sqlite-utils' own `atomic()` has it: both have to lose acknowledged work or fail.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.db import Connections, connect, writing
from tests.torture.campaign import Ask
from tests.torture.lines import Line

THREADS = 8
OF_CONTROLS = 800
TABLES = (
    "CREATE TABLE counter (n INTEGER NOT NULL) STRICT",
    "CREATE TABLE operations (n INTEGER NOT NULL, thread INTEGER NOT NULL) STRICT",
    "INSERT INTO counter VALUES (0)",
)

Write = Callable[[], AbstractContextManager[Database]]


def threads(ask: Ask) -> Iterator[Line]:
    """So many operations, shared among the threads; then the controls."""
    must = "lost=0 errors=0 acked=asked max_ms<3000"
    found = _run(ask.folder / "right.db", ask.count, _rightly)
    yield Line("threads", ask.count, {"threads": THREADS, **found}, must)
    for name, way in (("shared-connection", _shared), ("deferred-begin", _deferred)):
        found = _run(ask.folder / f"{name}.db", OF_CONTROLS, way)
        figures = {"control": name, "bitten": found["lost"] + found["errors"], **found}
        yield Line("threads control", OF_CONTROLS, figures, "bitten>0")


@dataclass
class Tally:
    """What the threads were told: how long each acknowledged operation took, and errors."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0


def _run(path: Path, count: int, way: Callable[[Path], Write]) -> dict[str, int | float]:
    db = connect(path)
    for statement in TABLES:
        db.execute(statement)
    write, tally = way(path), Tally()
    begun = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        together = threading.Barrier(THREADS)
        for n in range(THREADS):
            share = count // THREADS + (n < count % THREADS)
            pool.submit(_work, together, n, share, write, tally)
    wall, took = time.monotonic() - begun, sorted(tally.seconds) or [0.0]
    counted = db.execute("SELECT n FROM counter").fetchone()[0]
    kept = db.execute("SELECT count(*) FROM operations").fetchone()[0]
    db.conn.close()
    return {
        "acked": len(tally.seconds),
        "lost": max(0, len(tally.seconds) - counted) + max(0, len(tally.seconds) - kept),
        "errors": tally.errors,
        "p50_ms": round(took[len(took) // 2] * 1000, 2),
        "p99_ms": round(took[len(took) * 99 // 100] * 1000, 2),
        "max_ms": round(took[-1] * 1000, 2),
        "per_s": round(len(tally.seconds) / wall),
    }


def _work(together: threading.Barrier, thread: int, count: int, write: Write, tally: Tally) -> None:
    """Read the counter, let others have their turn, insert a row, write the counter."""
    together.wait()
    for _ in range(count):
        begun = time.monotonic()
        try:
            with write() as db:
                n = db.execute("SELECT n FROM counter").fetchone()[0]
                time.sleep(0)
                db.execute("INSERT INTO operations VALUES (?, ?)", [n, thread])
                db.execute("UPDATE counter SET n = ?", [n + 1])
        except Exception:
            tally.errors += 1
        else:
            tally.seconds.append(time.monotonic() - begun)


def _rightly(path: Path) -> Write:
    """As the store does it: each thread its connection, and the one way to write."""
    connections = Connections(path)
    return lambda: writing(connections())


def _shared(path: Path) -> Write:
    """One connection for all, whose transactions then get mixed up."""
    db = Database(sqlite3.connect(str(path), check_same_thread=False))

    @contextmanager
    def write() -> Iterator[Database]:
        with db.atomic():
            yield db

    return write


def _deferred(path: Path) -> Write:
    """Each thread its connection, and a transaction that only turns into a writer half way."""
    mine = threading.local()

    @contextmanager
    def write() -> Iterator[Database]:
        if not hasattr(mine, "db"):
            mine.db = connect(path)
        with mine.db.atomic():
            yield mine.db

    return write
