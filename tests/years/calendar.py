"""The calendar of the four years, worked out apart from the bot's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import jpholiday

from tests.years.facts import COLLECTIONS, FIRST, LAST, Digest, Facts

DAY = timedelta(days=1)


def is_open(day: date) -> bool:
    """No weekend, no holiday, and not the end of December or the first three days of January."""
    turn = (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    return day.weekday() < 5 and not turn and jpholiday.is_holiday_name(day) is None


DAYS = [FIRST + n * DAY for n in range(-60, (LAST - FIRST).days + 60)]
OPEN = frozenset(day for day in DAYS if is_open(day))
STORY = [day for day in DAYS if day in OPEN and FIRST <= day <= LAST]


def at_or_before(day: date) -> date:
    """The last open day up to this one."""
    return _step(day, -DAY)


def at_or_after(day: date) -> date:
    """The first open day from this one on."""
    return _step(day, DAY)


def _step(day: date, by: timedelta) -> date:
    while day not in OPEN:
        day += by
    return day


def open_days(after: date, to: date) -> int:
    """How many open days there are after one day and up to another."""
    return sum(after < day <= to for day in OPEN)


def opens(collection: int) -> date:
    """11 May or the open day after it."""
    return at_or_after(date(collection + 1, 5, 11))


def due(facts: Facts, collection: int) -> date:
    """As planners set it, else 12 June or the open day before it."""
    return facts.dues.get(collection) or at_or_before(date(collection + 1, 6, 12))


def publication(collection: int) -> date:
    """30 September or the open day after it."""
    return at_or_after(date(collection + 1, 9, 30))


def stages(facts: Facts, collection: int) -> dict[str, date]:
    """The day of each stage of a collection."""
    year = collection + 1
    return {
        "opens": opens(collection),
        "due": due(facts, collection),
        "approvals_closed": at_or_before(date(year, 6, 26)),
        "executive_meeting": at_or_after(date(year, 8, 3)),
        "panel": at_or_after(date(year, 8, 24)),
        "publication": publication(collection),
    }


def is_quiet(facts: Facts, day: date) -> bool:
    """Whether a day lies in a quiet period."""
    return any(first <= day <= last for first, last in facts.quiet)


def current(day: date) -> int | None:
    """The collection that opened last; None before the first did."""
    opened = [each for each in COLLECTIONS if opens(each) <= day]
    return opened[-1] if opened else None


def weeks_after(day: date, due: date) -> int:
    """Of how many weeks after a due date this is the open day; 0 for none."""
    last = (day - due).days // 7
    return next(
        (n for n in range(max(1, last - 2), last + 1) if at_or_after(due + 7 * n * DAY) == day), 0
    )


def days_of(digest: Digest) -> Iterator[date]:
    """The open day of each week or month, from the chosen one on, else the last before it."""
    spans = defaultdict[object, list[date]](list)
    for day in DAYS:
        week = day.isocalendar()[:2]
        spans[week if digest.rhythm == "weekly" else (day.year, day.month)].append(day)
    for span in spans.values():
        place = {day: n for n, day in enumerate(span, digest.rhythm == "monthly")}
        open_ones = [day for day in span if day in OPEN]
        later = [day for day in open_ones if place[day] >= digest.day]
        if found := (later or open_ones[-1:])[:1]:
            yield from (day for day in found if day in STORY)
