"""What is followed by whom, and what followers hear when a value is approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from answers.ask import understand
from answers.batches import Seen
from answers.content import Content
from answers.follow import LIST_WORDS, Followed, choice, followings
from answers.followed_news import Told, followed_news
from bot.desk import Desk
from schedules.news import Change, news
from store import departments, directory, follows, outbox
from store.acts import By
from store.departments import Department
from store.errors import UnknownWords
from store.follows import Subject
from store.people import Who
from store.plan import Plan
from store.reading.letters import fold
from store.standing import Outlook
from store.submissions import Submission

TITLE = "フォローのお知らせ"
# What is then shown has the buttons for all of it.
ASKED_BY = frozenset(
    {
        *(f"{LIST_WORDS}{more}" for more in ("", "一覧", "中", "解除")),
        f"このチャンネルで{LIST_WORDS}",
        "follow",
    }
)


def named(db: Database, plan: Plan, subjects: Iterable[Subject], today: date) -> list[Followed]:
    """These subjects with what people call them, in the plan's order; what is gone is left out."""
    known = departments.departments(db, today)
    found = ((each, follows.named(plan, each, known)) for each in follows.in_order(plan, subjects))
    return [Followed(plan.id, each, name) for each, name in found if name]


def page(desk: Desk, person: Who, words: str, channel: str | None) -> Content | None:
    """What フォロー asks for: all that is followed, or where to be told of one thing (フォロー 1-1b).

    None when the words ask for something else. `channel` is where it is asked; direct messages
    and modals are none.
    """
    first, _, rest = fold(words).strip().partition(" ")
    if first not in ASKED_BY:
        return None
    if not rest.strip():
        return everything(desk, person, channel)
    subject = _meant(desk, rest)
    return choose(desk, person, subject, channel) if subject else None


def everything(desk: Desk, person: Who, channel: str | None) -> Content:
    """The list of what the person and the channel follow, with buttons to end it."""
    plan, today = desk.plan, desk.today
    mine = named(desk.db, plan, follows.followed(desk.db, person.user, plan.id), today)
    if channel is None:
        return followings(mine, None)
    here = named(desk.db, plan, follows.followed(desk.db, channel, plan.id), today)
    return followings(mine, here)


def choose(desk: Desk, person: Who, what: Followed, channel: str | None) -> Content:
    """Where to be told of it: whoever asks, or the channel."""
    mine = what.subject in follows.followed(desk.db, person.user, what.plan)
    if channel is None:
        return choice(what, mine, None)
    return choice(what, mine, what.subject in follows.followed(desk.db, channel, what.plan))


def _meant(desk: Desk, words: str) -> Followed | None:
    plan = desk.plan
    known = departments.departments(desk.db, desk.today).values()
    try:
        found = understand(words, desk.reading, known, desk.today)
    except UnknownWords:
        return None
    if found.kind not in follows.KINDS:
        return None
    subject: Subject = (follows.KINDS[found.kind], found.ids[0])
    return next(iter(named(desk.db, plan, [subject], desk.today)), None)


def tell_followers(db: Database, by: By, approved: Iterable[Seen]) -> None:
    """One message to each follower about all values that are others than before.

    Runs inside the approvals' transaction, with each as it stands now. Whoever submitted or approved
    a value, and its department, hears of it anyway; whoever is no present member of the workspace
    hears nothing. A channel is told of approved values only, like everybody.
    """
    theirs: dict[str, list[Told]] = {}
    for each in approved:
        for change, follower, mine in _heard(db, by, each):
            reasons = tuple(named(db, each.outlook.plan, mine, by.at.date()))
            told = Told(each.outlook, change.standing, change.before, change.after, reasons)
            theirs.setdefault(follower, []).append(told)
    names = directory.names(db)
    for follower, found in theirs.items():
        decision = found[0].after.decision
        key = f"follow:{decision.id if decision else 0}:{follower}"
        said = followed_news(found, names, here=is_channel(follower)).message
        outbox.enqueue(db, key, follower, TITLE, said, by.at.timestamp())


def _heard(db: Database, by: By, each: Seen) -> Iterator[tuple[Change, str, list[Subject]]]:
    """What changed with one approval, and who is to hear of it for which of their subjects."""
    decision, name = each.submission.decision, each.submission.proposal.indicator
    seen = replace(each.outlook, standings={name: each.outlook.standings[name]})
    for change in news(db, seen, decision.id - 1 if decision else 0).changes:
        before, after = change.before, change.after
        if before is not None and dict(before.proposal.values) == dict(after.proposal.values):
            continue
        for follower, mine in _followers(db, seen, change).items():
            if _hears(db, by, each.submission, follower):
                yield change, follower, mine


def _followers(db: Database, seen: Outlook, change: Change) -> dict[str, list[Subject]]:
    department: Department | None = change.standing.department
    subjects = follows.subjects_of(seen.plan, change.standing.indicator, department)
    return follows.followers(db, seen.plan.id, subjects)


def _hears(db: Database, by: By, approved: Submission, follower: str) -> bool:
    if is_channel(follower):
        return True
    present = departments.reachable(db, approved.department, by.at.date())
    told_anyway = {approved.actor, by.actor, *present}
    return follower not in told_anyway and directory.standing(db, follower) == "member"


def is_channel(follower: str) -> bool:
    """A channel's id, and nobody's of the workspace."""
    return not follower.startswith(("U", "W"))
