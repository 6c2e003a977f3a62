"""Departments, their people and what they own, and the planning section: history by effective date.

Every change is a new row; what holds on a day is the newest row that took effect by then. The verbs
write nothing when nothing would change, so that loading the same file twice adds no history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import BadInput

# A department is called on a day what its newest row by then says, and before its first what that says.
NAME_ON = """coalesce(
  (SELECT name FROM departments WHERE department = {department} AND effective_from <= {day}
   ORDER BY effective_from DESC, id DESC LIMIT 1),
  (SELECT name FROM departments WHERE department = {department} ORDER BY effective_from, id LIMIT 1))"""

DepartmentRole = Literal["lead", "member", "none"]


@dataclass(frozen=True)
class Department:
    """担当課: a post that owns policies or single indicators."""

    id: str
    name: str
    channel: str | None = None


def departments(db: Database, today: date) -> dict[str, Department]:
    """The departments that exist today, by id, in the order they were made."""
    found = rows(
        db,
        """SELECT department, name, channel, active FROM departments d
           WHERE effective_from <= ? AND id = (SELECT id FROM departments
             WHERE department = d.department AND effective_from <= ?
             ORDER BY effective_from DESC, id DESC LIMIT 1)
           ORDER BY (SELECT min(id) FROM departments WHERE department = d.department)""",
        [today.isoformat(), today.isoformat()],
    )
    return {
        r["department"]: Department(r["department"], r["name"], r["channel"])
        for r in found
        if r["active"]
    }


def members(db: Database, department: str, today: date) -> dict[str, DepartmentRole]:
    """The department's present members and leads: user → role."""
    found = rows(
        db,
        """SELECT user, role FROM memberships m WHERE department = ? AND effective_from <= ?
           AND id = (SELECT id FROM memberships WHERE user = m.user AND department = m.department
             AND effective_from <= ? ORDER BY effective_from DESC, id DESC LIMIT 1)
           AND role <> 'none' ORDER BY id""",
        [department, today.isoformat(), today.isoformat()],
    )
    return {r["user"]: r["role"] for r in found}


def reachable(db: Database, department: str, today: date) -> tuple[str, ...]:
    """The department's present people, without those whom Slack no longer has as full members.

    Of a department that is no more: its successor's.
    """
    department = heir(db, department, today)
    gone = {r["user"] for r in rows(db, "SELECT user FROM directory WHERE standing <> 'member'")}
    return tuple(user for user in members(db, department, today) if user not in gone)


def planners(db: Database) -> tuple[str, ...]:
    """The users of the planning section, first made first."""
    found = rows(
        db,
        """SELECT user FROM planners p
           WHERE id = (SELECT max(id) FROM planners WHERE user = p.user) AND active = 1
           ORDER BY id""",
    )
    return tuple(r["user"] for r in found)


def owners(db: Database, plan: str, today: date) -> dict[str, str]:
    """Policy code or indicator id → the department that owns it today."""
    found = rows(
        db,
        """SELECT subject, department FROM assignments a WHERE plan = ? AND effective_from <= ?
           AND id = (SELECT id FROM assignments WHERE plan = a.plan AND subject = a.subject
             AND effective_from <= ? ORDER BY effective_from DESC, id DESC LIMIT 1)""",
        [plan, today.isoformat(), today.isoformat()],
    )
    return {r["subject"]: r["department"] for r in found if r["department"]}


def make_planner(db: Database, by: By, user: str) -> None:
    """Make `user` a planner; does nothing when they are one."""
    if user not in planners(db):
        append(db, "planners", by, user=user, active=1)


def drop_planner(db: Database, by: By, user: str) -> None:
    """Take the planner's role from `user`. Raises BadInput for the last one."""
    if planners(db) == (user,):
        raise BadInput("最後の企画担当は外せません。先に別の人を企画担当にしてください。", user)
    if user in planners(db):
        append(db, "planners", by, user=user, active=0)


def name_department(db: Database, by: By, department: Department, since: date) -> None:
    """Make a department, or change its name or channel from a day on."""
    if departments(db, since).get(department.id) != department:
        append(
            db,
            "departments",
            by,
            department=department.id,
            name=department.name,
            channel=department.channel,
            effective_from=since.isoformat(),
        )


def end_department(db: Database, by: By, department: str, since: date) -> None:
    """A department is no more from a day on; what it did keeps the name that it had."""
    found = departments(db, since).get(department)
    if found is not None:
        append(
            db,
            "departments",
            by,
            department=department,
            name=found.name,
            channel=found.channel,
            active=0,
            effective_from=since.isoformat(),
        )


def heir(db: Database, department: str, today: date) -> str:
    """Who answers for a department's affairs today: itself, or whoever succeeded it."""
    known, seen = departments(db, today), {department}
    while department not in known:
        row = db.execute(
            """SELECT successor FROM successions WHERE department = ? AND effective_from <= ?
               ORDER BY effective_from DESC, id DESC LIMIT 1""",
            [department, today.isoformat()],
        ).fetchone()
        if row is None or row[0] in seen:
            break
        department = row[0]
        seen.add(department)
    return department


def join(
    db: Database, by: By, department: str, user: str, role: DepartmentRole, since: date
) -> None:
    """Make `user` a lead or member of a department from a day on (`none` ends it)."""
    if members(db, department, since).get(user, "none") != role:
        append(
            db,
            "memberships",
            by,
            department=department,
            user=user,
            role=role,
            effective_from=since.isoformat(),
        )


def assign(
    db: Database, by: By, plan: str, subjects: Iterable[str], department: str | None, since: date
) -> None:
    """Give policies or single indicators to a department from a day on (None takes them away)."""
    now = owners(db, plan, since)
    for subject in subjects:
        if now.get(subject) != department:
            append(
                db,
                "assignments",
                by,
                plan=plan,
                subject=subject,
                department=department,
                effective_from=since.isoformat(),
            )
