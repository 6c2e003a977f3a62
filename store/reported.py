"""What did not go out and is still to be told to planners. The verbs run inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from store import outbox
from store.acts import rows
from store.outbox import Message

TROUBLE = "trouble:"


def troubles(db: Database, since: float, but: Sequence[str]) -> list[Message]:
    """What ended as dead, unknown or lapsed and was made after `since`, told or not; as below."""
    return _troubles(db, since, but, "")


def unreported(db: Database, since: float, but: Sequence[str]) -> list[Message]:
    """What ended as dead, unknown or lapsed, was made after `since` and is not told yet.

    Left out are edits that were overtaken, reports themselves, and what lapsed for a reason that
    begins with one of `but`: what people wanted so is no trouble.
    """
    untold = "AND NOT EXISTS (SELECT 1 FROM reported r WHERE r.key = o.key AND r.state = o.state)"
    return _troubles(db, since, but, untold)


def _troubles(db: Database, since: float, but: Sequence[str], untold: str) -> list[Message]:
    wanted = " ".join("AND substr(coalesce(error, ''), 1, ?) <> ?" for _ in but)
    found = rows(
        db,
        f"""SELECT key FROM outbox o WHERE made_at >= ? AND substr(key, 1, ?) <> ?
           AND (state IN ('dead', 'unknown') OR state = 'skipped' AND edits IS NULL {wanted})
           {untold}
           ORDER BY made_at, rowid""",
        [since, len(TROUBLE), TROUBLE, *(arg for why in but for arg in (len(why), why))],
    )
    return [each for row in found if (each := outbox.message(db, row["key"])) is not None]


def report(db: Database, told: Iterable[Message], at: datetime) -> None:
    """These were told."""
    for each in told:
        db.execute(
            "INSERT INTO reported(key, state, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [each.key, each.state, at.isoformat(timespec="seconds")],
        )


def reported_on(db: Database, day: str) -> bool:
    """Whether planners were told anything on a day (`2026-06-05`)."""
    like = f"{TROUBLE}{day}:%"
    return db.execute("SELECT 1 FROM outbox WHERE key LIKE ?", [like]).fetchone() is not None
