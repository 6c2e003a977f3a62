"""意見 as somebody reads them: the list that words look for, and what its lines are made of."""

from __future__ import annotations

from collections.abc import Iterable

from answers.content import Content
from answers.opinion_lines import WORD, Opinions
from answers.opinion_page import opinion_page
from answers.sought_opinions import read_sought
from bot.desk import Desk
from store import departments, directory, remarks
from store.departments import Department
from store.people import Who
from store.reading.letters import fold
from store.remarks import Opinion

ASKED_BY = frozenset({WORD, f"{WORD}一覧", f"ご{WORD}"})


def page(desk: Desk, person: Who, words: str) -> Content | None:
    """What `意見 …` asks for; None when the words ask for something else."""
    first, _, rest = fold(words).strip().partition(" ")
    if first not in ASKED_BY:
        return None
    return listed(desk, person, rest)


def listed(desk: Desk, person: Who, words: str) -> Content:
    """The opinions that the words look for."""
    known = departments.departments(desk.db, desk.today).values()
    sought = read_sought(words, desk.plan, known, desk.today)
    return opinion_page(sought, seen_by(desk, person))


def seen_by(desk: Desk, person: Who, found: Iterable[Opinion] | None = None) -> Opinions:
    """The current plan's opinions (or these) as `person` reads them."""
    plan = desk.plan
    there = tuple(remarks.opinions(desk.db, plan.id) if found is None else found)
    return Opinions(plan, there, _owners(desk, there), directory.names(desk.db), person, desk.today)


def _owners(desk: Desk, there: Iterable[Opinion]) -> dict[str, Department]:
    """The departments of today, and under the ids of those that are no more their successors."""
    known = departments.departments(desk.db, desk.today)
    named = {o.department for o in there} | {a.department for o in there for a in o.answers}
    for old in sorted(each for each in named if each and each not in known):
        heir = departments.heir(desk.db, old, desk.today)
        if heir in known:
            known[old] = known[heir]
    return known
