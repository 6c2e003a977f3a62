"""What stood on a morning, by what people had done until then: owed, awaited, waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.years.calendar import current, due
from tests.years.facts import INDICATORS, Act, Facts


def owed(facts: Facts, department: str, day: date) -> dict[str, date]:
    """What a department still has to give in the current collection, and until when."""
    collection = current(day)
    if collection is None or any(a.collection == collection for a in facts.before(day, "locked")):
        return {}
    found = dict.fromkeys(INDICATORS[department], due(facts, collection))
    for act in facts.before(day, "gave", "awaits", "returned"):
        if (act.department, act.collection) == (department, collection):
            for indicator in act.figures.values():
                found.pop(indicator, None)
                if act.what == "returned":
                    found[indicator] = act.until or due(facts, collection)
    return found


def held_until(facts: Facts, department: str, day: date) -> date | None:
    """Until when its reminders of the current collection are held back, whether over or not."""
    acts = [a for a in facts.before(day, "held") if a.department == department]
    mine = [act.until for act in acts if act.collection == current(day)]
    return mine[-1] if mine else None


def waiting(facts: Facts, day: date) -> Iterator[tuple[int, Act, date, bool]]:
    """Each figure that waits: its number, the act that gave it, since when, and whether for a lead."""
    decided = {n for act in facts.before(day, "approved", "returned") for n in act.figures}
    confirmed = {n: act.day for act in facts.before(day, "confirmed") for n in act.figures}
    for act in facts.before(day, "gave", "awaits"):
        for number in act.figures.keys() - decided:
            since = confirmed.get(number, act.day)
            yield number, act, since, act.to_lead and number not in confirmed


def awaited(facts: Facts, department: str, day: date) -> set[date]:
    """The months (by their first days) in which statistics that it waits for come out."""
    approved = {n for act in facts.before(day, "approved") for n in act.figures}
    found: dict[tuple[str, int], date] = {}
    for act in facts.before(day, "gave", "awaits"):
        if act.department == department:
            for number, indicator in act.figures.items():
                found.pop((indicator, act.collection), None)
                if act.what == "awaits" and number in approved and act.until:
                    found[indicator, act.collection] = act.until
    return set(found.values())
