"""When a digest is due, by its subscription, and when it is too late for it.

- Weekly: the week's first working day from the chosen weekday on; where there is none, the last one
  before it; none in a week without working days.
- Monthly: the same within the month, from the chosen day on.

By how much either may be late is a setting (`store.times`), of the day on which it is due.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from schedules.due import Occasion, Scene, reason_unsaid
from store.fiscal import TOKYO
from store.subscriptions import Subscription
from store.times import DEFAULTS, Timetable
from store.workdays import first_of_week, within

PREFIX = "digest:"
TITLES = {"weekly": "週報", "monthly": "月報"}
FURTHEST = 100
_KEY = re.compile(r"digest:(\d{4})-W(\d{2}):")
_LETTER = len("digest:2026-")


def digests(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    """The digests of a working day, in the order of their hours."""
    todays = [each for each in scene.digests if day_of(each, day) == day]
    for each in sorted(todays, key=lambda found: found.time):
        due, key = moment(each, day), digest_key(each, day)
        why = reason_unsaid(scene, due, now, is_late(scene.times, key, due, now))
        title = TITLES[each.rhythm]
        yield Occasion(
            key, "digest", each.channel, title, due, bool(why), why=why, subscription=each
        )


def day_of(each: Subscription, day: date) -> date | None:
    """The day on which it comes in the week or month that `day` is in."""
    if each.rhythm == "weekly":
        monday = day - timedelta(days=day.weekday())
        return within(monday, monday + timedelta(days=6), monday + timedelta(days=each.day))
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return within(day.replace(day=1), last, day.replace(day=min(each.day, last.day)))


def moment(each: Subscription, day: date) -> datetime:
    """The hour at which it comes on a day."""
    return datetime.combine(day, each.time, TOKYO)


def next_due(each: Subscription, now: datetime, taken: frozenset[str] = frozenset()) -> datetime:
    """When it next comes after `now`. `taken` are keys of issues that are there already."""
    today = now.astimezone(TOKYO).date()
    days = (today + timedelta(days=n) for n in range(FURTHEST))
    return next(
        moment(each, day)
        for day in days
        if day_of(each, day) == day
        and moment(each, day) > now
        and digest_key(each, day) not in taken
    )


def is_late(table: Timetable, key: str, due: datetime, now: datetime) -> bool:
    """Whether it is too late for the digest with this key."""
    times = table.on(due.astimezone(TOKYO).date())
    return now - due > (times.weekly if key[_LETTER] == "W" else times.monthly)


def due_of(key: str) -> datetime | None:
    """When a weekly digest of which nothing but the key is known was due: then all came on Mondays."""
    if week := _KEY.match(key):
        first = first_of_week(date.fromisocalendar(int(week[1]), int(week[2]), 1))
        return None if first is None else datetime.combine(first, DEFAULTS.hour, TOKYO)
    return None


def digest_key(each: Subscription, day: date) -> str:
    """The key of its issue for the week (named by its Monday) or the month that `day` is in."""
    year, week, _ = day.isocalendar()
    period = f"{year}-W{week:02d}" if each.rhythm == "weekly" else f"{day.year}-M{day.month:02d}"
    return f"{PREFIX}{period}:{each.channel}{each.scope.suffix}"
