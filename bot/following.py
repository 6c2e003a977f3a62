"""What a person and a channel follow, listed and asked for by words."""

from __future__ import annotations

from answers.ask import understand
from answers.content import Content
from answers.follow import LIST_WORDS, Followed, choice, followings
from bot.desk import Desk
from schedules.changes.gathering import named
from store import departments, follows
from store.errors import UnknownWords
from store.follows import Subject
from store.people import Who
from store.reading.letters import fold

# What is then shown has the buttons for all of it.
ASKED_BY = frozenset(
    {
        *(f"{LIST_WORDS}{more}" for more in ("", "一覧", "中", "解除")),
        f"このチャンネルで{LIST_WORDS}",
        "follow",
    }
)


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
