"""On which working days somebody is reminded of what: pure functions of dates.

- What is owed: 30, 14, 7, 3 and 1 days before it is due (on the working day before, where that is
  none), on the day, then every week (on the next working day) until the figures are published. A
  snooze holds that back until its day, which reminds once.
- What waits for a decision: once it has waited for more than three working days, then every five.
- What waits for a statistic: on the first and the last working day of the month it is expected in.
- What is a week overdue, to planners: on the days of the weekly reminder for four weeks, then on
  those of every fourth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from store.snoozes import Snooze
from store.workdays import add_working_days, on_or_after, on_or_before, working_days_between

DAYS_AHEAD = (30, 14, 7, 3, 1, 0)
PATIENCE_WORKING_DAYS = 3
EVERY_WORKING_DAYS = 5
WEEKLY_TO_PLANNERS = 4
LONGEST_SNOOZE = timedelta(days=7)
_LONGEST_CLOSURE = 14


def is_reminder_day(day: date, due: date, until: date = date.max) -> bool:
    """Whether departments are reminded on `day` (a working day) of what is due on `due`.

    What is late is not asked for after `until` any more.
    """
    if any(day == on_or_before(due - timedelta(days=ahead)) for ahead in DAYS_AHEAD):
        return True
    return day <= until and weeks_late(day, due) > 0


def is_escalation_day(day: date, due: date, until: date = date.max) -> bool:
    """Whether planners are told on `day` (a working day) of what was due on `due` and is late."""
    weeks = weeks_late(day, due)
    often = weeks <= WEEKLY_TO_PLANNERS or weeks % WEEKLY_TO_PLANNERS == 0
    return day <= until and weeks > 0 and often


def weeks_late(day: date, due: date) -> int:
    """How many whole weeks after `due` the working day `day` stands for; 0 when for none.

    A week's end that is no working day moves to the next one.
    """
    late = (day - due).days
    weeks = range(late // 7, max(0, (late - _LONGEST_CLOSURE) // 7 - 1), -1)
    return next((n for n in weeks if n and day == on_or_after(due + timedelta(weeks=n))), 0)


def reminds_at(
    moment: datetime, dues: Iterable[date], snooze: Snooze | None, until: date = date.max
) -> bool:
    """Whether a department that owes something for these days is reminded at the hour of a day."""
    day = moment.date()
    if snooze is not None and snooze.at < moment:
        if day < snooze.until:
            return False
        if day == snooze.until:
            return True
    return any(is_reminder_day(day, due, until) for due in dues)


def has_waited_long(since: date, day: date) -> bool:
    """Whether something that waits since a day has waited for more than three working days."""
    return working_days_between(since, day) > PATIENCE_WORKING_DAYS


def is_nudge_day(day: date, since: date) -> bool:
    """Whether whoever decides is nudged on `day` of what waits since a day."""
    beyond = working_days_between(since, day) - PATIENCE_WORKING_DAYS - 1
    return beyond >= 0 and beyond % EVERY_WORKING_DAYS == 0


def is_awaited_day(day: date, month: date) -> bool:
    """Whether a department is reminded on `day` of a statistic of the month beginning on `month`."""
    return day in (on_or_after(month), last_working_day(month))


def last_working_day(month: date) -> date:
    """The last working day of the month that begins on `month`."""
    return on_or_before((month + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def expected_month(month: int, said: date) -> date:
    """The first day of the next such month (1–12), seen from the day on which it was said."""
    return date(said.year + (month < said.month), month, 1)


def snooze_days(today: date, dues: Iterable[date]) -> Iterator[tuple[str, date]]:
    """How long a reminder can be held back, by name: `tomorrow`, `three` days on, a `week` on.

    At most to the next due date, and a week when all have passed; choices that would end on the same
    day as a shorter one are left out.
    """
    limit = _snoozes_until(today, dues)
    last = today
    for name, day in (
        ("tomorrow", add_working_days(today, 1)),
        ("three", on_or_after(today + timedelta(days=3))),
        ("week", on_or_after(today + LONGEST_SNOOZE)),
    ):
        if last < min(day, limit):
            last = min(day, limit)
            yield name, last


def _snoozes_until(today: date, dues: Iterable[date]) -> date:
    coming = [day for due in dues if (day := on_or_before(due)) > today]
    return min(coming, default=on_or_after(today + LONGEST_SNOOZE))
