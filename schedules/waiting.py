"""What waits for whom: for a department's leads (課長確認), for planners, for a statistic to be out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from schedules.reminding_days import expected_month
from store import departments, locks, submissions
from store.absences import PLANNER, absences, stand_ins
from store.departments import Department
from store.plan import Indicator, Plan
from store.submissions import Submission
from store.submitted import select


@dataclass(frozen=True)
class Tray:
    """What waits for one person's decision, oldest first; for 課長確認 of one `department`."""

    audience: str
    department: str
    waiting: tuple[Submission, ...]


@dataclass(frozen=True)
class Expected:
    """A figure that waits for a statistic expected in a month (its first day); `locked` when only
    planners can still enter it.
    """

    indicator: Indicator
    collection: int
    department: Department
    month: date
    locked: bool
    sample: bool


def since(submission: Submission) -> date:
    """The day from which it waits for whoever decides next."""
    confirmed = submission.confirmation.at if submission.confirmation else None
    return date.fromisoformat((confirmed or submission.at)[:10])


def planners_today(db: Database, today: date) -> tuple[str, ...]:
    """The planners, deputies in the place of those who are away."""
    return _present(db, PLANNER, departments.planners(db), today)


def for_approval(db: Database, waiting: Iterable[Submission], today: date) -> list[Tray]:
    """For each planner what waits for approval, without what they may not approve themselves."""
    open_ones = [each for each in waiting if not each.awaits_lead]
    return [
        Tray(user, "", mine)
        for user in planners_today(db, today)
        if (mine := tuple(s for s in open_ones if submissions.not_by(db, s, user) is None))
    ]


def for_leads(db: Database, waiting: Iterable[Submission], today: date) -> Iterator[Tray]:
    """For each department's leads what waits for their 課長確認, without what they gave themselves."""
    by_department: dict[str, list[Submission]] = {}
    for each in waiting:
        if each.awaits_lead:
            heir = departments.heir(db, each.department, today)
            by_department.setdefault(heir, []).append(each)
    for department, there in by_department.items():
        for user in _leads(db, department, today):
            mine = tuple(each for each in there if each.actor != user)
            if mine:
                yield Tray(user, department, mine)


def _leads(db: Database, department: str, today: date) -> tuple[str, ...]:
    roles = departments.members(db, department, today)
    there = departments.reachable(db, department, today)
    return _present(db, department, [u for u in there if roles.get(u) == "lead"], today)


def _present(db: Database, capacity: str, people: Sequence[str], today: date) -> tuple[str, ...]:
    away = [absence for absence in absences(db, today) if absence.covers(today)]
    return stand_ins(away, capacity, people)


def expected(
    db: Database, plan: Plan, known: Mapping[str, Department], today: date
) -> Iterator[Expected]:
    """Every approved 統計公表待ち of any collection whose month is known.

    The month is what was submitted with it, else what the definition card or the plan says. One with
    a figure that is 確認中 waits for approval, and no longer for the statistic.
    """
    owning = departments.owners(db, plan.id, today)
    where = "plan = ? AND kind = 'awaiting'"
    for found in select(db, where, [plan.id], view="current_submissions"):
        indicator = plan.by_id.get(found.proposal.indicator)
        if indicator is None or submissions.open_of(db, found.proposal):
            continue
        owner = owning.get(indicator.id) or owning.get(indicator.policy or "") or ""
        month = found.proposal.month or indicator.publishes_in
        if owner in known and month:
            collection = found.proposal.collection
            yield Expected(
                indicator,
                collection,
                known[owner],
                expected_month(month, date.fromisoformat(found.at[:10])),
                locks.lock_of(db, plan.id, collection) is not None,
                found.sample,
            )
