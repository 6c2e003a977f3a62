"""Quiet periods (議会会期、予算査定など): settings from a first to a last day in which nothing is said.

A period is the setting `quiet.{name}` with the value `2026-02-20..2026-03-24`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store import settings
from store.acts import By, rows
from store.errors import BadInput

QUIET = "quiet."
MOST_NAME = 30


@dataclass(frozen=True)
class Quiet:
    """A period by its name, both days included."""

    name: str
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        """Nothing is said on that day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Change:
    """What was said of a period once (None: taken back), by whom, when and why."""

    name: str
    period: Quiet | None
    at: str
    actor: str
    reason: str | None


def set_quiet(db: Database, by: By, period: Quiet) -> None:
    """Keep quiet in a period; one of the same name is replaced. Raises BadInput for none that is."""
    name = " ".join(period.name.split())
    if not name or len(name) > MOST_NAME:
        said = f"期間の名前は1〜{MOST_NAME}字で書いてください。例: 6月議会"
        raise BadInput(said, period.name)
    if period.last_day < period.first_day:
        said = "期間の終わりが始まりより前です。例: 2026-02-20 から 2026-03-24 まで"
        raise BadInput(said, f"{period.first_day}..{period.last_day}")
    settings.put(db, by, QUIET + name, f"{period.first_day}..{period.last_day}")


def drop_quiet(db: Database, by: By, name: str) -> None:
    """Take a period back; does nothing when there is none of that name."""
    settings.put(db, by, QUIET + name, None)


def quiet_periods(db: Database) -> tuple[Quiet, ...]:
    """The periods that hold, by their first day."""
    held = settings.under(db, QUIET).items()
    found = (_quiet(key.removeprefix(QUIET), value) for key, value in held)
    return tuple(sorted(found, key=lambda each: (each.first_day, each.name)))


def covering(periods: Iterable[Quiet], day: date) -> Quiet | None:
    """The first of these periods that a day lies in."""
    return next((period for period in periods if period.covers(day)), None)


def history(db: Database, most: int) -> list[Change]:
    """What was last said of any period, the newest first."""
    found = rows(
        db,
        """SELECT key, value, at, actor, reason FROM settings WHERE substr(key, 1, ?) = ?
           ORDER BY id DESC LIMIT ?""",
        [len(QUIET), QUIET, most],
    )
    return [_change(row) for row in found]


def _change(row: dict[str, str]) -> Change:
    name = row["key"].removeprefix(QUIET)
    period = _quiet(name, row["value"]) if row["value"] else None
    return Change(name, period, row["at"], row["actor"], row["reason"])


def _quiet(name: str, value: str) -> Quiet:
    first, _, last = value.partition("..")
    return Quiet(name, date.fromisoformat(first), date.fromisoformat(last))
