"""What is followed by whom, and what followers hear when a value is approved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from answers.ask import understand
from answers.content import Content
from answers.follow import LIST_WORDS, Followed, choice, followed_news, followings
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


def tell_followers(db: Database, by: By, seen: Outlook, approved: Submission) -> None:
    """One message to each follower when the value is another than before; `seen` is as it is now.

    Runs inside the approval's transaction. Whoever submitted or approved it, and its department,
    hears of it anyway; whoever is no present member of the workspace hears nothing. A channel is
    told of approved values only, like everybody.
    """
    if approved.decision is None:
        return
    for change in news(db, seen, approved.decision.id - 1).changes:
        before, after = change.before, change.after
        if before is not None and dict(before.proposal.values) == dict(after.proposal.values):
            continue
        for follower, mine in _followers(db, seen, change).items():
            if _hears(db, by, approved, follower):
                key = f"follow:{approved.decision.id}:{follower}"
                told = _news(db, by, seen, change, follower, mine).message
                outbox.enqueue(db, key, follower, TITLE, told, by.at.timestamp())


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


def _news(
    db: Database, by: By, seen: Outlook, change: Change, follower: str, mine: list[Subject]
) -> Content:
    return followed_news(
        seen,
        change.standing,
        change.before,
        change.after,
        named(db, seen.plan, mine, by.at.date()),
        directory.names(db),
        here=is_channel(follower),
    )


def is_channel(follower: str) -> bool:
    """A channel's id, and nobody's of the workspace."""
    return not follower.startswith(("U", "W"))
