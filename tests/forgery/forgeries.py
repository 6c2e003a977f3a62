"""Every way to forge one thing in a database, and what has to be found of it.

A forger has the file, a plain SQLite connection to it, and the triggers out of the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.examining import Breach
from store.schema.seals import SEALED
from tests.forgery.city import slip_in

Way = Literal["alter", "remove", "insert", "swap"]


@dataclass(frozen=True)
class Forgery:
    """One cell altered, one row removed or slipped in, or two rows that changed places."""

    way: Way
    table: str
    row: int = 0
    column: str = ""
    other: int = 0


def forgeries(conn: sqlite3.Connection) -> Iterator[Forgery]:
    """All there are in this database, but for what may be written into a cell."""
    for table in SEALED:
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        numbers = [row[0] for row in conn.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
        yield Forgery("insert", table)
        for number in numbers:
            yield Forgery("remove", table, number)
            yield from (Forgery("alter", table, number, column) for column in columns)
        for number, other in pairwise(numbers):
            yield Forgery("swap", table, number, other=other)


def forge(conn: sqlite3.Connection, forgery: Forgery, value: Any = None) -> set[Breach]:
    """Do it; what has to be found. `value` is what is to stand in a cell, None for one like it."""
    table, row, other = forgery.table, forgery.row, forgery.other
    if forgery.way == "insert":
        return {Breach("slipped_in", table, slip_in(conn, table, "偽", 123456))}
    if forgery.way == "remove":
        conn.execute(f"DELETE FROM {table} WHERE rowid = ?", [row])
        return {Breach("removed", table, row)}
    if forgery.way == "swap":
        for number, place in ((row, -1), (other, row), (-1, other)):
            conn.execute(f"UPDATE {table} SET rowid = ? WHERE rowid = ?", [place, number])
        return {Breach("altered", table, row), Breach("altered", table, other)}
    return _alter(conn, forgery, value)


def _alter(conn: sqlite3.Connection, forgery: Forgery, value: Any) -> set[Breach]:
    table, row, column = forgery.table, forgery.row, forgery.column
    cell = f'SELECT "{column}" FROM {table} WHERE rowid = ?'
    before = conn.execute(cell, [row]).fetchone()[0]
    like_it = before + 1_000_000 if isinstance(before, int) else f"{before or ''}0"
    wanted = value if isinstance(value, type(before)) and value != before else like_it
    sql = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ? RETURNING rowid'
    moved = conn.execute(sql, [wanted, row]).fetchone()[0]
    if moved != row:
        return {Breach("removed", table, row), Breach("slipped_in", table, moved)}
    return {Breach("altered", table, row)}
