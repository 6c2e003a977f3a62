"""意見 as somebody reads them: the list that words look for, and what its lines are made of."""

from __future__ import annotations

from collections.abc import Iterable

from answers.content import Content
from answers.opinion_lines import WORD, Opinions
from answers.opinion_page import opinion_page
from answers.opinion_plans import Plans
from answers.sought_opinions import read_sought
from bot.desk import Desk
from store import departments, directory, remarks
from store.departments import Department
from store.people import Who
from store.plan import Plan
from store.reading.letters import fold
from store.remarks import Opinion, others_of

ASKED_BY = frozenset({WORD, f"{WORD}一覧", f"ご{WORD}"})


def page(desk: Desk, person: Who, words: str) -> Content | None:
    """What `意見 …` asks for; None when the words ask for something else."""
    first, _, rest = fold(words).strip().partition(" ")
    if first not in ASKED_BY:
        return None
    return listed(desk, person, rest)


def listed(desk: Desk, person: Who, words: str) -> Content:
    """The opinions that the words look for: of the current plan, and what others still owe."""
    known = departments.departments(desk.db, desk.today).values()
    plan, waiting = desk.plan, remarks.opinions_waiting(desk.db)
    sought = read_sought(words, plan, known, desk.today)
    named = remarks.opinion(desk.db, sought.number) if sought.number is not None else None
    others = (*waiting, *([named] if named else []))
    of_others = {each.number: each for each in others if each.plan != plan.id}
    there = (*remarks.opinions(desk.db, plan.id), *of_others.values())
    return opinion_page(sought, seen_by(desk, person, there))


def plan_of(desk: Desk, opinion: Opinion) -> Plan:
    """The plan that an opinion is about: the current one, or one that is over as it ended."""
    plan = desk.plan
    return others_of(desk.db, plan, [opinion]).get(opinion.plan, plan)


def seen_by(desk: Desk, person: Who, found: Iterable[Opinion]) -> Opinions:
    """These opinions as `person` reads them."""
    there, plan = tuple(found), desk.plan
    plans = Plans(plan, others_of(desk.db, plan, there))
    return Opinions(plans, there, owners(desk, there), directory.names(desk.db), person, desk.today)


def owners(desk: Desk, there: Iterable[Opinion]) -> dict[str, Department]:
    """The departments of today, and under the ids of those that are no more their successors."""
    known = departments.departments(desk.db, desk.today)
    named = {o.department for o in there} | {a.department for o in there for a in o.answers}
    for old in sorted(each for each in named if each and each not in known):
        heir = departments.heir(desk.db, old, desk.today)
        if heir in known:
            known[old] = known[heir]
    return known
