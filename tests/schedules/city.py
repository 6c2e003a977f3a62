"""A small city hall on a real database: departments, planners, a digest channel, acts of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlite_utils import Database

from store import departments, shelf, submissions
from store.acts import By
from store.db import writing
from store.departments import Department
from store.periods import default_period
from store.plan import Plan
from store.submissions import Proposal, Submission
from store.subscriptions import Subscription, subscribe
from tests.schedules.stand_in import moment

CHANNEL = "C0DIGEST"
PLANNER = "U0PLANNER"
SINCE = date(2022, 4, 1)
OWNED = {
    "children": ("こども課", None, ("1-1", "1-2", "1-3", "1-4", "1-5")),
    "welfare": ("福祉健康課", "C0WELFARE", ("2-1", "2-2", "2-3", "2-4", "2-5", "2-6", "2-7")),
    "civic": ("市民協働課", None, ("3-1", "3-2", "3-3", "6-1", "6-3", "7-1", "7-2")),
    "city": ("都市環境課", None, ("4-1", "4-2", "4-3", "4-4", "4-5", "4-6")),
    "trade": ("産業文化課", None, ("5-1", "5-2", "5-3")),
}


def found_city(db: Database, plan: Plan, channels: tuple[str, ...] = (CHANNEL,)) -> None:
    """The plan, five departments with one lead each, a planner, and a digest channel."""
    by = By("shell:test", moment("2022-04-01 09:00"), "shell")
    with writing(db):
        shelf.put(db, by, plan)
        departments.make_planner(db, by, PLANNER)
        for name, (title, channel, policies) in OWNED.items():
            departments.name_department(db, by, Department(name, title, channel), SINCE)
            departments.join(db, by, name, f"U0{name.upper()}", "lead", SINCE)
            departments.assign(db, by, plan.id, policies, name, SINCE)
        for channel in channels:
            subscribe(db, by, Subscription(channel))


def give(
    db: Database,
    plan: Plan,
    indicator: str,
    collection: int,
    value: str | Mapping[str | None, str],
    at: datetime,
    sample: bool = False,
    period: str = "",
) -> Submission:
    """A department submits a value."""
    values = {None: value} if isinstance(value, str) else value
    proposal = Proposal(
        plan.id,
        indicator,
        collection,
        values={name: Decimal(text) for name, text in values.items()},
        period=period or default_period(collection),
    )
    with writing(db):
        by = By("U0CHILDREN", at, "test")
        return submissions.submit(db, by, proposal, "children", sample=sample)


def approved(
    db: Database,
    plan: Plan,
    indicator: str,
    collection: int,
    value: str | Mapping[str | None, str],
    at: datetime,
    sample: bool = False,
    period: str = "",
) -> Submission:
    """A department submits a value and a planner approves it an hour later."""
    given = give(db, plan, indicator, collection, value, at, sample, period)
    with writing(db):
        return submissions.approve(db, By(PLANNER, at + timedelta(hours=1), "test"), given.id)


def returned(
    db: Database, submission: Submission, reason: str, at: datetime, new_due: str | None = None
) -> Submission:
    """A planner sends a submission back."""
    with writing(db):
        return submissions.send_back(db, By(PLANNER, at, "test", reason), submission.id, new_due)
