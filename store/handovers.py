"""引継ぎ and 機構改革: a post passes to the next lead, a department's tasks to its successor.

Each is one act: all of it happens in the caller's transaction (`store.db.writing`), or nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store import departments
from store.acts import By, append, rows
from store.departments import Department
from store.errors import BadInput


@dataclass(frozen=True)
class Handover:
    """A post as it was handed over, with what the predecessor wrote down."""

    id: int
    department: str
    leaving: str | None
    lead: str
    note: str | None
    since: date
    at: str


@dataclass(frozen=True)
class Succession:
    """A department whose tasks passed to another one on a day, and why."""

    department: str
    successor: str
    since: date
    reason: str | None


def hand_over(
    db: Database,
    by: By,
    department: str,
    lead: str,
    since: date,
    *,
    leaving: str | None = None,
    stays: bool = False,
    note: str | None = None,
) -> Handover:
    """Make `lead` the department's lead from a day on, in the place of `leaving` (None: beside others).

    The one who leaves the post remains a member if `stays`. Raises BadInput when `leaving` leads
    no longer, or when both are the same person.
    """
    leads = [u for u, r in departments.members(db, department, since).items() if r == "lead"]
    if leaving is not None and leaving not in leads:
        raise BadInput("前任者はその日、この課の課長ではありません。選び直してください。", leaving)
    if lead in leads:
        raise BadInput("後任者はすでにこの課の課長です。別の人を選んでください。", lead)
    if leaving is not None:
        departments.join(db, by, department, leaving, "member" if stays else "none", since)
    departments.join(db, by, department, lead, "lead", since)
    number = append(
        db,
        "handovers",
        by,
        department=department,
        leaving=leaving,
        lead=lead,
        note=note,
        effective_from=since.isoformat(),
    )
    return next(each for each in handovers(db, department) if each.id == number)


def handovers(db: Database, department: str) -> list[Handover]:
    """Every handover of a department, newest first."""
    found = rows(db, "SELECT * FROM handovers WHERE department = ? ORDER BY id DESC", [department])
    return [
        Handover(
            r["id"],
            r["department"],
            r["leaving"],
            r["lead"],
            r["note"],
            date.fromisoformat(r["effective_from"]),
            r["at"],
        )
        for r in found
    ]


def reorganise(
    db: Database,
    by: By,
    plan: str,
    old: Collection[str],
    new: Department,
    since: date,
    *,
    subjects: Collection[str] = (),
    people_too: bool = True,
) -> dict[str, tuple[str, ...]]:
    """機構改革: from a day on `new` owns what `old` own in a plan (or only `subjects` of it).

    A department that has nothing left ends on that day, and its people move along if
    `people_too`. Answers what moved, by old department. Raises BadInput when nothing would move.
    """
    owned = departments.owners(db, plan, since)
    moving = {
        each: tuple(s for s, d in owned.items() if d == each and (not subjects or s in subjects))
        for each in old
        if each != new.id
    }
    if not any(moving.values()):
        raise BadInput(
            "移すものがありません。旧い課が担当する施策・指標を確かめてください。", new.name
        )
    departments.name_department(db, by, new, since)
    for each, moved in moving.items():
        departments.assign(db, by, plan, moved, new.id, since)
        if people_too:
            _move_people(db, by, each, new.id, since)
        if not {s for s, d in owned.items() if d == each} - set(moved):
            _end(db, by, each, since)
        append(
            db,
            "successions",
            by,
            department=each,
            successor=new.id,
            effective_from=since.isoformat(),
        )
    return moving


def successions(db: Database) -> list[Succession]:
    """Every 機構改革 so far, newest first."""
    found = rows(db, "SELECT * FROM successions ORDER BY effective_from DESC, id DESC")
    return [
        Succession(
            r["department"], r["successor"], date.fromisoformat(r["effective_from"]), r["reason"]
        )
        for r in found
    ]


def _move_people(db: Database, by: By, old: str, new: str, since: date) -> None:
    there = departments.members(db, new, since)
    for user, role in departments.members(db, old, since).items():
        if there.get(user) != "lead":
            departments.join(db, by, new, user, role, since)


def _end(db: Database, by: By, department: str, since: date) -> None:
    for user in departments.members(db, department, since):
        departments.join(db, by, department, user, "none", since)
    departments.end_department(db, by, department, since)
