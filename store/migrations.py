"""How the database's shape came to be: numbered steps, never edited once released."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlite_utils import Database, Migrations

from store.schema import first, follows, homes
from store.schema.columns import append_only

migrations = Migrations("kpibot")


def _make(db: Database, tables: Iterable[str], history: Iterable[str] = ()) -> None:
    for statement in tables:
        db.execute(statement)
    for table in history:
        for statement in append_only(table):
            db.execute(statement)


@migrations(name="001-plans-people-submissions")
def make_first(db: Database) -> None:
    """Everything the first release keeps."""
    _make(db, first.TABLES, first.HISTORY)


@migrations(name="002-homes")
def make_homes(db: Database) -> None:
    """Home tabs that people opened."""
    _make(db, homes.TABLES)


@migrations(name="003-follows")
def make_follows(db: Database) -> None:
    """What people follow."""
    _make(db, follows.TABLES, follows.HISTORY)


@cache
def names() -> tuple[str, ...]:
    """Every step this code knows, in order."""
    return tuple(m.name for m in migrations.pending(Database(memory=True)))
