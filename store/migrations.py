"""How the database's shape came to be: numbered steps, never edited once released."""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database, Migrations

from store import schema

migrations = Migrations("kpibot")


@migrations(name="001-plans-people-submissions")
def first(db: Database) -> None:
    """Everything the first release keeps."""
    for statement in schema.FIRST:
        db.execute(statement)
    for table in schema.HISTORY:
        for statement in schema.append_only(table):
            db.execute(statement)


@migrations(name="002-homes")
def homes(db: Database) -> None:
    """Home tabs that people opened."""
    for statement in schema.HOMES:
        db.execute(statement)


@migrations(name="003-follows")
def follows(db: Database) -> None:
    """What people follow."""
    for statement in (*schema.FOLLOWS, *schema.append_only("follows")):
        db.execute(statement)


@cache
def names() -> tuple[str, ...]:
    """Every step this code knows, in order."""
    return tuple(m.name for m in migrations.pending(Database(memory=True)))
