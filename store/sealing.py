"""Seals the rows of history that a transaction writes, each seal chained to the one before.

A row's digest is the SHA-256 of one JSON text: the list of table, rowid and all columns in their
order, without spaces, all but ASCII escaped. A later migration adds columns at the end only: a seal
says how many there were, so that what was sealed before verifies after it. A head is the SHA-256 of
the head before it (`START` for the first), a line break, and the lines of its seal. Nothing of this
needs SQLite to know a function of ours: any tool can read and recompute it.

What a connection writes is noted by triggers of its own, in its `temp` schema. So only rows that
went through `store.db.writing` are sealed, and reading costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any
from weakref import WeakSet

from sqlite_utils import Database

from store.schema.seals import SEALED

START = "0" * 64
SHORT = 12
_AT_ONCE = 500
# Connections that note what they write.
_watched: WeakSet[Database] = WeakSet()
_said_in_json = json.JSONEncoder(separators=(",", ":"), default=repr).encode


@dataclass(frozen=True)
class Head:
    """The newest seal: its number and hash stand for all history up to it."""

    number: int
    hash: str

    @property
    def short(self) -> str:
        """As it stands in a digest's footer."""
        return self.hash[:SHORT]


def head(db: Database) -> Head | None:
    """The head of the chain; None while nothing was sealed."""
    row = db.conn.execute("SELECT id, head FROM seals ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else Head(*row)


def digest_of(table: str, row: int, columns: Sequence[Any]) -> str:
    """The SHA-256 of a row, in hex."""
    return sha256(_said_in_json([table, row, *columns]).encode("ascii")).hexdigest()


def head_after(before: str, sealed: str) -> str:
    """The hash of a seal with these lines, in hex."""
    return sha256(f"{before}\n{sealed}".encode("utf-8", "surrogateescape")).hexdigest()


def watch(db: Database) -> bool:
    """Note from now on which rows of history this connection writes.

    False while the database has no seals yet: then nothing is noted. Called outside a transaction.
    """
    if db in _watched:
        return True
    conn = db.conn
    there = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "seals" not in there:
        return False
    conn.execute("CREATE TEMP TABLE written (name TEXT NOT NULL, number INTEGER NOT NULL)")
    for table in there.intersection(SEALED):
        conn.execute(
            f"""CREATE TEMP TRIGGER {table}_noted AFTER INSERT ON main.{table}
                BEGIN INSERT INTO written VALUES ('{table}', NEW.rowid); END"""
        )
    _watched.add(db)
    return True


def forget(db: Database) -> None:
    """Watch anew at the next write: there may be more tables than before."""
    _watched.discard(db)
    db.conn.execute("DROP TABLE IF EXISTS temp.written")
    for table in SEALED:
        db.conn.execute(f"DROP TRIGGER IF EXISTS temp.{table}_noted")


def seal(db: Database) -> None:
    """Seal what this connection wrote: the last thing in a transaction of a watched connection."""
    written = db.conn.execute("SELECT name, number FROM written ORDER BY rowid").fetchall()
    if written:
        db.conn.execute("DELETE FROM written")
        _append(db, [_line(db, table, row) for table, row in written])


def adopt(db: Database, tables: Iterable[str]) -> None:
    """Seal all rows of tables that were not watched, as they stand: those of a migration."""
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "seals" not in there:
        return
    lines = (line for table in tables if table in there for line in _lines(db, table))
    while some := list(islice(lines, _AT_ONCE)):
        _append(db, some)


def _line(db: Database, table: str, row: int) -> str:
    found = db.conn.execute(f"SELECT * FROM {table} WHERE rowid = ?", [row]).fetchone()
    return _said(table, row, found)


def _lines(db: Database, table: str) -> Iterator[str]:
    for row, *columns in db.conn.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall():
        yield _said(table, row, columns)


def _said(table: str, row: int, columns: Sequence[Any]) -> str:
    return f"{table} {row} {len(columns)} {digest_of(table, row, columns)}"


def _append(db: Database, lines: Sequence[str]) -> None:
    before, sealed = head(db), "\n".join(lines)
    after = head_after(before.hash if before else START, sealed)
    db.conn.execute("INSERT INTO seals(sealed, head) VALUES (?, ?)", [sealed, after])
