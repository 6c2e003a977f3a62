"""Who gets which digest and when: history of the choices, the newest of which holds.

A channel can have several digests: a subscription is named by its channel, what it is about and how
often it comes. Its day and time may change and it stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Any, Literal, cast

from sqlite_utils import Database

from store.acts import By, append, rows

Rhythm = Literal["weekly", "monthly"]
Kind = Literal["all", "goal", "department"]
MONTHS_END = 31
NINE = time(9)


@dataclass(frozen=True, order=True)
class Scope:
    """What a digest is about: everything, a goal (`subject` is `PLAN/GOAL`), or a department."""

    kind: Kind = "all"
    subject: str = ""

    @property
    def suffix(self) -> str:
        """What sets it apart in a key; empty for everything."""
        return f":{self.kind}:{self.subject}" if self.subject else ""


EVERYTHING = Scope()


@dataclass(frozen=True)
class Subscription:
    """A digest that a channel gets.

    `day` is the weekday (Monday is 0) or the day of the month (31: its last) from which on the first
    working day is taken; `since` is the newest decision before it began.
    """

    channel: str
    scope: Scope = EVERYTHING
    rhythm: Rhythm = "weekly"
    day: int = 0
    time: time = NINE
    since: int = 0

    @property
    def name(self) -> str:
        """What it is called in the store and on buttons."""
        return f"{self.rhythm}:{self.channel}{self.scope.suffix}"


@dataclass(frozen=True)
class Choice:
    """A subscription as it holds, with who chose it so, and when (ISO), and why."""

    subscription: Subscription
    actor: str
    at: str
    reason: str | None


def choices(db: Database) -> tuple[Choice, ...]:
    """Every subscription that holds, by channel, what it is about and how often it comes."""
    found = rows(
        db,
        """SELECT * FROM subscriptions s WHERE active = 1 AND id = (SELECT max(id)
             FROM subscriptions WHERE channel = s.channel AND scope = s.scope
             AND subject = s.subject AND rhythm = s.rhythm)
           ORDER BY channel, scope, subject, rhythm DESC""",
    )
    return tuple(_choice(row) for row in found)


def subscriptions(db: Database) -> tuple[Subscription, ...]:
    """The same, without who chose them."""
    return tuple(choice.subscription for choice in choices(db))


def named(db: Database, name: str) -> Subscription | None:
    """The subscription of that name that holds."""
    return next((each for each in subscriptions(db) if each.name == name), None)


def version(db: Database) -> int:
    """The number of the newest choice: whoever opened a form sees whether it is overtaken."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM subscriptions").fetchone()[0])


def subscribe(db: Database, by: By, wanted: Subscription, since: int | None = None) -> bool:
    """Give a channel a digest, or another day or time to one that it has; False when it has it so.

    A new one's first issue tells of what is decided from now on, or after the decision `since`.
    Runs inside a transaction.
    """
    held = named(db, wanted.name)
    kept = replace(wanted, since=held.since) if held else beginning(db, wanted, since)
    if kept == held:
        return False
    _append(db, by, kept, True)
    return True


def beginning(db: Database, wanted: Subscription, since: int | None = None) -> Subscription:
    """The same as it begins: after the decision `since`, else after what is decided so far."""
    return replace(wanted, since=_newest_decision(db) if since is None else since)


def unsubscribe(db: Database, by: By, name: str) -> bool:
    """Take a digest from its channel; False when it has none of that name."""
    held = named(db, name)
    if held is not None:
        _append(db, by, held, False)
    return held is not None


def end_all(db: Database, by: By, channel: str) -> tuple[Subscription, ...]:
    """A channel gets no digest any more; those that it had. Runs inside a transaction."""
    held = tuple(each for each in subscriptions(db) if each.channel == channel)
    for each in held:
        unsubscribe(db, by, each.name)
    return held


def change(db: Database, by: By, name: str, wanted: Subscription) -> bool:
    """Put `wanted` in the place of a subscription: one of another name goes on where that one stood.

    False, and nothing is written, when it is so already.
    """
    if name == wanted.name:
        return subscribe(db, by, wanted)
    held = named(db, name)
    stood = told_until(db, held) if held else None
    unsubscribe(db, by, name)
    return subscribe(db, by, wanted, stood)


def tell(db: Database, key: str, subscription: str) -> None:
    """The message of the outbox with this key is an issue of the subscription of that name."""
    db.execute(
        "INSERT INTO digests_told(key, subscription) VALUES (?, ?) ON CONFLICT(key) DO NOTHING",
        [key, subscription],
    )


def told_until(db: Database, subscription: Subscription) -> int:
    """The newest decision that a channel was told of by it, or that there was when it began."""
    return max(last_told(db, subscription) or 0, subscription.since)


def last_told(db: Database, subscription: Subscription) -> int | None:
    """The newest decision that an issue told of which went out; None before the first."""
    row = db.execute(
        """SELECT max(mark) FROM outbox JOIN digests_told USING (key)
           WHERE state = 'sent' AND subscription = ?""",
        [subscription.name],
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def issues(db: Database, subscription: Subscription) -> list[dict[str, Any]]:
    """Its messages, oldest first: `key`, `state`, `made_at` (epoch) and `ts`."""
    return rows(
        db,
        """SELECT key, state, made_at, ts FROM outbox JOIN digests_told USING (key)
           WHERE subscription = ? ORDER BY outbox.rowid""",
        [subscription.name],
    )


def _append(db: Database, by: By, each: Subscription, active: bool) -> None:
    append(
        db,
        "subscriptions",
        by,
        channel=each.channel,
        scope=each.scope.kind,
        subject=each.scope.subject,
        rhythm=each.rhythm,
        day=each.day,
        time=f"{each.time:%H:%M}",
        since=each.since,
        active=int(active),
    )


def _newest_decision(db: Database) -> int:
    return int(db.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0])


def _choice(row: dict[str, Any]) -> Choice:
    found = Subscription(
        row["channel"],
        Scope(cast(Kind, row["scope"]), row["subject"]),
        cast(Rhythm, row["rhythm"]),
        row["day"],
        time.fromisoformat(row["time"]),
        row["since"],
    )
    return Choice(found, row["actor"], row["at"], row["reason"])
