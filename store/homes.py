"""Home tabs that people opened: a working table, so that a tab nobody looks at is not kept fresh.

The verbs expect to run inside a transaction (`store.db.writing`).
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


def opened(db: Database, user: str, at: datetime) -> None:
    """Somebody opened their Home tab."""
    db.execute(
        """INSERT INTO homes(user, opened_at) VALUES (?, ?)
           ON CONFLICT(user) DO UPDATE SET opened_at = excluded.opened_at""",
        [user, at.isoformat(timespec="seconds")],
    )


def published(db: Database, user: str, view_hash: str) -> None:
    """The tab now shows the view with this hash."""
    db.execute("UPDATE homes SET hash = ? WHERE user = ?", [view_hash, user])


def is_open(db: Database, user: str) -> bool:
    """Whether this user ever opened their Home tab."""
    return db.execute("SELECT 1 FROM homes WHERE user = ?", [user]).fetchone() is not None


def hash_of(db: Database, user: str) -> str | None:
    """The hash of the view that the tab shows; None when none is known."""
    row = db.execute("SELECT hash FROM homes WHERE user = ?", [user]).fetchone()
    return None if row is None else row[0]


def concerned(db: Database, since: int, looked_at: datetime) -> tuple[str, ...]:
    """Whose tab was opened after `looked_at`, and to whom something was to be said after `since`."""
    found = db.execute(
        """SELECT DISTINCT user FROM outbox JOIN homes ON user = audience
           WHERE outbox.rowid > ? AND opened_at >= ? ORDER BY user""",
        [since, looked_at.isoformat(timespec="seconds")],
    )
    return tuple(str(row[0]) for row in found.fetchall())


def newest(db: Database) -> int:
    """The newest row of the outbox, for `concerned`; 0 before the first."""
    return int(db.execute("SELECT coalesce(max(rowid), 0) FROM outbox").fetchone()[0])
