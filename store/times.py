"""When the bot says things by itself, and for how long it makes up for what it could not say.

Planners change the times as settings `times.{name}` with the value `2026-06-02 10:30`: from that day
on. A change holds from the next day, so that what holds on a day is settled before the day begins.
Nothing of the day is lost or said twice by it, and whether a message is too late, which is asked for
the day it was due, has one answer whoever asks and whenever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from store import settings
from store.acts import By, rows
from store.errors import BadInput

TIMES = "times."


@dataclass(frozen=True)
class Times:
    """What holds on one day; the defaults until somebody changes them. All hours are those of Tokyo.

    The day's message of reminders, requests to decide and stages is due at `hour` and goes out until
    `until` of the same day. A digest may be late by `weekly` or `monthly`. A stage that could not be
    told on its day is told on one of so many `mornings` of working days after it.
    """

    hour: time = time(9)
    until: time = time(22)
    weekly: timedelta = timedelta(days=1)
    monthly: timedelta = timedelta(days=3)
    mornings: int = 2


DEFAULTS = Times()
NAMES = tuple(each.name for each in fields(Times))
# The end lies after every hour, and after the latest at which somebody may begin to be told things
# (`store.manners`). A weekly digest is over before the next one comes.
CHOICES: Mapping[str, tuple[Any, ...]] = {
    "hour": tuple(time(n // 2, n % 2 * 30) for n in range(2 * 8, 2 * 16 + 1)),
    "until": tuple(time(hour) for hour in range(17, 23)),
    "weekly": tuple(timedelta(hours=n) for n in (3, 6, 12, 24, 48, 72)),
    "monthly": tuple(timedelta(days=n) for n in (1, 2, 3, 5, 7, 10)),
    "mornings": tuple(range(6)),
}


@dataclass(frozen=True)
class Timetable:
    """What holds on which day: the times from a first day on, in the order of these days."""

    steps: tuple[tuple[date, Times], ...] = ()

    def on(self, day: date) -> Times:
        """What holds on a day."""
        return next((times for first, times in reversed(self.steps) if first <= day), DEFAULTS)


UNCHANGED = Timetable()


@dataclass(frozen=True)
class Change:
    """One time as somebody set it: from which day on, by whom, when and why."""

    name: str
    first_day: date
    value: Any
    at: str
    actor: str
    reason: str | None


def timetable(db: Database) -> Timetable:
    """What holds on which day. What was said later holds over what was said before."""
    said = changes(db)
    days = sorted({each.first_day for each in said})
    return Timetable(tuple((day, _by(said, day)) for day in days))


def changes(db: Database) -> list[Change]:
    """Every change, oldest first."""
    found = rows(
        db,
        """SELECT key, value, at, actor, reason FROM settings
           WHERE key >= ? AND key < ? AND value IS NOT NULL ORDER BY id""",
        _KEYS,
    )
    return [_change(row) for row in found]


def version(db: Database) -> int:
    """A number that grows with every change; 0 before any."""
    row = db.execute(
        "SELECT coalesce(max(id), 0) FROM settings WHERE key >= ? AND key < ?", _KEYS
    ).fetchone()
    return int(row[0])


def change(db: Database, by: By, wanted: Times) -> bool:
    """Let these times hold from tomorrow on; False when they do anyway.

    Raises BadInput for one that is not among the choices.
    """
    for name in NAMES:
        if getattr(wanted, name) not in CHOICES[name]:
            raise BadInput("送る時刻と期限は、選べるものの中から選んでください。")
    tomorrow = first_day(by.at)
    held = timetable(db).on(tomorrow)
    for name in NAMES:
        value = getattr(wanted, name)
        if value != getattr(held, name):
            settings.put(db, by, TIMES + name, f"{tomorrow} {_text(value)}")
    return wanted != held


def first_day(now: datetime) -> date:
    """The day from which on a change that is made now holds."""
    return now.date() + timedelta(days=1)


def read(name: str, value: str) -> tuple[date, Any]:
    """The first day and the value that a setting holds. Raises ValueError for anything else."""
    day, _, text = value.partition(" ")
    return date.fromisoformat(day), _READ[name](text)


def _by(said: Iterable[Change], day: date) -> Times:
    return Times(**{each.name: each.value for each in said if each.first_day <= day})


def _change(row: dict[str, Any]) -> Change:
    name = row["key"].removeprefix(TIMES)
    first, value = read(name, row["value"])
    return Change(name, first, value, row["at"], row["actor"], row["reason"])


def _text(value: Any) -> str:
    if isinstance(value, timedelta):
        return str(value // timedelta(hours=1))
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _hours(text: str) -> timedelta:
    return timedelta(hours=int(text))


_READ: Mapping[str, Callable[[str], Any]] = {
    "hour": time.fromisoformat,
    "until": time.fromisoformat,
    "weekly": _hours,
    "monthly": _hours,
    "mornings": int,
}
# Of all keys that begin with the prefix: the sign after its full stop comes after them.
_KEYS = (TIMES, TIMES.replace(".", "/"))
