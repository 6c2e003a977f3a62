"""The comparison: what the sandbox saw acknowledged and posted, against what the database holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlite_utils import Database

from schedules.announcing.occasions import PREFIX
from store import departments, outbox
from store.reported import TROUBLE
from tests.crash.city import START, count
from tests.crash.town import message_key
from tests.sandbox.hands import Json


@dataclass(frozen=True)
class Toll:
    """What came of killing the bot at one step; where the next bot dies too, a round has two kills.

    `acked` counts acknowledged acts (a digest: taken up), `missing` what was acknowledged or due
    and is not there, `doubled` what is there more than once, `half` what is there in part;
    `looked_up` the messages that were found in Slack instead of being posted again.
    """

    step: str
    kills: int
    acked: int
    missing: int
    doubled: int
    half: int
    looked_up: int = 0

    def __str__(self) -> str:
        return (
            f"step={self.step} kills={self.kills} acked={self.acked} "
            f"missing={self.missing} doubled={self.doubled} half={self.half}"
        )


def missing_and_doubled(db: Database, posted: list[Json]) -> tuple[int, int]:
    """Messages of the outbox that stand in Slack not at all or not as they should, and extra ones.

    What came too late to be said, in weeks that pass in a moment, is not missing once planners are
    told of it.
    """
    there = Counter(filter(None, map(message_key, posted)))
    texts = {message_key(message): message["text"] for message in posted}
    rows = outbox.messages(db)
    newest = {row.edits: row for row in rows if row.edits}
    reported = {key for (key,) in db.execute("SELECT key FROM reported WHERE state = 'skipped'")}
    owed = [row for row in rows if not row.edits and row.key not in reported]
    missing = sum(row.state != "sent" or not there[row.key] for row in owed)
    missing += sum(texts.get(key) != row.payload["text"] for key, row in newest.items())
    doubled = sum(times - 1 for times in there.values())
    return missing, doubled


def half_written(db: Database, posted: list[Json]) -> int:
    """How much of what happened stands there in part only: one row without the others of its act."""
    acts = count(db, "submissions") + count(db, "decisions")
    kept = count(db, "inbox WHERE key LIKE 'click:%' OR key LIKE 'view:%'")
    drafted = count(db, "submissions WHERE surface = 'command'")
    broken = int(db.execute("PRAGMA integrity_check").fetchone()[0] != "ok")
    return (
        count(
            db,
            "submissions s WHERE NOT EXISTS (SELECT 1 FROM actual_values WHERE submission = s.id)",
        )
        + len(_expected(db) ^ _told_of_acts(db))
        + len({message_key(m) for m in posted} - {None} - {r.key for r in outbox.messages(db)})
        + abs(kept - acts)
        + abs(drafted - count(db, "drafts WHERE used_at IS NOT NULL"))
        + len(db.execute("PRAGMA foreign_key_check").fetchall())
        + broken
    )


def _told_of_acts(db: Database) -> set[str]:
    """The keys of what people are told of acts; of stages and of troubles they hear by the calendar."""
    people = (row.key for row in outbox.messages(db) if row.audience[0] == "U")
    return {key for key in people if not key.startswith((PREFIX, TROUBLE))}


def _expected(db: Database) -> set[str]:
    """The keys that submissions and decisions put in the outbox."""
    today, planners = START.date(), departments.planners(db)
    keys = set()
    for number, actor, department, decided in db.execute(
        "SELECT id, actor, department, decided FROM submission_states"
    ).fetchall():
        asked = {f"approval:{number}:{planner}" for planner in planners}
        keys |= asked
        if decided:
            told = {actor, *departments.members(db, department, today)}
            keys |= {f"{key}:decided" for key in asked}
            keys |= {f"outcome:{number}:{user}" for user in told}
    return keys
