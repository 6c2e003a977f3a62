"""When the bot speaks by itself: a pure function of what stands and of two moments.

- Weekly digest: the week's first working day at 09:00, for each channel that wants it; none in a
  week without working days. It may be late by a day.
- Reminder to a department that owes something: 30, 14, 7, 3 and 1 days before the due date (on the
  working day before, where that is none), on the due day, then every week (on the next working
  day), at 09:00. It may be late within its day.
- Nudge to each planner while something has waited for more than three working days: at 09:00 of
  each working day. It may be late within its day; a missed one is not told of.

Nothing is said outside the hours of `speaking`. All days and hours are those of Tokyo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from store.fiscal import TOKYO
from store.workdays import (
    add_working_days,
    first_of_week,
    is_working_day,
    on_or_after,
    on_or_before,
    working_days_between,
)

Kind = Literal["digest", "reminder", "nudge"]

HOUR = time(9, tzinfo=TOKYO)
# Slack's own default for quiet hours is 22:00 to 08:00.
FIRST_HOUR, LAST_HOUR = 8, 22
DAYS_AHEAD = (30, 14, 7, 3, 1, 0)
DIGEST_GRACE = timedelta(days=1)
PATIENCE_WORKING_DAYS = 3
FURTHEST_BACK = timedelta(days=366)
_LONGEST_CLOSURE = 14
_DIGEST_KEY = re.compile(r"digest:(\d{4})-W(\d{2}):")
_DAILY_KEY = re.compile(r"(?:remind|nudge):.*:(\d{4}-\d{2}-\d{2}):[^:]+\Z")


@dataclass(frozen=True)
class Debt:
    """A department that owes something: to whom that is said, and when it is due."""

    department: str
    name: str
    audiences: tuple[str, ...]
    dues: frozenset[date]


@dataclass(frozen=True)
class Scene:
    """What stands: the current collection, who listens, who owes, since when something waits."""

    plan: str
    collection: int
    opens: date
    digest_channels: tuple[str, ...] = ()
    debts: tuple[Debt, ...] = ()
    planners: tuple[str, ...] = ()
    waiting_since: date | None = None


@dataclass(frozen=True)
class Occasion:
    """One message that is due, or was while nobody could speak (`lapsed`).

    `subject` is the department of a reminder, else empty.
    """

    key: str
    kind: Kind
    audience: str
    title: str
    due: datetime
    lapsed: bool
    subject: str = ""


class Lapsed(Exception):
    """It is too late for a message. `str()` is the reason, in Japanese."""


def occasions(scene: Scene, since: datetime, now: datetime) -> list[Occasion]:
    """What fell due after `since` and by `now`, oldest first. Nothing older than a year is told."""
    since = max(since, now - FURTHEST_BACK)
    return [
        occasion
        for day in _working_days(since.astimezone(TOKYO).date(), now.astimezone(TOKYO).date())
        if since < datetime.combine(day, HOUR) <= now
        for occasion in (
            *_digests(scene, day, now),
            *_reminders(scene, day, now),
            *_nudges(scene, day, now),
        )
    ]


def moments_between(since: datetime, now: datetime) -> bool:
    """Whether anything can have fallen due after `since` and by `now`: a 09:00 lies there."""
    first = datetime.combine(since.astimezone(TOKYO).date(), HOUR)
    return since < now and (first if first > since else first + timedelta(days=1)) <= now


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


def may_go(key: str, now: float) -> float:
    """The moment (epoch) from which a message of the outbox may go out; Lapsed when it is too late.

    Digests, reminders and nudges keep their hours even when Slack was down at the time; whatever
    answers an act of a person may always go.
    """
    due = due_of(key)
    if due is None:
        return now
    moment = datetime.fromtimestamp(now, TOKYO)
    if _is_lapsed("digest" if key.startswith("digest:") else "reminder", due, moment):
        raise Lapsed(reason_lapsed(due))
    return next_speaking(moment).timestamp()


def due_of(key: str) -> datetime | None:
    """When the message with this key was due; None for one that is not of an occasion."""
    if week := _DIGEST_KEY.match(key):
        first = first_of_week(date.fromisocalendar(int(week[1]), int(week[2]), 1))
        return None if first is None else datetime.combine(first, HOUR)
    if day := _DAILY_KEY.match(key):
        return datetime.combine(date.fromisoformat(day[1]), HOUR)
    return None


def reason_lapsed(due: datetime) -> str:
    """What is recorded with a message that was not sent."""
    return f"{due:%Y-%m-%d %H:%M}に送る予定でしたが、送れる時間を過ぎたため送りませんでした。"


def is_reminder_day(day: date, due: date) -> bool:
    """Whether departments are reminded on `day` (a working day) of what is due on `due`."""
    if any(day == on_or_before(due - timedelta(days=ahead)) for ahead in DAYS_AHEAD):
        return True
    late = (day - due).days
    weeks = range(max(1, (late - _LONGEST_CLOSURE) // 7), late // 7 + 1)
    return any(day == on_or_after(due + timedelta(weeks=n)) for n in weeks)


def has_waited_long(since: date, day: date) -> bool:
    """Whether something that waits since a day has waited for more than three working days."""
    return working_days_between(since, day) > PATIENCE_WORKING_DAYS


def digest_key(day: date, channel: str) -> str:
    """The key of the digest for the week that `day` is in; the week is named by its Monday."""
    year, week, _ = day.isocalendar()
    return f"digest:{year}-W{week:02d}:{channel}"


def _digests(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    if first_of_week(day) == day:
        for channel in scene.digest_channels:
            yield _occasion(digest_key(day, channel), "digest", channel, "週報", day, now)


def _reminders(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    for debt in scene.debts:
        if day >= scene.opens and any(is_reminder_day(day, due) for due in debt.dues):
            start = f"remind:{scene.plan}:{scene.collection}:{debt.department}:{day}"
            for audience in debt.audiences:
                key, title = f"{start}:{audience}", f"提出のお願い（{debt.name}）"
                yield _occasion(key, "reminder", audience, title, day, now, debt.department)


def _nudges(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    """Today's only: what yesterday's would have said is in it."""
    since, today = scene.waiting_since, now.astimezone(TOKYO).date()
    if since is not None and day == today and has_waited_long(since, day):
        for planner in scene.planners:
            key = f"nudge:{scene.plan}:{day}:{planner}"
            yield _occasion(key, "nudge", planner, "承認のお願い（まとめ）", day, now)


def _occasion(
    key: str, kind: Kind, audience: str, title: str, day: date, now: datetime, subject: str = ""
) -> Occasion:
    due = datetime.combine(day, HOUR)
    return Occasion(key, kind, audience, title, due, _is_lapsed(kind, due, now), subject)


def _is_lapsed(kind: Kind, due: datetime, now: datetime) -> bool:
    if kind == "digest":
        return now - due > DIGEST_GRACE
    return now.astimezone(TOKYO).date() > due.date()


def _working_days(first: date, last: date) -> Iterator[date]:
    day = on_or_after(first)
    while day <= last:
        yield day
        day = add_working_days(day, 1)
