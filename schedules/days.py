"""Days as a digest or a reminder says them, and the dates of the cycle that come next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from answers.facts import WEEKDAYS, show_day
from store.cycle import Cycle, dates_named
from store.fiscal import era
from store.plan import Labels
from store.standing import Outlook
from store.workdays import working_days_between

UNSET = "※"
"""Behind a date that nobody has set; a note says what it means."""


@dataclass(frozen=True, order=True)
class Milestone:
    """A date of the cycle; `unset` when it is a default."""

    day: date
    label: str
    unset: bool


def week_said(day: date) -> str:
    """`6月第1週（6/1）`: the week by its Monday, and the day itself."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday.month}月第{(monday.day - 1) // 7 + 1}週（{day.month}/{day.day}）"


def month_said(day: date) -> str:
    """`2025年6月（6/2）`: the month, and the day itself."""
    return f"{day.year}年{day.month}月（{day.month}/{day.day}）"


def day_said(day: date, today: date) -> str:
    """`6/12（金）`, with the year where it is not this one."""
    return f"{show_day(day, today)}（{WEEKDAYS[day.weekday()]}）"


def left_said(due: date, today: date) -> str:
    """`あと9営業日`, `本日`, `3営業日超過`."""
    if due == today:
        return "本日"
    if due < today:
        return f"{working_days_between(due, today)}営業日超過"
    return f"あと{working_days_between(today, due)}営業日"


def ahead(outlook: Outlook, coming: Cycle | None, most: int) -> list[Milestone]:
    """The next dates of the collection, and of the `coming` one where that is known."""
    cycles = [outlook.cycle, *([coming] if coming else [])]
    dates = (each for cycle in cycles for each in _milestones(cycle, outlook.plan.labels))
    return sorted(each for each in dates if each.day >= outlook.today)[:most]


def _milestones(cycle: Cycle, labels: Labels) -> Iterator[Milestone]:
    for stage, name in dates_named(labels).items():
        of_round = era(cycle.collection) if stage == "opens" else ""
        yield Milestone(cycle.day(stage), f"{of_round}{name}", stage in cycle.defaults)
