"""What the bot is to say by itself: one row a message, its key unique, its outcome recorded.

States: `due` (to be posted), `sending` (claimed; the outcome is open), `sent`, `skipped` (lapsed,
with a reason), `unknown` (could not be settled; the operator decides), `dead` (Slack refused for
good). Times are epoch seconds of the bot's clock. The delivery itself is `schedules.delivery`; its
verbs expect to run inside a transaction (`store.db.writing`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store.acts import returned, rows

# One message a second a channel: https://docs.slack.dev/apis/web-api/rate-limits
PACE_SECONDS = 1.0
DOUBT = "outbox.doubt"


@dataclass(frozen=True)
class Message:
    """A row of the outbox. `audience` is a channel id, or a user id for a DM.

    `verify` says that it may be out already: look for it, from `first_at` (the earliest try by the
    clock) on, before posting. `due_at` is when it falls due, where it is of an occasion.
    """

    key: str
    audience: str
    title: str
    payload: dict[str, Any]
    edits: str | None
    state: str
    verify: bool
    attempt: int
    made_at: float
    first_at: float | None
    last_try: float | None
    next_at: float
    channel: str | None
    ts: str | None
    via: str | None
    error: str | None
    mark: int | None
    due_at: float | None = None


def enqueue(
    db: Database,
    key: str,
    audience: str,
    title: str,
    payload: dict[str, Any],
    now: float,
    edits: str | None = None,
    mark: int | None = None,
    since: float | None = None,
) -> bool:
    """Put a message in the outbox; False when that key is there already.

    `payload` is `{"text", "blocks"}` as Slack takes it, with `thread_ts` for a reply in a thread.
    `edits` names the key of an earlier message that this one replaces where it stands. `mark` is
    the newest decision the message told of.
    A message that was meant for the time before the last `doubt` (`since` says when) may be out
    though its row was lost: it is looked for from then on before it is posted.
    """
    doubtful = since is not None and since <= doubted_until(db)
    cursor = db.execute(
        """INSERT INTO outbox(key, audience, title, payload, state, edits, made_at, next_at, mark,
             verify, first_at, due_at)
           VALUES (?1, ?2, ?3, ?4, 'due', ?5, ?6, ?6, ?7, ?8 IS NOT NULL, ?8, ?9)
           ON CONFLICT(key) DO NOTHING""",
        [
            key,
            audience,
            title,
            json.dumps(payload, ensure_ascii=False),
            edits,
            now,
            mark,
            since if doubtful else None,
            since,
        ],
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
    """Take the oldest message that is due: it is `sending` from here on, for one taker only.

    An audience that was written to within the last second has to wait; a time that lies ahead
    (the clock was set back) keeps nobody waiting.
    """
    found = returned(
        db,
        """UPDATE outbox SET state = 'sending', attempt = attempt + 1, last_try = ?1,
             first_at = min(coalesce(first_at, ?1), ?1)
           WHERE key = (SELECT key FROM outbox WHERE state = 'due' AND next_at <= ?1
             AND audience NOT IN
               (SELECT audience FROM outbox WHERE last_try > ?1 - ?2 AND last_try <= ?1)
             ORDER BY next_at, made_at, rowid LIMIT 1) AND state = 'due' RETURNING *""",
        [now, PACE_SECONDS],
    )
    return _message(found[0]) if found else None


def mark_verify(db: Database, key: str, channel: str) -> None:
    """From here on the message may be out in `channel`: look for it before posting again."""
    db.execute("UPDATE outbox SET verify = 1, channel = ? WHERE key = ?", [channel, key])


def mark_sent(db: Database, key: str, channel: str, ts: str, via: str) -> None:
    """The message stands in Slack, as `post` or `update` answered or as `lookup` found."""
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


def drop_blocks(db: Database, key: str, kind: str) -> bool:
    """Take the blocks of a kind out of a message that surely is not out; False when it has none."""
    held = message(db, key)
    blocks = held.payload.get("blocks", []) if held else []
    left = [block for block in blocks if block["type"] != kind]
    if held is None or not left or left == blocks:
        return False
    payload = json.dumps({**held.payload, "blocks": left}, ensure_ascii=False)
    db.execute("UPDATE outbox SET payload = ? WHERE key = ?", [payload, key])
    return True


def settle(db: Database, key: str, state: str, error: str, verify: bool | None = None) -> None:
    """The message ends as `dead`, `unknown` or `skipped`, with the reason."""
    db.execute(
        "UPDATE outbox SET state = ?, error = ?, verify = coalesce(?, verify) WHERE key = ?",
        [state, error, None if verify is None else int(verify), key],
    )


def resume(db: Database, key: str, now: float) -> bool:
    """Try a message that ended as `dead` or `unknown` once more, as the operator wants it.

    One that may be out is looked for first. False when there is no such message.
    """
    cursor = db.execute(
        """UPDATE outbox SET state = 'due', next_at = ?, attempt = 0
           WHERE key = ? AND state IN ('dead', 'unknown')""",
        [now, key],
    )
    return bool(cursor.rowcount)


def in_hand(db: Database) -> bool:
    """Whether anything is being sent, or was when its sender died."""
    return db.execute("SELECT 1 FROM outbox WHERE state = 'sending'").fetchone() is not None


def recover(db: Database, now: float, wait: float) -> int:
    """What was being sent when its sender died is due again; what may be out waits to be looked up.

    The wait counts from the last try, because a restart can be faster than Slack.
    """
    cursor = db.execute(
        """UPDATE outbox SET state = 'due', next_at = min(last_try, ?) + ? * verify
           WHERE state = 'sending'""",
        [now, wait],
    )
    return int(cursor.rowcount)


def pull_in(db: Database, now: float, wait: float) -> None:
    """The clock was set back: nothing waits longer than `wait` for a time that was ahead of it."""
    db.execute("UPDATE outbox SET next_at = ?1 WHERE state = 'due' AND next_at > ?1", [now + wait])


def doubt(db: Database, now: float) -> None:
    """After a restore: anything not settled, and anything meant for the time until now, may be out."""
    db.execute(
        """UPDATE outbox SET state = 'due', verify = 1, first_at = coalesce(first_at, made_at)
           WHERE state IN ('due', 'sending') AND edits IS NULL"""
    )
    db.execute(
        """INSERT INTO meta(key, value) VALUES (?, ?)
           ON CONFLICT(key) DO UPDATE SET value = excluded.value""",
        [DOUBT, repr(now)],
    )


def doubted_until(db: Database) -> float:
    """The moment of the last `doubt`; 0 without one."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [DOUBT]).fetchone()
    return 0.0 if row is None else float(row[0])


