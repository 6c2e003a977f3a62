"""不在・代行: who is away on which days, and who stands in. It ends by itself.

`capacity` is `planner`, or the id of the department that somebody leads. The newest row of a user and
capacity holds. What a deputy may do is decided at each act (`store.people`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store.acts import By, append, rows

PLANNER = "planner"

_NEWEST = "SELECT max(id) FROM absences GROUP BY user, capacity"


@dataclass(frozen=True)
class Absence:
    """Somebody is away from the first to the last day, both included, and `deputy` stands in."""

    user: str
    capacity: str
    deputy: str
    first_day: date
    last_day: date

    def covers(self, today: date) -> bool:
        """Away on that day."""
        return self.first_day <= today <= self.last_day


def absences(db: Database, today: date) -> tuple[Absence, ...]:
    """Every absence that holds today or later, by its first day."""
    found = rows(
        db,
        f"""SELECT * FROM absences WHERE id IN ({_NEWEST}) AND deputy IS NOT NULL
            AND last_day >= ? ORDER BY first_day, id""",
        [today.isoformat()],
    )
    return tuple(
        Absence(
            row["user"],
            row["capacity"],
            row["deputy"],
            date.fromisoformat(row["first_day"]),
            date.fromisoformat(row["last_day"]),
        )
        for row in found
    )


def be_away(db: Database, by: By, absence: Absence) -> None:
    """Name a deputy for some days; it takes the place of an absence named before."""
    append(
        db,
        "absences",
        by,
        user=absence.user,
        capacity=absence.capacity,
        deputy=absence.deputy,
        first_day=absence.first_day.isoformat(),
        last_day=absence.last_day.isoformat(),
    )


def be_back(db: Database, by: By, user: str, capacity: str, today: date) -> bool:
    """Take an absence back; False when there is none."""
    held = (a for a in absences(db, today) if (a.user, a.capacity) == (user, capacity))
    if next(held, None) is None:
        return False
    day = today.isoformat()
    append(
        db,
        "absences",
        by,
        user=user,
        capacity=capacity,
        deputy=None,
        first_day=day,
        last_day=day,
    )
    return True


def stand_ins(found: Iterable[Absence], capacity: str, people: Iterable[str]) -> tuple[str, ...]:
    """To whom a request to these people goes: in the place of whoever is away, their deputy.

    `found` are the absences of the day. Everybody, when nobody would be left.
    """
    everybody = tuple(people)
    away = {a.user: a.deputy for a in found if a.capacity == capacity and a.user in everybody}
    there = tuple(dict.fromkeys(away.get(user, user) for user in everybody))
    return tuple(user for user in there if user not in away) or everybody
