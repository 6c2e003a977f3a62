"""Who is told what about submissions: requests, how they end, what the departments hear.

Everything goes through the outbox in the transaction of the act. What one act did to many submissions
is one message for each person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlite_utils import Database

from answers import approval, batches
from answers.batches import Seen
from answers.content import Content
from store import departments, directory, outbox, requests, shelf, submissions
from store.absences import PLANNER, absences, stand_ins
from store.acts import By
from store.requests import Stage
from store.standing import outlook
from store.submissions import Submission

STAGES: tuple[Stage, ...] = ("lead", "planner")
TITLES: dict[Stage, str] = {"lead": "課長確認のお願い", "planner": "承認のお願い"}


def seen(db: Database, found: Iterable[Submission], today: date) -> list[Seen]:
    """Each submission with how its indicator stands in its collection, seen from today."""
    there, rounds = list(found), defaultdict[tuple[str, int], list[str]](list)
    for each in there:
        rounds[_round(each)].append(each.proposal.indicator)
    held = {
        of: outlook(db, shelf.read(db, of[0]), today, of[1], dict.fromkeys(indicators))
        for of, indicators in rounds.items()
    }
    return [Seen(held[_round(s)], s, _corrected(db, s)) for s in there]


def _round(submission: Submission) -> tuple[str, int]:
    return submission.proposal.plan, submission.proposal.collection


def _corrected(db: Database, found: Submission) -> Submission | None:
    return submissions.submission(db, found.corrects) if found.corrects else None


def ask(db: Database, by: By, stage: Stage, asked: Sequence[Submission]) -> None:
    """Ask the leads to confirm or the planners to approve; of several at once in one message."""
    found, names = seen(db, asked, by.at.date()), directory.names(db)
    if len(found) == 1:
        key, said = request_key(stage, asked[0].id), _request(found[0], stage, names)
    elif found:
        number = requests.ask_together(db, stage, [s.id for s in asked])
        key, said = batch_key(stage, number), batches.batch_request(found, stage, names)
    for user in _audience(db, by, stage, asked):
        say(db, by, f"{key}{user}", user, said, TITLES[stage])


def _request(each: Seen, stage: Stage, names: Mapping[str, str]) -> Content:
    made = approval.approval_request if stage == "planner" else approval.lead_request
    return made(each.outlook, each.standing, each.submission, names, each.corrected)


def _audience(db: Database, by: By, stage: Stage, asked: Sequence[Submission]) -> tuple[str, ...]:
    """Who can act on some of these, deputies in the place of whoever is away."""
    found: dict[str, None] = {}
    today = by.at.date()
    away = [a for a in absences(db, today) if a.covers(today)]
    for each in asked:
        planners = stage == "planner"
        capacity = PLANNER if planners else departments.heir(db, each.department, today)
        people = departments.planners(db) if planners else leads_of(db, capacity, today)
        others = [user for user in people if user != each.actor]
        there = [user for user in stand_ins(away, capacity, others) if user != each.actor]
        found |= dict.fromkeys(there or others)
    return tuple(found)


def leads_of(db: Database, department: str, today: date) -> tuple[str, ...]:
    """The department's present leads whom Slack still has as full members."""
    there = departments.reachable(db, department, today)
    roles = departments.members(db, department, today)
    return tuple(user for user in there if roles.get(user) == "lead")


def settled(db: Database, by: By, found: Sequence[Submission]) -> None:
    """Every request about these now says what became of them, and has no buttons left for it."""
    names = directory.names(db)
    for each in seen(db, found, by.at.date()):
        for stage in STAGES:
            told = approval.decided(
                each.outlook, each.standing, each.submission, names, each.corrected
            )
            edit(db, by, request_key(stage, each.submission.id), told, TITLES[stage])
    for stage in STAGES:
        for batch in sorted({requests.batch_of(db, stage, s.id) or 0 for s in found} - {0}):
            there = seen(db, requests.asked_in(db, stage, batch), by.at.date())
            told = batches.batch_request(there, stage, names)
            edit(db, by, batch_key(stage, batch), told, TITLES[stage])


def edit(db: Database, by: By, prefix: str, told: Content, title: str) -> None:
    """Every request whose key begins so now says this, where it stands."""
    made = outbox.messages(db, like=f"{prefix}%")
    for asked in (message for message in made if message.edits is None):
        again = sum(message.edits == asked.key for message in made) or ""
        say(
            db,
            by,
            f"{asked.key}:decided{again}",
            asked.audience,
            told,
            f"{title}（処理済み）",
            asked.key,
        )


def outcomes(db: Database, by: By, decided: Sequence[Submission]) -> None:
    """Submitters and departments hear what became of their figures, each in one message."""
    names, today = directory.names(db), by.at.date()
    found = seen(db, decided, today)
    theirs: dict[str, list[Seen]] = {}
    for each in found:
        for user in _concerned(db, each, today):
            theirs.setdefault(user, []).append(each)
    for user, mine in theirs.items():
        first = mine[0].submission
        if len(mine) == 1:
            told = _outcome(mine[0], names)
            say(db, by, f"outcome:{first.id}:{user}", user, told, "審査の結果")
        else:
            told = batches.batch_outcome(mine, names)
            say(db, by, f"outcomes:{first.id}:{user}", user, told, "審査の結果")


def _outcome(each: Seen, names: Mapping[str, str]) -> Content:
    return approval.outcome(each.outlook, each.standing, each.submission, names, each.corrected)


def _concerned(db: Database, each: Seen, today: date) -> Iterable[str]:
    submission, corrected = each.submission, each.corrected
    before = [corrected.actor] if corrected else []
    present = departments.reachable(db, submission.department, today)
    return dict.fromkeys([submission.actor, *before, *present])


def withdrawn(db: Database, by: By, found: Submission) -> None:
    """Whoever submitted hears it when their lead took it back."""
    if found.actor != by.actor:
        (each,) = seen(db, [found], by.at.date())
        told = _outcome(each, directory.names(db))
        say(db, by, f"outcome:{found.id}:{found.actor}", found.actor, told, "取下げ")


def request_key(stage: Stage, number: int) -> str:
    """How the outbox keys of all requests about one submission begin; the user follows."""
    return f"{'approval' if stage == 'planner' else 'confirm'}:{number}:"


def batch_key(stage: Stage, batch: int) -> str:
    """The same of a message about several submissions."""
    return f"{'approvals' if stage == 'planner' else 'confirms'}:{batch}:"


def say(
    db: Database,
    by: By,
    key: str,
    user: str,
    content: Content,
    title: str,
    edits: str | None = None,
) -> None:
    """Put a message to one person in the outbox."""
    outbox.enqueue(db, key, user, title, content.message, by.at.timestamp(), edits=edits)
