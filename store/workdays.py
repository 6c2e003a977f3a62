"""Working days of a Japanese city hall: no weekends, no holidays, closed 29 December to 3 January."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import jpholiday

_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether the city hall is open on `day`."""
    return day.weekday() < 5 and not _closed_at_new_year(day) and not jpholiday.is_holiday(day)


def on_or_before(day: date) -> date:
    """The last working day up to and including `day`."""
    while not is_working_day(day):
        day -= _DAY
    return day


def on_or_after(day: date) -> date:
    """The first working day from `day` on."""
    while not is_working_day(day):
        day += _DAY
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 when `end` is not later."""
    span = (end - start).days
    return sum(is_working_day(start + days * _DAY) for days in range(1, span + 1))


def within(first: date, last: date, day: date) -> date | None:
    """The first working day from `day` on, or else the last before it, between two days."""
    span = [first + days * _DAY for days in range((last - first).days + 1)]
    open_days = [each for each in span if is_working_day(each)]
    later = (each for each in open_days if each >= day)
    return next(later, open_days[-1] if open_days else None)


def first_of_week(day: date) -> date | None:
    """The first working day of the week (Monday to Sunday) that `day` is in, None without any."""
    monday = day - day.weekday() * _DAY
    week = (monday + days * _DAY for days in range(7))
    return next((each for each in week if is_working_day(each)), None)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day` (before it when negative); `day` itself for 0."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def _closed_at_new_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
