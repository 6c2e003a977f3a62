"""`/kpi-admin 担当`: who does what today."""

from __future__ import annotations

import re

from answers.content import Content
from answers.people_page import DepartmentSeen, PeopleSeen, people_page
from bot.admin.page import Request
from bot.desk import Desk
from store import departments, directory, handovers
from store.departments import Department
from store.owning import owned_by, unowned


def page(desk: Desk, request: Request) -> Content:
    """The departments; `担当 2` shows the second page of them."""
    wanted = re.search(r"[0-9]{1,3}", request.words)
    return people_page(seen(desk), int(wanted[0]) if wanted else 1)


def seen(desk: Desk) -> PeopleSeen:
    """Everybody who takes part, by name."""
    db, today, plan = desk.db, desk.today, desk.plan
    names, owning = directory.names(db), departments.owners(db, plan.id, today)
    known = departments.departments(db, today)
    return PeopleSeen(
        [_seen(desk, each, names, owning) for each in known.values()],
        [names.get(user, user) for user in departments.planners(db)],
        unowned(owning, plan),
        handovers.successions(db),
        names,
        today,
    )


def _seen(
    desk: Desk, department: Department, names: dict[str, str], owning: dict[str, str]
) -> DepartmentSeen:
    people = departments.members(desk.db, department.id, desk.today)
    present = departments.reachable(desk.db, department.id, desk.today)

    def called(*users: str) -> tuple[str, ...]:
        return tuple(names.get(user, user) for user in users)

    return DepartmentSeen(
        department.id,
        department.name,
        called(*(u for u, role in people.items() if role == "lead")),
        called(*(u for u, role in people.items() if role == "member")),
        called(*(u for u in people if u not in present)),
        tuple(s for s, d in owning.items() if d == department.id),
        len(owned_by(owning, department.id, desk.plan)),
        department.channel is not None,
    )
