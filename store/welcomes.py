"""Whom the bot has greeted: once a person, ever."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


def greeted(db: Database, user: str) -> bool:
    """Whether this user was greeted already."""
    return db.execute("SELECT 1 FROM welcomes WHERE user = ?", [user]).fetchone() is not None


def greet(db: Database, user: str, at: datetime) -> bool:
    """Note that this user is greeted; False when they were before. Runs inside a transaction."""
    cursor = db.execute(
        "INSERT INTO welcomes(user, at) VALUES (?, ?) ON CONFLICT(user) DO NOTHING",
        [user, at.isoformat(timespec="seconds")],
    )
    return bool(cursor.rowcount)


def spoken_to(db: Database, user: str) -> bool:
    """Whether the bot ever had anything to say to this user by direct message."""
    row = db.execute("SELECT 1 FROM outbox WHERE audience = ? LIMIT 1", [user]).fetchone()
    return row is not None
