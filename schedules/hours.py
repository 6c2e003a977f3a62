"""The hours in which the bot begins to speak: working days of Tokyo, from eight to ten at night."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from store.fiscal import TOKYO
from store.quiet import Quiet
from store.workdays import is_working_day, on_or_after

HOUR = time(9, tzinfo=TOKYO)
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


def moments_between(since: datetime, now: datetime, times: Iterable[time] = ()) -> bool:
    """Whether anything can have fallen due after `since` and by `now`: 09:00 or one of `times` is there."""
    return any(_lies_between(since, now, each) for each in {HOUR, *times})


def _lies_between(since: datetime, now: datetime, each: time) -> bool:
    first = datetime.combine(since.astimezone(TOKYO).date(), each, TOKYO)
    return since < now and (first if first > since else first + timedelta(days=1)) <= now
