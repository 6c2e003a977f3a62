"""What people were told, what the workspace holds and what the database says: compared by key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.crash.city import count, looking
from tests.crash.lineage import elsewhere
from tests.crash.town import Town, message_key
from tests.torture.wire.acts import Record

KEY = re.compile(r"K\d{6}K")
DECIDED = "SELECT submission FROM decisions WHERE kind = 'approve'"


@dataclass(frozen=True)
class Stored:
    """How often each act stands in the database, and which messages count as sent."""

    previews: Counter[str]
    submissions: Counter[str]
    approvals: Counter[str]
    sent: frozenset[str]
    unsent: int
    integrity: str


@dataclass(frozen=True)
class Toll:
    """`rows` stand for acts; `acked_missing` were acknowledged and are not there; `doubled` are
    rows or messages beyond the first of their act.
    """

    acts: int
    acked: int
    rows: int
    acked_missing: int
    doubled: int
    unsent: int
    integrity: str


def account(town: Town, folder: Path, record: Record) -> Toll:
    """Compare. The database is read by a process that opens it only now."""
    stored, answers, messages = elsewhere(_look, folder), Counter[str](), Counter[str]()
    for message in town.messages():
        if key := message_key(message):
            messages[key] += 1
            if key.startswith("reply:"):
                answers[message.get("thread_ts", "")] += 1
    kinds = (
        (record.previews, stored.previews),
        (record.submissions, stored.submissions),
        (record.approvals, stored.approvals),
        (record.questions, answers),
    )
    missing = sum(acked and not there[key] for told, there in kinds for key, acked in told.items())
    return Toll(
        acts=record.acts,
        acked=sum(sum(told.values()) for told, _ in kinds),
        rows=sum(_present(told, there) for told, there in kinds),
        acked_missing=missing + len(stored.sent - messages.keys()),
        doubled=sum(_surplus(there.values()) for _, there in kinds) + _surplus(messages.values()),
        unsent=stored.unsent,
        integrity=stored.integrity,
    )


def _present(told: Mapping[str, bool], there: Counter[str]) -> int:
    return sum(there[key] > 0 for key in told)


def _surplus(times: Iterable[int]) -> int:
    return sum(max(0, each - 1) for each in times)


def _look(folder: Path) -> Stored:
    with looking(folder) as db:
        drafts = [str(row[0]) for row in db.execute("SELECT payload FROM drafts").fetchall()]
        given = db.execute("SELECT source FROM submissions WHERE source IS NOT NULL").fetchall()
        decided = db.execute(DECIDED).fetchall()
        posted = "SELECT key FROM outbox WHERE state = 'sent' AND edits IS NULL"
        return Stored(
            Counter(_key_in(payload) for payload in drafts),
            Counter(str(source) for (source,) in given),
            Counter(str(number) for (number,) in decided),
            frozenset(str(key) for (key,) in db.execute(posted).fetchall()),
            count(db, "outbox WHERE state IN ('due', 'sending')"),
            str(db.execute("PRAGMA integrity_check").fetchone()[0]),
        )


def _key_in(payload: str) -> str:
    found = KEY.search(payload)
    return found[0] if found else ""
