"""意見 as people act on them: entered, mended, answered, each told to whoever it concerns.

Every function that writes runs inside one transaction (the caller's `store.inbox.once`).
"""

from __future__ import annotations

from answers.opinion_news import opinion_answered, opinion_for_you
from bot.desk import Desk
from bot.opinions_seen import seen_by
from bot.remarking import answering, permit_answer, present
from bot.telling import say
from store import departments, opinions, remarks
from store.acts import By
from store.errors import Stale
from store.opinions import Said
from store.people import Act, Who, permit
from store.plan import Plan
from store.remarks import Opinion

TITLE = "意見への対応のお願い"


def enter(desk: Desk, by: By, person: Who, plan: Plan, collection: int, said: Said) -> Opinion:
    """Enter an opinion as a planner and tell whoever is to answer for it."""
    permit(by, person, Act.ADMINISTER, "opinion")
    number = opinions.enter(desk.db, by, plan.id, collection, said)
    return _tell_owner(desk, by, found(desk, number))


def mend(desk: Desk, by: By, person: Who, number: int, said: Said, seen: int) -> Opinion:
    """Mend an opinion as a planner; whoever comes to be its owner hears of it."""
    permit(by, person, Act.ADMINISTER, f"opinion:{number}")
    before = found(desk, number)
    opinions.mend(desk.db, by, number, said, seen)
    after = found(desk, number)
    moved = before.department != after.department
    return _tell_owner(desk, by, after) if moved else after


def take_back(desk: Desk, by: By, person: Who, number: int, seen: int) -> None:
    """Take an opinion back as a planner."""
    permit(by, person, Act.ADMINISTER, f"opinion:{number}")
    opinions.take_back(desk.db, by, number, seen)


def answer(desk: Desk, by: By, person: Who, number: int, text: str, seen: int) -> Opinion:
    """Write what was done; the planner who entered the opinion hears of it."""
    before = found(desk, number)
    permit_answer(desk, by, person, before)
    owner = answering(desk, before)
    mine = owner.id if owner and person.belongs_to(owner) else None
    opinions.answer(desk.db, by, number, text, mine, seen)
    after = found(desk, number)
    told, asked = after.answer, before.actor
    if told and asked != by.actor and present(desk.db, asked):
        content = opinion_answered(after, seen_by(desk, desk.who(asked), [after]))
        say(desk.db, by, f"opinion-answer:{told.number}:{asked}", asked, content, "意見への対応")
    return after


def found(desk: Desk, number: int) -> Opinion:
    """The opinion of this number. Raises Stale when there is none."""
    there = remarks.opinion(desk.db, number)
    if there is None or there.plan != desk.plan.id:
        raise Stale(opinions.GONE)
    return there


def _tell_owner(desk: Desk, by: By, opinion: Opinion) -> Opinion:
    owner = answering(desk, opinion)
    if owner is None:
        return opinion
    for user in departments.reachable(desk.db, owner.id, desk.today):
        if user != by.actor:
            content = opinion_for_you(opinion, seen_by(desk, desk.who(user), [opinion]))
            say(desk.db, by, f"opinion:{opinion.version}:{user}", user, content, TITLE)
    return opinion
