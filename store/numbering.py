"""Numbers of rows of history after a restore: none is given twice.

What was written after the backup is gone, but not from Slack: a message there asks to approve the
submission of a number. Given to another one, that number would approve a figure that nobody saw, and
the message about it would pass for one that was posted. So a restore leaves out all that may have
been given.
"""

from __future__ import annotations

from datetime import datetime
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from store import meta
from store.schema.seals import SEALED

FLOOR = "numbers.floor"
# It changes while a database is put back, before anybody else opens it.
_seen: WeakKeyDictionary[Database, int] = WeakKeyDictionary()


def floor(db: Database) -> int:
    """The number beyond which rows are numbered; 0 where nothing was restored."""
    if db not in _seen:
        _seen[db] = int(meta.get(db, FLOOR) or 0)
    return _seen[db]


def leave_out(db: Database, given: int, now: datetime) -> None:
    """Number beyond what stands here and beyond `given`, and beyond what nobody knows of any more.

    The seconds of the clock are that: fewer rows than seconds go by, also between two restores.
    """
    beyond = max(given, largest(db), int(now.timestamp()))
    meta.put(db, FLOOR, str(beyond))
    _seen[db] = beyond


def largest(db: Database) -> int:
    """The largest number that a database gave or left out."""
    conn = db.conn
    there = {
        name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    numbered = [f"SELECT max(rowid) FROM {table}" for table in SEALED if table in there]
    left_out = f"SELECT CAST(value AS INTEGER) FROM meta WHERE key = '{FLOOR}'"
    found = [conn.execute(sql).fetchone() for sql in (*numbered, left_out)]
    return max((row[0] or 0 for row in found if row), default=0)
