"""意見 as people act on them: entered, mended, answered, each told to whoever it concerns.

Every function that writes runs inside one transaction (the caller's `store.inbox.once`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from answers.opinion_news import opinions_answered, opinions_for_you
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

TITLE, ANSWERED = "意見への対応のお願い", "意見への対応"


def enter(desk: Desk, by: By, person: Who, plan: Plan, collection: int, said: Said) -> Opinion:
    """Enter an opinion as a planner and tell whoever is to answer for it."""
    permit(by, person, Act.ADMINISTER, "opinion")
    number = opinions.enter(desk.db, by, plan.id, collection, said)
    made = found(desk, number)
    tell_owners(desk, by, [made])
    return made


def mend(desk: Desk, by: By, person: Who, number: int, said: Said, seen: int) -> Opinion:
    """Mend an opinion as a planner; whoever comes to be its owner hears of it."""
    permit(by, person, Act.ADMINISTER, f"opinion:{number}")
    before = found(desk, number)
    opinions.mend(desk.db, by, number, said, seen)
    after = found(desk, number)
    if before.department != after.department:
        tell_owners(desk, by, [after])
    return after


def take_back(desk: Desk, by: By, person: Who, number: int, seen: int) -> None:
    """Take an opinion back as a planner."""
    permit(by, person, Act.ADMINISTER, f"opinion:{number}")
    opinions.take_back(desk.db, by, number, seen)


def answer(desk: Desk, by: By, person: Who, number: int, text: str, seen: int) -> Opinion:
    """Write what was done; the planner who entered the opinion hears of it."""
    after = write_answer(desk, by, person, number, text, seen)
    tell_askers(desk, by, [after])
    return after


def write_answer(desk: Desk, by: By, person: Who, number: int, text: str, seen: int) -> Opinion:
    """Write what was done, without telling anybody."""
    before = found(desk, number)
    permit_answer(desk, by, person, before)
    owner = answering(desk, before)
    mine = owner.id if owner and person.belongs_to(owner) else None
    opinions.answer(desk.db, by, number, text, mine, seen)
    return found(desk, number)


def found(desk: Desk, number: int) -> Opinion:
    """The opinion of this number. Raises Stale when there is none."""
    there = remarks.opinion(desk.db, number)
    if there is None:
        raise Stale(opinions.GONE)
    return there


def tell_owners(desk: Desk, by: By, entered: Iterable[Opinion]) -> None:
    """Tell whoever is to answer; what one act entered is one message for each person."""
    theirs = defaultdict[str, list[Opinion]](list)
    for each in entered:
        owner = answering(desk, each)
        for user in departments.reachable(desk.db, owner.id, desk.today) if owner else ():
            if user != by.actor:
                theirs[user].append(each)
    for user, found in theirs.items():
        content = opinions_for_you(found, seen_by(desk, desk.who(user), found))
        say(desk.db, by, f"opinion:{found[0].version}:{user}", user, content, TITLE)


def tell_askers(desk: Desk, by: By, answered: Iterable[Opinion]) -> None:
    """Tell the planners who entered these that they were answered, each in one message."""
    theirs = defaultdict[str, list[Opinion]](list)
    for each in answered:
        if each.actor != by.actor and present(desk.db, each.actor):
            theirs[each.actor].append(each)
    for user, found in theirs.items():
        content = opinions_answered(found, seen_by(desk, desk.who(user), found))
        number = found[0].answer.number if found[0].answer else 0
        say(desk.db, by, f"opinion-answer:{number}:{user}", user, content, ANSWERED)
