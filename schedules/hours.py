"""The hours in which the bot begins to speak: working days of Tokyo, from eight to ten at night."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial

from store.fiscal import TOKYO
from store.quiet import Quiet
from store.times import Timetable
from store.workdays import is_working_day, on_or_after

# Slack's own default for quiet hours is 22:00 to 08:00.
FIRST_HOUR, LAST_HOUR = 8, 22


def speaking(now: datetime) -> bool:
    """Whether the bot may begin to speak: a working day, 08:00 to 22:00."""
    here = now.astimezone(TOKYO)
    return is_working_day(here.date()) and FIRST_HOUR <= here.hour < LAST_HOUR


def next_speaking(now: datetime) -> datetime:
    """The first moment from `now` on at which the bot may begin to speak."""
    if speaking(now):
        return now
    here = now.astimezone(TOKYO)
    day = here.date() if here.hour < FIRST_HOUR else here.date() + timedelta(days=1)
    return datetime.combine(on_or_after(day), time(FIRST_HOUR, tzinfo=TOKYO))


def next_speaking_but(now: datetime, quiet: Iterable[Quiet]) -> datetime:
    """The same, and in none of these quiet periods."""
    periods, moment = tuple(quiet), next_speaking(now)
    while any(period.covers(moment.astimezone(TOKYO).date()) for period in periods):
        day = moment.astimezone(TOKYO).date() + timedelta(days=1)
        moment = next_speaking(datetime.combine(day, time(FIRST_HOUR, tzinfo=TOKYO)))
    return moment


def morning(table: Timetable, day: date) -> datetime:
    """When the message of a working day is due that tells each audience all it is reminded of."""
    return datetime.combine(day, table.on(day).hour, TOKYO)


def is_day_over(table: Timetable, due: datetime, now: datetime) -> bool:
    """Whether it is too late for the message of the day on which it was `due`."""
    day = due.astimezone(TOKYO).date()
    return now > datetime.combine(day, table.on(day).until, TOKYO)


def moments_between(
    since: datetime, now: datetime, table: Timetable, times: Iterable[time] = ()
) -> bool:
    """Whether anything can have fallen due after `since` and by `now`.

    That is at the hour of a morning or at one of `times`, those of the digests.
    """
    digests = (partial(datetime.combine, time=each, tzinfo=TOKYO) for each in set(times))
    return any(_lies_between(since, now, on) for on in (partial(morning, table), *digests))


def _lies_between(since: datetime, now: datetime, on: Callable[[date], datetime]) -> bool:
    """Whether what comes once a day comes then: on the first day after `since`, or on the next."""
    day = since.astimezone(TOKYO).date()
    return any(since < on(each) <= now for each in (day, day + timedelta(days=1)))
