"""What a database knows of itself: small facts by name, outside history."""

from __future__ import annotations

from datetime import timedelta

from sqlite_utils import Database

CLOCK_OFFSET = "clock.offset"


def get(db: Database, key: str) -> str | None:
    """What is held under a name."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return None if row is None else str(row[0])


def put(db: Database, key: str, value: str) -> None:
    """Hold a value under a name, in place of what was held."""
    db.execute(
        """INSERT INTO meta(key, value) VALUES (?, ?)
           ON CONFLICT(key) DO UPDATE SET value = excluded.value""",
        [key, value],
    )


def drop(db: Database, key: str) -> None:
    """Hold nothing under a name."""
    db.execute("DELETE FROM meta WHERE key = ?", [key])


def clock_offset(db: Database) -> timedelta:
    """How far the clock of a sandbox is from the real one; nothing for a live database."""
    return timedelta(seconds=float(get(db, CLOCK_OFFSET) or 0))
