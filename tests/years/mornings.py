"""What has to be said of a morning: digests, and one reminder a day to each, of everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tests.hall import PLAN
from tests.years.calendar import (
    STORY,
    at_or_after,
    at_or_before,
    current,
    days_of,
    is_quiet,
    open_days,
    opens,
    publication,
    stages,
    weeks_after,
)
from tests.years.facts import DIGESTS, LEAD, PEOPLE, PLANNERS, Facts
from tests.years.said import Said, said_on
from tests.years.standing import awaited, held_until, owed, waiting

AHEAD = (30, 14, 7, 3, 1, 0)

Reminders = dict[str, tuple[Said, set[str]]]
"""By key: the message, and of which departments it says what they owe."""


def digests(facts: Facts) -> Iterator[tuple[str, Said]]:
    """Every digest by its key."""
    for each in DIGESTS:
        scope = f":goal:{PLAN}/{each.goal}" if each.goal else ""
        for day in days_of(each):
            year, week, _ = day.isocalendar()
            weekly, monthly = f"{year}-W{week:02d}", f"{day.year}-M{day.month:02d}"
            period = weekly if each.rhythm == "weekly" else monthly
            key = f"digest:{period}:{each.channel}{scope}"
            yield key, said_on(facts, day, each.channel, [each.rhythm])


def reminders(facts: Facts) -> Iterator[tuple[str, tuple[Said, set[str]]]]:
    """Every reminder and announcement."""
    for day in STORY:
        why, about = defaultdict[str, list[str]](list), defaultdict[str, set[str]](set)
        alone = dict[str, str]()
        for audience, key in _announced(facts, day):
            why[audience].append("stage")
            alone.setdefault(audience, key)
        for audience, rule, department in _topics(facts, day):
            why[audience].append(rule)
            about[audience] |= {department} if rule in {"ahead", "late", "again"} else set()
        for audience, rules in why.items():
            key = alone[audience] if set(rules) == {"stage"} else f"remind:{day}:{audience}"
            on_home = key.startswith("remind:") and facts.home_only.get(audience, day) < day
            said = said_on(facts, day, audience, sorted(set(rules)), on_home)
            yield key, (said, about[audience])


def _topics(facts: Facts, day: date) -> Iterator[tuple[str, str, str]]:
    """To whom, by which rule, about which department."""
    for department, people in PEOPLE.items():
        rules = [*_of_debts(facts, department, day), *_of_statistics(facts, department, day)]
        yield from ((person, rule, department) for person in people for rule in rules)
        if _is_overdue(facts, department, day):
            yield from ((planner, "overdue", department) for planner in PLANNERS)
    yield from _of_waiting(facts, day)


def _announced(facts: Facts, day: date) -> Iterator[tuple[str, str]]:
    """To whom a stage is told on a day, and the key of a message of nothing else."""
    collection = current(day)
    if collection is None:
        return
    closed = {(a.collection, a.stage) for a in facts.before(day, "closed")}
    for stage, when in stages(facts, collection).items():
        said_day = next(each for each in STORY if each >= when and not is_quiet(facts, each))
        if said_day == day and (collection, stage) not in closed:
            people = [p for each in PEOPLE.values() for p in each] if stage == "opens" else []
            for audience in (*PLANNERS, *people):
                yield audience, f"stage:{PLAN}:{collection}:{stage}:{day}:{audience}"


def _of_debts(facts: Facts, department: str, day: date) -> Iterator[str]:
    collection, debts = current(day), owed(facts, department, day)
    if collection is None or not debts:
        return
    held = held_until(facts, department, day)
    if held and day <= held:
        yield from ["again"] if day == held else []
        return
    for due in set(debts.values()):
        if any(day == at_or_before(due - timedelta(days=n)) for n in AHEAD):
            yield "ahead"
        if weeks_after(day, due) and day <= publication(collection):
            yield "late"


def _of_statistics(facts: Facts, department: str, day: date) -> Iterator[str]:
    for month in awaited(facts, department, day):
        next_month = (month + timedelta(days=31)).replace(day=1)
        if day in (at_or_after(month), at_or_before(next_month - timedelta(days=1))):
            yield "month"


def _of_waiting(facts: Facts, day: date) -> Iterator[tuple[str, str, str]]:
    for _, act, since, for_lead in waiting(facts, day):
        beyond = open_days(since, day) - 4
        if beyond >= 0 and beyond % 5 == 0:
            people = (LEAD[act.department],) if for_lead else PLANNERS
            rule = "confirm" if for_lead else "approve"
            yield from ((each, rule, act.department) for each in people if each != act.user)


def _is_overdue(facts: Facts, department: str, day: date) -> bool:
    collection = current(day)
    weeks = [weeks_after(day, due) for due in set(owed(facts, department, day).values())]
    often = any(n and (n <= 4 or n % 4 == 0) for n in weeks)
    return collection is not None and opens(collection) <= day <= publication(collection) and often
