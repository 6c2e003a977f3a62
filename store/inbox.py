"""Every act of a person takes effect once, however often it is delivered.

The key is what is unique to the act. The row is written in the same transaction as the effect, with
the reply, so that a redelivery gets the stored reply and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store.acts import record
from store.db import writing
from store.errors import NotAllowed

Reply = dict[str, Any]


def once(db: Database, key: str, at: datetime, work: Callable[[], Reply]) -> Reply:
    """Do `work` in one durable transaction and keep its reply; a known key gets the kept reply.

    A refusal (NotAllowed) leaves no business row and exactly one audit row, and is raised again.
    """
    try:
        with writing(db):
            kept = _kept(db, key)
            if kept is not None:
                return kept
            reply = work()
            _keep(db, key, at, reply)
            return reply
    except NotAllowed as denied:
        with writing(db):
            if _kept(db, key) is None:
                record(db, denied.by.because(str(denied)), denied.act, denied.subject, "denied")
                _keep(db, key, at, {"text": str(denied)})
        raise


def _kept(db: Database, key: str) -> Reply | None:
    row = db.execute("SELECT reply FROM inbox WHERE key = ?", [key]).fetchone()
    return None if row is None else json.loads(row[0])


def _keep(db: Database, key: str, at: datetime, reply: Reply) -> None:
    db.execute(
        "INSERT INTO inbox(key, at, reply) VALUES (?, ?, ?)",
        [key, at.isoformat(timespec="seconds"), json.dumps(reply, ensure_ascii=False)],
    )


def forget(db: Database, before: datetime) -> int:
    """Drop keys older than any redelivery; returns how many went."""
    cursor = db.execute("DELETE FROM inbox WHERE at < ?", [before.isoformat(timespec="seconds")])
    return int(cursor.rowcount)
