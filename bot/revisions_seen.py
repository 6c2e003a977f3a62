"""見直し as somebody reads them, and what the form to propose one begins with."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from answers.content import Content
from answers.revision_form import Now
from answers.revision_page import Revisions, revision_page
from bot.desk import Desk
from store import departments, directory, revisions
from store.fiscal import fiscal_year
from store.plan import Plan
from store.standing import owner


def page(desk: Desk, user: str, number: int = 1) -> Content:
    """The page of the current plan as it stands for a planner."""
    return revision_page(seen_by(desk.db, desk.plan, user, desk.today), number)


def seen_by(db: Database, plan: Plan, user: str, today: date) -> Revisions:
    """Everything about a plan's revisions."""
    return Revisions(
        plan,
        revisions.waiting(db, plan.id),
        revisions.in_force(db, plan.id),
        directory.department_names(db, today),
        directory.names(db),
        user,
        today,
    )


def now_of(desk: Desk, indicator: str) -> Now:
    """An indicator of the current plan as all revisions so far make it.

    Raises BadInput when every year of the plan is locked.
    """
    current = desk.plan
    years = begin_years(desk.db, current, desk.today)
    latest = current.as_of(years[-1])
    owning = owner(desk.db, latest, indicator, desk.today)
    known = tuple(departments.departments(desk.db, desk.today).values())
    seen = len(revisions.in_force(desk.db, current.id))
    this_year = min(max(fiscal_year(desk.today), years[0]), years[-1])
    owner_id = owning.id if owning else None
    return Now(latest, latest.by_id[indicator], owner_id, known, years, this_year, seen)


def begin_years(db: Database, plan: Plan, today: date) -> tuple[int, ...]:
    """The fiscal years from which on a revision may begin: none that is locked or before one."""
    last = plan.last_year if plan.last_year is not None else today.year + 1
    first = plan.first_year if plan.first_year is not None else last
    locked = revisions.last_locked(db, plan.id)
    years = tuple(range(first if locked is None else max(first, locked + 1), last + 1))
    if not years:
        revisions.refuse_locked(db, plan.id, last)
    return years
