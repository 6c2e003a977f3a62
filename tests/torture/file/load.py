"""A process that writes and writes, so that copies are made meanwhile; and what it wrote by when.

Each transaction is the same whoever does it, so that what a copy has to hold after so many of them
is found by doing them again on a file of one's own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from store import meta, outbox
from store.acts import By, record
from store.db import connect, open_db, writing
from tests.crash.lineage import begin, ended, processes
from tests.torture.file.deeds import NOON, SHEET, digest, found, submitting

COUNTED = "torture"
PAUSE_SECONDS = 0.01
EVERY = 20  # There is a submission among as many lesser acts.
PATIENCE_SECONDS = 60.0


def write(db: Database, number: int) -> None:
    """The transaction of this number, and the number itself in `meta`."""
    with writing(db):
        if number % EVERY:
            record(db, By("shell:torture", NOON, "shell"), "torture", str(number), "done")
            payload = {"text": "週報" * 100}
            outbox.enqueue(db, f"torture:{number}", "C0DIGEST", "週報", payload, 0.0)
        else:
            submitting([SHEET[number // EVERY % len(SHEET)]], number).do(db)
        meta.put(db, COUNTED, str(number))


def counted(db: Database) -> int:
    """How many transactions a database holds."""
    return int(meta.get(db, COUNTED) or 0)


@contextmanager
def written_to(path: Path, log: Path) -> Iterator[None]:
    """While another process writes to `path`; in `log` stands when each was acknowledged."""
    found(path)
    stop = processes.Event()
    writer = begin(_write_on, path, log, stop)
    try:
        yield
    finally:
        stop.set()
        code = ended(writer, PATIENCE_SECONDS)
    assert code == 0


def acknowledged(log: Path) -> list[float]:
    """When each was acknowledged, by the monotonic clock; the first has the number 1."""
    whole = log.read_text().rpartition("\n")[0] if log.exists() else ""
    return [float(line) for line in whole.splitlines()]


def expected(folder: Path, numbers: set[int]) -> Mapping[int, str]:
    """What a file holds after each of these numbers of transactions, as digests."""
    path = folder / "again.db"
    found(path)
    db = connect(path)
    db.execute("PRAGMA synchronous=OFF").fetchall()
    made: dict[int, str] = {}
    for number in range(max(numbers, default=0) + 1):
        if number:
            write(db, number)
        if number in numbers:
            made[number] = digest(db)
    db.conn.close()
    return made


def _write_on(path: Path, log: Path, stop: Any) -> None:
    db, number = open_db(path), 0
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while not stop.is_set():
        number += 1
        write(db, number)
        os.write(told, f"{time.monotonic()}\n".encode())
        time.sleep(PAUSE_SECONDS)
    db.conn.close()
