"""What the speaker remembers between ticks and restarts, and what the operator should know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from store import meta, outbox
from store.fiscal import TOKYO

HEARD_UNTIL = "speaker.heard_until"
HELD = "speaker.held"
SETTLED = "speaker.settled"
RESTORED = "speaker.restored"
ALTERED = "history.altered"
ACCEPTED = "history.accepted"


@dataclass(frozen=True)
class Trouble:
    """Something that needs the operator: a message that did not go out, or silence, and why.

    `state` is `dead`, `unknown` or `skipped` as in the outbox, or `held`: nothing is said by itself.
    """

    state: str
    key: str
    title: str
    reason: str


def heard_until(db: Database) -> datetime | None:
    """The moment up to which everything that fell due was taken up; None before the first tick."""
    kept = meta.get(db, HEARD_UNTIL)
    return None if kept is None else datetime.fromtimestamp(float(kept), TOKYO)


def hear_until(db: Database, moment: datetime) -> None:
    """Everything that fell due by `moment` was taken up."""
    meta.put(db, HEARD_UNTIL, repr(moment.timestamp()))


def settled_until(db: Database) -> str | None:
    """The state of the ledger (`store.reminded.ledger_mark`) up to which reminders were settled."""
    return meta.get(db, SETTLED)


def settle_until(db: Database, mark: str) -> None:
    """Reminders say what the ledger said at this mark."""
    meta.put(db, SETTLED, mark)


def hold(db: Database, reason: str) -> None:
    """Nothing is said by itself until this is resolved."""
    meta.put(db, HELD, reason)


def let_go(db: Database) -> None:
    """The bot may speak by itself again."""
    meta.drop(db, HELD)


def held(db: Database) -> str | None:
    """Why nothing is said by itself, None when all is well."""
    return meta.get(db, RESTORED) or meta.get(db, HELD)


def wait_for_release(db: Database, now: datetime) -> None:
    """The database was restored: nothing is said by itself until the operator releases it."""
    meta.put(
        db,
        RESTORED,
        f"{now:%Y-%m-%d %H:%M}に復元しました。内容を確かめ、`kpibot restore --release` で再開してください。",
    )


def release(db: Database) -> bool:
    """Speak again after a restore; False when there is nothing to release."""
    waited = is_restored(db)
    meta.drop(db, RESTORED)
    return waited


def is_restored(db: Database) -> bool:
    """The operator has not looked at what was restored yet."""
    return meta.get(db, RESTORED) is not None


def remember_altered(db: Database, mark: str) -> None:
    """What was last found altered in history (`store.examining.Examined.mark`); empty: nothing."""
    if mark in {"", meta.get(db, ACCEPTED)}:
        meta.drop(db, ALTERED)
    else:
        meta.put(db, ALTERED, mark)


def accept_altered(db: Database, mark: str) -> None:
    """The operator put this history back knowing what is altered in it."""
    meta.put(db, ACCEPTED, mark)
    meta.drop(db, ALTERED)


def altered(db: Database) -> str | None:
    """The mark of what is altered in history; None when nothing is, or nothing but what is known."""
    return meta.get(db, ALTERED)


def troubles(db: Database, since: float = 0.0) -> list[Trouble]:
    """What did not go out, oldest first; of what merely lapsed only what was made after `since`."""
    why = held(db)
    found = [Trouble("held", "", "自動投稿の停止", why)] if why else []
    for each in outbox.messages(db):
        lapsed = each.state == "skipped" and each.edits is None and each.made_at >= since
        if lapsed or each.state in {"dead", "unknown"}:
            found.append(Trouble(each.state, each.key, each.title, each.error or ""))
    return found
