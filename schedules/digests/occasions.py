"""When a digest is due: the week's first working day at 09:00; it may be late by a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from schedules.due import Occasion, Scene, reason_unsaid
from schedules.hours import HOUR
from store.workdays import first_of_week

GRACE = timedelta(days=1)
PREFIX = "digest:"
_KEY = re.compile(r"digest:(\d{4})-W(\d{2}):")


def digests(scene: Scene, day: date, now: datetime) -> Iterator[Occasion]:
    """The digests of a working day."""
    if first_of_week(day) == day:
        due = datetime.combine(day, HOUR)
        why = reason_unsaid(scene, due, now, is_late(due, now))
        for channel in scene.digest_channels:
            key = digest_key(day, channel)
            yield Occasion(key, "digest", channel, "週報", due, bool(why), why=why)


def is_late(due: datetime, now: datetime) -> bool:
    """Whether it is too late for a digest."""
    return now - due > GRACE


def due_of(key: str) -> datetime | None:
    """When the digest with this key was due; None for one that is not of an occasion."""
    if week := _KEY.match(key):
        first = first_of_week(date.fromisocalendar(int(week[1]), int(week[2]), 1))
        return None if first is None else datetime.combine(first, HOUR)
    return None


def digest_key(day: date, channel: str) -> str:
    """The key of the digest for the week that `day` is in; the week is named by its Monday."""
    year, week, _ = day.isocalendar()
    return f"digest:{year}-W{week:02d}:{channel}"
