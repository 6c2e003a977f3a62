"""When the bot speaks by itself: a pure function of what stands and of two moments.

- The digests (see `schedules.digests.occasions`).
- One message a working day to each audience, in the morning, of everything it is to be reminded of
  (see `schedules.reminding_days`): what a department owes, what waits for a statistic, what waits
  for 課長確認 or approval, to planners what is a week overdue, and which opinions want an answer.
  It may be late within its day. The hour and how late are settings (`store.times`).
- The stages of the yearly cycle in the same message (see `schedules.announcing.occasions`).

Nothing is said outside the hours of `speaking` nor in quiet periods. All days and hours are those of
Tokyo.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from schedules.announcing.occasions import MATTERS, TITLE, announcements, never_said
from schedules.digests.occasions import digests
from schedules.due import (
    Debt,
    Kind,
    Matter,
    Occasion,
    Scene,
    Topic,
    reason_unsaid,
)
from schedules.hours import is_day_over, morning
from schedules.reminding_days import (
    is_awaited_day,
    is_escalation_day,
    is_nudge_day,
    reminds_at,
)
from store.fiscal import TOKYO
from store.workdays import add_working_days, on_or_after

FURTHEST_BACK = timedelta(days=366)
ABOUT_OWN: frozenset[Matter] = frozenset({"owed", "awaited", "answer"})
_TITLES: dict[Matter, str] = {
    "opens": "照会の開始",
    "stage": TITLE,
    "owed": "提出のお願い",
    "awaited": "統計の公表月のお知らせ",
    "confirm": "課長確認のお願い（まとめ）",
    "approve": "承認のお願い（まとめ）",
    "overdue": "提出の遅れのお知らせ",
    "answer": "意見への対応のお願い",
}


def occasions(scene: Scene, since: datetime, now: datetime) -> list[Occasion]:
    """What fell due after `since` and by `now`, oldest first. Nothing older than a year is told."""
    since = max(since, now - FURTHEST_BACK)
    found = (
        occasion
        for day in _working_days(since.astimezone(TOKYO).date(), now.astimezone(TOKYO).date())
        for occasion in (
            *digests(scene, day, now),
            *never_said(scene, day),
            *_reminders(scene, day, now),
        )
        if since < occasion.due <= now
    )
    return sorted(found, key=lambda each: each.due)


def reminder_key(day: date, audience: str) -> str:
    """The key of everything that an audience is reminded of on a day."""
    return f"remind:{day}:{audience}"


def _reminders(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    by_audience = defaultdict[str, list[Topic]](list)
    announced = announcements(scene, day, now)
    for audience, topic in (
        *((each.audience, each.topic) for each in announced),
        *_owed(scene, day),
        *_awaited(scene, day),
        *_queued(scene, day),
        *_overdue(scene, day),
        *_unanswered(scene, day),
    ):
        by_audience[audience].append(topic)
    for audience, topics in by_audience.items():
        told = tuple(dict.fromkeys(topics))
        alone = next((each.key for each in announced if each.audience == audience), "")
        kind = _kind(told)
        key = alone if kind == "stage" else reminder_key(day, audience)
        title = title_of(told)
        due = morning(scene.times, day)
        why = reason_unsaid(scene, due, now, is_day_over(scene.times, due, now))
        yield Occasion(key, kind, audience, title, due, bool(why), told, why, alone)


def _kind(topics: tuple[Topic, ...]) -> Kind:
    matters = {topic.matter for topic in topics}
    if matters <= MATTERS:
        return "stage"
    return "reminder" if matters & ABOUT_OWN else "nudge"


def _owed(scene: Scene, day: date) -> Iterator[tuple[str, Topic]]:
    at = morning(scene.times, day)
    for debt in scene.debts:
        if day >= scene.opens and reminds_at(at, debt.dues, debt.snooze, scene.until):
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


def _unanswered(scene: Scene, day: date) -> Iterator[tuple[str, Topic]]:
    at = morning(scene.times, day)
    for debt in scene.opinions:
        if reminds_at(at, debt.dues, debt.snooze):
            for audience in debt.audiences:
                yield audience, Topic("answer", debt.department, debt.name)


def _escalates(scene: Scene, day: date, debt: Debt) -> bool:
    return any(is_escalation_day(day, due, scene.until) for due in debt.dues)


def title_of(topics: tuple[Topic, ...]) -> str:
    """`提出のお願い（こども課）／承認のお願い（まとめ）`."""
    named = defaultdict[Matter, list[str]](list)
    for topic in topics:
        named[topic.matter] += [topic.name] if topic.name else []
    said = (
        _TITLES[matter] + (f"（{'・'.join(names)}）" if names else "")
        for matter, names in named.items()
    )
    return "／".join(said)


def _working_days(first: date, last: date) -> Iterator[date]:
    day = on_or_after(first)
    while day <= last:
        yield day
        day = add_working_days(day, 1)