def message(db: Database, key: str) -> Message | None:
    """One row of the outbox."""
    found = rows(db, "SELECT * FROM outbox WHERE key = ?", [key])
    return _message(found[0]) if found else None


def messages(db: Database, state: str | None = None, like: str = "%") -> list[Message]:
    """The rows in a state (or all), in the order they were made; `like` matches keys."""
    found = rows(
        db,
        f"""SELECT * FROM outbox WHERE {"state = ?" if state else "?"} AND key LIKE ?
           ORDER BY made_at, rowid""",
        [state or True, like],
    )
    return [_message(row) for row in found]


def edited_again(db: Database, edit: Message) -> bool:
    """Whether a later edit of the same message is there, which makes this one pointless."""
    row = db.execute(
        """SELECT 1 FROM outbox WHERE edits = ? AND state IN ('due', 'sending', 'sent')
           AND rowid > (SELECT rowid FROM outbox WHERE key = ?) LIMIT 1""",
        [edit.edits, edit.key],
    ).fetchone()
    return row is not None


def counts(db: Database) -> dict[str, int]:
    """How many messages there are in each state."""
    found = rows(db, "SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state")
    return {row["state"]: row["n"] for row in found}


def oldest_due(db: Database) -> float | None:
    """The moment for which the longest waiting message was meant; None when none waits."""
    row = db.execute("SELECT min(next_at) FROM outbox WHERE state = 'due'").fetchone()
    return None if row is None else row[0]


def next_due(db: Database, now: float) -> float | None:
    """When a message can next be taken, pace included, or None when nothing waits."""
    row = db.execute(
        """SELECT min(max(next_at, coalesce(free, next_at))) FROM outbox LEFT JOIN
             (SELECT audience, max(last_try) + ?2 AS free FROM outbox
              WHERE last_try > ?1 - ?2 AND last_try <= ?1 GROUP BY audience) USING (audience)
           WHERE state = 'due'""",
        [now, PACE_SECONDS],
    ).fetchone()
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
        made_at=row["made_at"],
        first_at=row["first_at"],
        last_try=row["last_try"],
        next_at=row["next_at"],
        channel=row["channel"],
        ts=row["ts"],
        via=row["via"],
        error=row["error"],
        mark=row["mark"],
        due_at=row["due_at"],
    )
