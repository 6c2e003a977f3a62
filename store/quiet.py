"""Quiet periods (議会会期、予算査定など): settings from a first to a last day in which nothing is said.

A period is the setting `quiet.{name}` with the value `2026-02-20..2026-03-24`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store import settings
from store.acts import By
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


def set_quiet(db: Database, by: By, period: Quiet) -> None:
    """Keep quiet in a period; one of the same name is replaced. Raises BadInput for none that is."""
    name = period.name.strip()
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


def _quiet(name: str, value: str) -> Quiet:
    first, _, last = value.partition("..")
    return Quiet(name, date.fromisoformat(first), date.fromisoformat(last))
