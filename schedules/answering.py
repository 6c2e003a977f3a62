"""Opinions that wait for an answer, in a reminder: whose they are, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlite_utils import Database

from answers.content import ask_button, cut
from answers.layout import Part, row, say
from answers.opinion_lines import OPEN, WORD, answer_button, state_said
from answers.opinion_plans import Plans
from answers.spans import Bold, line, one_line
from schedules.due import Debt
from store import departments
from store.departments import Department
from store.remarks import Opinion

MOST_HERE = 10
MOST_SAID = 120
PLANNERS = ""
"""In the place of a department: what the planning section itself has to answer."""


def owner_of(db: Database, opinion: Opinion, known: Mapping[str, Department], today: date) -> str:
    """The department that is to answer today, or its successor; else the planning section."""
    if opinion.department is None:
        return PLANNERS
    heir = departments.heir(db, opinion.department, today)
    return heir if heir in known else PLANNERS


def debts(
    owing: Mapping[str, Iterable[Opinion]],
    known: Mapping[str, Department],
    audiences: Mapping[str, tuple[str, ...]],
) -> Iterator[Debt]:
    """Who owes answers by when. One that is due on no day is asked for on none."""
    for department, found in owing.items():
        name = known[department].name if department else "企画担当"
        dues = frozenset(each.due for each in found if each.due)
        yield Debt(department, name, audiences.get(department, ()), dues)


def unanswered(plans: Plans, found: Iterable[Opinion], today: date) -> list[Part | None]:
    """What somebody is to answer, the soonest first, each with its button; nothing for none."""
    there = sorted(found, key=lambda o: (o.due is None, o.due, o.number))
    if not there:
        return []
    left = len(there) - MOST_HERE
    return [
        say(line(Bold(f"対応を書いていない意見が{len(there)}件あります"))),
        *(_item(plans, each, today) for each in there[:MOST_HERE]),
        say(line(f"ほか{left}件")) if left > 0 else None,
        row([ask_button("意見をすべて見る", f"{WORD} {OPEN}")]),
    ]


def _item(plans: Plans, opinion: Opinion, today: date) -> Part:
    said = cut(one_line(opinion.text), MOST_SAID)
    return say(
        line(f"{plans.subject(opinion)}　{state_said(opinion, today)}"),
        line(f"{plans.body(opinion)}「{said}」"),
        accessory=answer_button(opinion),
    )
