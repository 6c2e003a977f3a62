"""When the bot speaks by itself: a pure function of what stands and of two moments.

- Weekly digest: the week's first working day at 09:00, for each channel that wants it; none in a
  week without working days. It may be late by a day.
- One message a working day to each audience, at 09:00, of everything it is to be reminded of (see
  `schedules.reminding_days`): what a department owes, what waits for a statistic, what waits for
  課長確認 or approval, and to planners what is a week overdue. It may be late within its day.

Nothing is said outside the hours of `speaking` nor in quiet periods. All days and hours are those of
Tokyo.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from schedules.hours import HOUR, moments_between, next_speaking, speaking
from schedules.reminding_days import (
    has_waited_long,
    is_awaited_day,
    is_escalation_day,
    is_nudge_day,
    is_reminder_day,
    reminds_on,
)
from store.fiscal import TOKYO
from store.quiet import Quiet
from store.snoozes import Snooze
from store.workdays import add_working_days, first_of_week, on_or_after

__all__ = [
    "HOUR",
    "Debt",
    "Lapsed",
    "Occasion",
    "Queue",
    "Scene",
    "Topic",
    "Wait",
    "digest_key",
    "due_of",
    "has_waited_long",
    "is_reminder_day",
    "may_go",
    "moments_between",
    "next_speaking",
    "occasions",
    "reason_lapsed",
    "speaking",
]

Kind = Literal["digest", "reminder", "nudge"]
Matter = Literal["owed", "awaited", "confirm", "approve", "overdue"]

DIGEST_GRACE = timedelta(days=1)
FURTHEST_BACK = timedelta(days=366)
_DIGEST_KEY = re.compile(r"digest:(\d{4})-W(\d{2}):")
_DAILY_KEY = re.compile(r"(?:remind|nudge):(?:.*:)?(\d{4}-\d{2}-\d{2}):[^:]+\Z")
_ABOUT_OWN: frozenset[Matter] = frozenset({"owed", "awaited"})
_TITLES: dict[Matter, str] = {
    "owed": "提出のお願い",
    "awaited": "統計の公表月のお知らせ",
    "confirm": "課長確認のお願い（まとめ）",
    "approve": "承認のお願い（まとめ）",
    "overdue": "提出の遅れのお知らせ",
}


@dataclass(frozen=True)
class Debt:
    """A department that owes something: to whom that is said, when it is due, until when not."""

    department: str
    name: str
    audiences: tuple[str, ...]
    dues: frozenset[date]
    snooze: Snooze | None = None


@dataclass(frozen=True)
class Wait:
    """A department that waits for statistics, expected in months (by their first days)."""

    department: str
    name: str
    audiences: tuple[str, ...]
    months: frozenset[date]


@dataclass(frozen=True)
class Queue:
    """What waits for somebody's decision: since which days, of a department or of all."""

    matter: Literal["confirm", "approve"]
    audience: str
    since: frozenset[date]
    department: str = ""


