"""What the bot is to say by itself: one row a message, its key unique, its outcome recorded.

States: `due` (to be posted), `sending` (claimed; the outcome is open), `sent`, `skipped` (lapsed,
with a reason), `unknown` (could not be settled; the operator decides), `dead` (Slack refused for
good). The delivery itself is `schedules.delivery`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store.acts import rows


@dataclass(frozen=True)
class Message:
    """A row of the outbox. `audience` is a channel id, or a user id for a DM."""

    key: str
    audience: str
    title: str
    payload: dict[str, Any]
    edits: str | None
    state: str
    verify: bool
    attempt: int
    first_at: float | None
    last_try: float | None
    channel: str | None
    ts: str | None
    error: str | None
    mark: int | None


def enqueue(
    db: Database,
    key: str,
    audience: str,
    title: str,
    payload: dict[str, Any],
    now: float,
    edits: str | None = None,
    mark: int | None = None,
) -> bool:
    """Put a message in the outbox; False when that key is there already.

    `payload` is `{"text", "blocks"}` as Slack takes it. `edits` names the key of an earlier message
    that this one replaces where it stands. `mark` is the newest decision the message told of.
    """
    cursor = db.execute(
        """INSERT INTO outbox(key, audience, title, payload, state, edits, made_at, next_at, mark)
           VALUES (?, ?, ?, ?, 'due', ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING""",
        [key, audience, title, json.dumps(payload, ensure_ascii=False), edits, now, now, mark],
    )
    return bool(cursor.rowcount)


def skip(db: Database, key: str, audience: str, title: str, now: float, reason: str) -> bool:
    """Record that a message lapsed; False when that key is there already."""
    cursor = db.execute(
        """INSERT INTO outbox(key, audience, title, state, made_at, next_at, error)
           VALUES (?, ?, ?, 'skipped', ?, ?, ?) ON CONFLICT(key) DO NOTHING""",
        [key, audience, title, now, now, reason],
    )
    return bool(cursor.rowcount)


def claim(db: Database, now: float) -> Message | None:
    """Take the oldest message that is due: it is `sending` from here on, for one taker only."""
    found = rows(
        db,
        """UPDATE outbox SET state = 'sending', attempt = attempt + 1, last_try = ?,
             first_at = coalesce(first_at, ?)
           WHERE key = (SELECT key FROM outbox WHERE state = 'due' AND next_at <= ?
             ORDER BY next_at, made_at, rowid LIMIT 1) AND state = 'due' RETURNING *""",
        [now, now, now],
    )
    return _message(found[0]) if found else None


def mark_verify(db: Database, key: str) -> None:
    """From here on the message may be out: look for it before posting again."""
    db.execute("UPDATE outbox SET verify = 1 WHERE key = ?", [key])


def mark_sent(db: Database, key: str, channel: str, ts: str, via: str) -> None:
    """The message stands in Slack, as `post` answered or as `lookup` found."""
    db.execute(
        "UPDATE outbox SET state = 'sent', channel = ?, ts = ?, via = ?, error = NULL WHERE key = ?",
        [channel, ts, via, key],
    )


def put_back(
    db: Database, key: str, at: float, error: str | None, verify: bool | None = None
) -> None:
    """Due again at `at`. `verify=False` says that it surely is not out."""
    db.execute(
        """UPDATE outbox SET state = 'due', next_at = ?, error = ?, verify = coalesce(?, verify)
           WHERE key = ?""",
        [at, error, None if verify is None else int(verify), key],
    )


def settle(db: Database, key: str, state: str, error: str) -> None:
    """The message ends as `dead`, `unknown` or `skipped`, with the reason."""
    db.execute("UPDATE outbox SET state = ?, error = ? WHERE key = ?", [state, error, key])


def recover(db: Database, wait: float) -> int:
    """At start: what was being sent when the process died is due again, to be looked up first."""
    cursor = db.execute(
        """UPDATE outbox SET state = 'due', next_at = last_try + ? * verify
           WHERE state = 'sending'""",
        [wait],
    )
    return int(cursor.rowcount)


def message(db: Database, key: str) -> Message | None:
    """One row of the outbox."""
    found = rows(db, "SELECT * FROM outbox WHERE key = ?", [key])
    return _message(found[0]) if found else None


def messages(db: Database, state: str | None = None, like: str = "%") -> list[Message]:
    """The rows in a state (or all), in the order they were made; `like` matches keys."""
    found = rows(
        db,
        """SELECT * FROM outbox WHERE (?1 IS NULL OR state = ?1) AND key LIKE ?2
           ORDER BY made_at, rowid""",
        [state, like],
    )
    return [_message(row) for row in found]


def next_due(db: Database) -> float | None:
    """When the next message is due, or None when nothing waits."""
    row = db.execute("SELECT min(next_at) FROM outbox WHERE state = 'due'").fetchone()
    return None if row is None else row[0]


def _message(row: dict[str, Any]) -> Message:
    return Message(
        key=row["key"],
        audience=row["audience"],
        title=row["title"],
        payload=json.loads(row["payload"] or "{}"),
        edits=row["edits"],
        state=row["state"],
        verify=bool(row["verify"]),
        attempt=row["attempt"],
        first_at=row["first_at"],
        last_try=row["last_try"],
        channel=row["channel"],
        ts=row["ts"],
        error=row["error"],
        mark=row["mark"],
    )
