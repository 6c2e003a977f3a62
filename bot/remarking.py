"""What the forms about efforts and opinions share: whose they are, who may write, who hears of it."""

from __future__ import annotations

from sqlite_utils import Database

from answers.subjects import subject_named, subject_value
from bot.acting import number_in
from bot.desk import Desk
from bot.proposals import reportable_years
from store import departments, directory
from store.acts import By
from store.departments import Department
from store.errors import Stale
from store.people import Act, Who, permit
from store.plan import Plan
from store.remarks import Opinion, Subject
from store.standing import owner

OLD = "この画面は古いため使えません。`/kpi` から開き直してください。"


def subject_meant(desk: Desk, plan: str, year: str, value: str) -> tuple[Plan, int, Subject]:
    """The current plan, a year to write about and a subject, as a button names them.

    Raises Stale for what is not of the plan (any more) or no such year.
    """
    current, collection = desk.plan, number_in(year, OLD)
    found = subject_named(current, value)
    if (
        plan != current.id
        or found is None
        or collection not in reportable_years(current, desk.today)
    ):
        raise Stale(OLD)
    return current, collection, found


def owner_of(desk: Desk, plan: Plan, subject: Subject) -> Department | None:
    """Who answers for a subject today: an indicator's department; for all else the planners."""
    if subject.kind != "indicator":
        return None
    return owner(desk.db, plan, subject.id, desk.today)


def permit_effort(desk: Desk, by: By, person: Who, plan: Plan, subject: Subject) -> None:
    """Let the owning department and planners pass. Raises NotAllowed for everybody else."""
    about = f"{plan.id}/{subject_value(subject)}"
    permit(by, person, Act.REFLECT, about, owner_of(desk, plan, subject))


def answering(desk: Desk, opinion: Opinion) -> Department | None:
    """The department that is to answer an opinion today, or its successor; None for planners."""
    if opinion.department is None:
        return None
    heir = departments.heir(desk.db, opinion.department, desk.today)
    return departments.departments(desk.db, desk.today).get(heir)


def permit_answer(desk: Desk, by: By, person: Who, opinion: Opinion) -> None:
    """Let the department that is to answer pass, and planners."""
    permit(by, person, Act.ANSWER, f"opinion:{opinion.number}", answering(desk, opinion))


def present(db: Database, user: str) -> bool:
    """Slack still has this person as a full member."""
    return directory.standing(db, user) in {None, "member"}
