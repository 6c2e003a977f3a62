"""Reminders held back (再通知): a department of one collection is left in peace until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from store.acts import By, rows


@dataclass(frozen=True)
class Snooze:
    """Pressed at `at` by `actor`: nothing until the morning of `until`, which reminds once."""

    until: date
    at: datetime
    actor: str


def snooze(
    db: Database, by: By, plan: str, collection: int, department: str, until: date
) -> Snooze:
    """Hold a department's reminders back until a day; it takes the place of what was held."""
    db.execute(
        """INSERT INTO snoozes(plan, collection, department, until, at, actor)
           VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT(plan, collection, department) DO UPDATE SET
             until = excluded.until, at = excluded.at, actor = excluded.actor""",
        [plan, collection, department, until.isoformat(), by.at.isoformat(), by.actor],
    )
    return Snooze(until, by.at, by.actor)


def snoozes(db: Database, plan: str, collection: int) -> dict[str, Snooze]:
    """The newest of each department in a collection, over or not, by the department's id."""
    found = rows(db, "SELECT * FROM snoozes WHERE plan = ? AND collection = ?", [plan, collection])
    return {row["department"]: _snooze(row) for row in found}


def _snooze(row: dict[str, str]) -> Snooze:
    return Snooze(date.fromisoformat(row["until"]), datetime.fromisoformat(row["at"]), row["actor"])
