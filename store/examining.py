"""Walks the chain of seals and finds what of history was altered, removed or slipped in.

What is compared is what stands in the file now with what its seals say, and the triggers and views
with those that this code makes. Whoever recomputes the whole chain is found by a head that was noted
elsewhere (`find`): in a digest's footer, or beside a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from store.db import open_db
from store.errors import BadInput
from store.schema.seals import SEALED
from store.sealing import SHORT, START, Head, digest_of, head_after

What = Literal["altered", "removed", "slipped_in", "shape"]
_LINE = re.compile(r"(\w+) (\d+) (\d+) ([0-9a-f]{64})")
_HEAD = re.compile(rf"[0-9a-f]{{{SHORT},64}}")


@dataclass(frozen=True)
class Breach:
    """Something that is not as it was sealed: a row of a table, or a trigger or view by name."""

    what: What
    table: str
    row: int | None = None


@dataclass(frozen=True)
class Examined:
    """How many rows of history are sealed, the head they lead to, and every breach found."""

    rows: int
    head: Head | None
    breaches: tuple[Breach, ...] = ()

    @property
    def mark(self) -> str:
        """Stands for these breaches and no others; empty where there are none."""
        return sha256(repr(self.breaches).encode()).hexdigest()[:SHORT] if self.breaches else ""


class _Seal(NamedTuple):
    columns: int
    digest: str


@dataclass
class _Chain:
    """The seals as they were walked: each row's seal by table, and what was wrong on the way."""

    seals: dict[str, dict[int, _Seal]] = field(default_factory=dict)
    breaches: list[Breach] = field(default_factory=list)
    head: Head | None = None


def examine(db: Database, made: Database) -> Examined:
    """All of it, at one moment. `made` is an empty database as this code makes one."""
    with _reading(db):
        chain = _walk(db)
        breaches, there = [*chain.breaches, *_shape(db, made)], set(db.table_names())
        for table in SEALED:
            if table in there:
                breaches += _compare(db, table, chain.seals.get(table, {}))
    return Examined(sum(map(len, chain.seals.values())), chain.head, tuple(breaches))


def examine_now(db: Database) -> Examined:
    """The same, against what this code makes now."""
    made = open_db(":memory:")
    try:
        return examine(db, made)
    finally:
        made.conn.close()


def find(db: Database, given: str) -> Head | None:
    """The head that somebody noted, in full or as it stands in a digest; None when it is not there.

    Raises BadInput for what can't be one.
    """
    typed = given.strip().lower()
    if not _HEAD.fullmatch(typed):
        raise BadInput(f"照合番号は{SHORT}〜64桁の16進数で指定してください（0–9、a–f）。", given)
    sql = "SELECT id, head FROM seals WHERE substr(head, 1, length(?1)) = ?1"
    row = db.execute(sql, [typed]).fetchone()
    return None if row is None else Head(*row)


@contextmanager
def _reading(db: Database) -> Iterator[None]:
    """One view of the file whoever writes meanwhile; text comes as it is, however it was spoilt."""
    usual = db.conn.text_factory
    db.conn.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()
        db.conn.text_factory = usual


def _walk(db: Database) -> _Chain:
    """Each seal follows from the one before it. A number that is missing was removed."""
    chain, before = _Chain(), START
    for number, sealed, head in db.conn.execute("SELECT id, sealed, head FROM seals ORDER BY id"):
        expected = chain.head.number + 1 if chain.head else 1
        if number != expected:
            chain.breaches.append(Breach("removed", "seals", expected))
        elif head != head_after(before, sealed):
            chain.breaches.append(Breach("altered", "seals", number))
        chain.breaches += _take(chain, number, sealed)
        chain.head, before = Head(number, head), head
    return chain


def _take(chain: _Chain, number: int, sealed: str) -> Iterator[Breach]:
    for line in sealed.split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            yield Breach("altered", "seals", number)
            return
        table, row, columns, digest = found.groups()
        of_table = chain.seals.setdefault(table, {})
        of_table.setdefault(int(row), _Seal(int(columns), digest))


def _compare(db: Database, table: str, seals: Mapping[int, _Seal]) -> Iterator[Breach]:
    """The rows that stand there beside those that were sealed."""
    added, seen = _as_added(db, table), set()
    for row, *columns in db.conn.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid"):
        seen.add(row)
        seal = seals.get(row)
        if seal is None:
            yield Breach("slipped_in", table, row)
        elif (
            digest_of(table, row, columns[: seal.columns]) != seal.digest
            or columns[seal.columns :] != added[seal.columns :]
        ):
            yield Breach("altered", table, row)
    for row in sorted(seals.keys() - seen):
        yield Breach("removed", table, row)


def _as_added(db: Database, table: str) -> list[Any]:
    """What each column holds in a row that is older than the column."""
    defaults = [row[4] for row in db.conn.execute(f"PRAGMA table_info({table})")]
    return [each and db.conn.execute(f"SELECT {each}").fetchone()[0] for each in defaults]


def _shape(db: Database, made: Database) -> Iterator[Breach]:
    """Triggers, views and tables of history that are not as this code makes them."""
    there, ours = _parts(db), _parts(made)
    for name in sorted(there.keys() | ours.keys()):
        if there.get(name) != ours.get(name):
            yield Breach("shape", name)


def _parts(db: Database) -> dict[str, str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR name IN ({})"
    marks = ", ".join("?" for _ in SEALED)
    return dict(db.conn.execute(sql.format(marks), SEALED).fetchall())
