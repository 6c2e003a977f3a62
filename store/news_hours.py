"""The hour that the first changed value opens: what changes within it is told together at its end.

Every verb but the look expects to run inside a transaction (`store.db.writing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from store.acts import rows


@dataclass(frozen=True)
class Hour:
    """An hour that is open. `since` is the newest decision before it."""

    id: int
    opened_at: datetime
    since: int


def open_hour(db: Database) -> Hour | None:
    """The hour in which changes are gathered now; None while there are none to tell."""
    found = rows(db, "SELECT id, opened_at, since FROM news_hours WHERE told_at IS NULL")
    return next(
        (Hour(r["id"], datetime.fromisoformat(r["opened_at"]), r["since"]) for r in found), None
    )


def begin(db: Database, at: datetime, since: int) -> None:
    """Open an hour unless one is open."""
    db.execute(
        """INSERT INTO news_hours(opened_at, since) SELECT ?, ?
           WHERE NOT EXISTS (SELECT 1 FROM news_hours WHERE told_at IS NULL)""",
        [at.isoformat(), since],
    )


def begin_again(db: Database, hour: Hour, now: datetime) -> None:
    """The clock was set back before the hour: it counts from now."""
    db.execute("UPDATE news_hours SET opened_at = ? WHERE id = ?", [now.isoformat(), hour.id])


def end(db: Database, hour: Hour, now: datetime, until: int) -> None:
    """All decisions up to `until` were told of; the next change opens another hour."""
    db.execute(
        "UPDATE news_hours SET told_at = ?, until = ? WHERE id = ?",
        [now.isoformat(), until, hour.id],
    )