@dataclass(frozen=True)
class Scene:
    """What stands: the current collection, who listens, who owes, what waits for what.

    The collection opens on a day, and asks for nothing that is late after `until`.
    """

    plan: str
    collection: int
    opens: date
    digest_channels: tuple[str, ...] = ()
    debts: tuple[Debt, ...] = ()
    planners: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    queues: tuple[Queue, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    until: date = date.max


@dataclass(frozen=True)
class Topic:
    """One section of a reminder. `name` is the department's in one about what it owes or awaits."""

    matter: Matter
    department: str = ""
    name: str = ""


@dataclass(frozen=True)
class Occasion:
    """One message that is due, or was while nobody could speak (`lapsed`, and `why`).

    A digest has no topics; a `reminder` is about what its readers give, a `nudge` only about what
    they decide or should know of.
    """

    key: str
    kind: Kind
    audience: str
    title: str
    due: datetime
    lapsed: bool
    topics: tuple[Topic, ...] = ()
    why: str = ""


class Lapsed(Exception):
    """It is too late for a message. `str()` is the reason, in Japanese."""


def occasions(scene: Scene, since: datetime, now: datetime) -> list[Occasion]:
    """What fell due after `since` and by `now`, oldest first. Nothing older than a year is told."""
    since = max(since, now - FURTHEST_BACK)
    return [
        occasion
        for day in _working_days(since.astimezone(TOKYO).date(), now.astimezone(TOKYO).date())
        if since < datetime.combine(day, HOUR) <= now
        for occasion in (*_digests(scene, day, now), *_reminders(scene, day, now))
    ]


def may_go(key: str, now: float) -> float:
    """The moment (epoch) from which a message of the outbox may go out; Lapsed when it is too late.

    Digests and reminders keep their hours even when Slack was down at the time; whatever answers an
    act of a person may always go.
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


def digest_key(day: date, channel: str) -> str:
    """The key of the digest for the week that `day` is in; the week is named by its Monday."""
    year, week, _ = day.isocalendar()
    return f"digest:{year}-W{week:02d}:{channel}"


def reminder_key(day: date, audience: str) -> str:
    """The key of everything that an audience is reminded of on a day."""
    return f"remind:{day}:{audience}"


def _digests(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    if first_of_week(day) == day:
        for channel in scene.digest_channels:
            yield _occasion(scene, digest_key(day, channel), "digest", channel, "週報", day, now)


def _reminders(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    by_audience = defaultdict[str, list[Topic]](list)
    for audience, topic in (
        *_owed(scene, day),
        *_awaited(scene, day),
        *_queued(scene, day),
        *_overdue(scene, day),
    ):
        by_audience[audience].append(topic)
    for audience, topics in by_audience.items():
        told = tuple(dict.fromkeys(topics))
        about_own = any(topic.matter in _ABOUT_OWN for topic in told)
        kind: Kind = "reminder" if about_own else "nudge"
        key, title = reminder_key(day, audience), _title(told)
        yield _occasion(scene, key, kind, audience, title, day, now, told)


def _owed(scene: Scene, day: date) -> Iterator[tuple[str, Topic]]:
    for debt in scene.debts:
        if day >= scene.opens and reminds_on(day, debt.dues, debt.snooze, scene.until):
            for audience in debt.audiences:
                yield audience, Topic("owed", debt.department, debt.name)


def _awaited(scene: Scene, day: date) -> Iterator[tuple[str, Topic]]:
    for wait in scene.waits:
        if any(is_awaited_day(day, month) for month in wait.months):
            for audience in wait.audiences:
                yield audience, Topic("awaited", wait.department, wait.name)


def _queued(scene: Scene, day: date) -> Iterator[tuple[str, Topic]]:
    for queue in scene.queues:
        if any(is_nudge_day(day, since) for since in queue.since):
            yield queue.audience, Topic(queue.matter, queue.department)


def _overdue(scene: Scene, day: date) -> Iterator[tuple[str, Topic]]:
    for debt in scene.debts:
        if day >= scene.opens and _escalates(scene, day, debt):
            for planner in scene.planners:
                yield planner, Topic("overdue", debt.department)


def _escalates(scene: Scene, day: date, debt: Debt) -> bool:
    return any(is_escalation_day(day, due, scene.until) for due in debt.dues)


def _title(topics: tuple[Topic, ...]) -> str:
    """`提出のお願い（こども課）／承認のお願い（まとめ）`."""
    named = defaultdict[Matter, list[str]](list)
    for topic in topics:
        named[topic.matter] += [topic.name] if topic.name else []
    said = (
        _TITLES[matter] + (f"（{'・'.join(names)}）" if names else "")
        for matter, names in named.items()
    )
    return "／".join(said)


def _occasion(
    scene: Scene,
    key: str,
    kind: Kind,
    audience: str,
    title: str,
    day: date,
    now: datetime,
    topics: tuple[Topic, ...] = (),
) -> Occasion:
    due = datetime.combine(day, HOUR)
    late = reason_lapsed(due) if _is_lapsed(kind, due, now) else ""
    why = _quiet(scene, day) or late or _quiet(scene, now.astimezone(TOKYO).date())
    return Occasion(key, kind, audience, title, due, bool(why), topics, why)


def _quiet(scene: Scene, day: date) -> str:
    """Why nothing is said on a day: the quiet period that it lies in; else empty."""
    found = next((period for period in scene.quiet if period.covers(day)), None)
    return f"通知を控える期間（{found.name}）のため送りませんでした。" if found else ""


def _is_lapsed(kind: Kind, due: datetime, now: datetime) -> bool:
    if kind == "digest":
        return now - due > DIGEST_GRACE
    return now.astimezone(TOKYO).date() > due.date()


def _working_days(first: date, last: date) -> Iterator[date]:
    day = on_or_after(first)
    while day <= last:
        yield day
        day = add_working_days(day, 1)
