"""What the public may see: a connection that reads nothing else.

Whatever is published is read through `reading_public`. A column that `PUBLIC` does not name reads as
NULL there, by SQLite's own word, whoever asks: people, reasons, remarks, drafts and whatever a later
table may hold cannot get into what is made of it. Rows are for the maker to choose: approved ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.acts import rows
from store.db import connect

PUBLIC: Mapping[str, frozenset[str]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "plan_versions": "id plan first_year last_year body",
        "departments": "id department name active effective_from",
        "assignments": "id plan subject department effective_from",
        "submissions": "id plan indicator collection kind period month source department sample at",
        "actual_values": "submission series value",
        "decisions": "id submission kind at",
        "locks": "id plan collection kind at",
        "frozen_verdicts": "id lock plan indicator collection submission values period"
        " rule rule_version grade label why arithmetic",
        "cards": "id plan indicator field value",
        "comparisons": "id plan indicator place period series value source",
        "publications": "id plan collection lock kind at",
        "revision_proposals": "id plan indicator from_year before after reason decided_by"
        " decided_on",
        "revision_settlements": "id proposal kind at",
    }.items()
}
"""The columns of each table that a site may be made of. A column that is not here is internal."""

# That a row is there, and its number where the table has no name for it.
_ALWAYS = frozenset({"", "ROWID"})
# sqlite-utils reads within a savepoint.
_READING = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_SAVEPOINT,
    }
)


@contextmanager
def reading_public(path: Path) -> Iterator[Database]:
    """The database of a file as the public may see it, at one moment; nothing can be written."""
    db = connect(path)
    try:
        views = {
            row["name"] for row in rows(db, "SELECT name FROM sqlite_master WHERE type='view'")
        }

        def allow(action: int, one: str | None, two: str | None, *_: object) -> int:
            if action == sqlite3.SQLITE_READ:
                return _may_read(one or "", two or "", views)
            return int(sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY)

        db.execute("BEGIN")
        db.conn.set_authorizer(allow)
        yield db
    finally:
        db.conn.close()


def _may_read(table: str, column: str, views: set[str]) -> int:
    """A view shows what its tables show: their columns are asked for one by one."""
    public = table in views or column in _ALWAYS or column in PUBLIC.get(table, ())
    return int(sqlite3.SQLITE_OK if public else sqlite3.SQLITE_IGNORE)
