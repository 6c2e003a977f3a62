"""A small city in a real database: departments, planners, and indicators in every state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from answers.ask import Intention, understand
from answers.content import Content
from answers.reply import answer
from store import departments, freezing, locks, shelf, submissions
from store.acts import By
from store.db import writing
from store.departments import Department
from store.fiscal import TOKYO
from store.people import Who, who
from store.plan import Indicator, Plan
from store.plan_file import builtin_plans
from store.standing import Outlook, Standing, outlook
from store.submissions import Kind, Proposal, Submission

TODAY = date(2025, 6, 4)
LATER = date(2025, 6, 20)
NAMES = {"U0CHILD": "こども担当", "U0PLANNER": "企画担当A", "U0CIVIC": "協働担当"}
OWNED = {
    "children": ("こども課", "U0CHILD", ("1-1", "1-2", "1-3", "1-4", "1-5")),
    "civic": ("市民協働課", "U0CIVIC", ("3-1", "3-2", "3-3", "6-1", "6-3", "7-1", "7-2")),
}


@dataclass
class City:
    """What tests do in the city, in the words of the domain."""

    db: Database
    plan: Plan

    def by(self, user: str, day: date = TODAY, reason: str | None = None) -> By:
        at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=TOKYO)
        return By(user, at, "test", reason)

    def found(self) -> City:
        """Make the plans, departments and planners."""
        with writing(self.db):
            for plan in (*builtin_plans().values(), self.plan):
                shelf.put(self.db, self.by("U0OPERATOR"), plan)
            for key, (name, lead, policies) in OWNED.items():
                self.make_department(Department(key, name), lead, policies)
            departments.make_planner(self.db, self.by("U0OPERATOR"), "U0PLANNER")
        return self

    def make_department(
        self, department: Department, lead: str, owns: tuple[str, ...]
    ) -> Department:
        by, since = self.by("U0OPERATOR"), date(2022, 4, 1)
        with writing(self.db):
            departments.name_department(self.db, by, department, since)
            departments.join(self.db, by, department.id, lead, "lead", since)
            departments.assign(self.db, by, self.plan.id, owns, department.id, since)
        return department

    def give(
        self,
        indicator: str,
        year: int,
        value: str | Mapping[str | None, str],
        period: str | None = None,
        *,
        kind: Kind = "actual",
        sample: bool = False,
        department: str = "children",
        **more: Any,
    ) -> Submission:
        """Submit a figure; it stays 確認中."""
        figures = {None: value} if isinstance(value, str) else value
        values = {series: Decimal(text) for series, text in figures.items() if text}
        proposal = Proposal(
            self.plan.id,
            indicator,
            year,
            kind,
            values,
            (period or f"FY{year}") if kind == "actual" else None,
            **more,
        )
        with writing(self.db):
            by = self.by("U0CHILD", date(2025, 6, 2))
            return submissions.submit(self.db, by, proposal, department, sample)

    def approve(self, given: Submission) -> Submission:
        with writing(self.db):
            return submissions.approve(self.db, self.by("U0PLANNER", date(2025, 6, 3)), given.id)

    def accept(self, indicator: str, year: int, value: Any, *args: Any, **more: Any) -> Submission:
        """Submit and approve a figure."""
        return self.approve(self.give(indicator, year, value, *args, **more))

    def send_back(self, given: Submission, reason: str, new_due: str | None = None) -> Submission:
        by = self.by("U0PLANNER", date(2025, 6, 3), reason)
        with writing(self.db):
            return submissions.send_back(self.db, by, given.id, new_due)

    def lock(self, year: int) -> None:
        """Two planners lock a collection; every verdict is frozen as it stands."""
        with writing(self.db):
            why, users = "残したまま締める", ("U0PLANNER", "U0PLANNER2")
            by = (self.by(user, date(2025, 8, 20), why) for user in users)
            made = locks.propose(self.db, next(by), self.plan.id, year, "lock")
            _, row = locks.settle(self.db, next(by), made.id, agreed=True)
            seen = outlook(self.db, self.plan, date(2025, 8, 20), year)
            locks.freeze(self.db, row, self.plan.id, freezing.frozen(seen))

    def correct(self, indicator: str, year: int, value: str) -> Submission:
        """訂正 of a locked figure, submitted and approved by planners."""
        proposal = Proposal(
            self.plan.id, indicator, year, "actual", {None: Decimal(value)}, f"FY{year}"
        )
        with writing(self.db):
            by = self.by("U0PLANNER2", date(2025, 9, 1), "集計の誤り")
            made = submissions.submit(self.db, by, proposal, "children", proxy=True)
            return submissions.approve(self.db, self.by("U0PLANNER", date(2025, 9, 2)), made.id)

    def who(self, user: str, today: date = TODAY) -> Who:
        return who(self.db, user, "member", today)

    def understand(self, text: str, today: date = TODAY) -> Intention:
        known = departments.departments(self.db, today)
        return understand(text, self.plan, known.values(), today)

    def outlook(self, year: int | None = None, today: date = TODAY) -> Outlook:
        return outlook(self.db, self.plan, today, year)

    def standing(self, indicator: str, year: int | None = None) -> Standing:
        return self.outlook(year).standings[indicator]

    def ask(self, text: str, user: str = "U0STAFF", today: date = TODAY) -> Content:
        """What `user` is told, from an outlook of no more than the question needs."""
        intention = self.understand(text, today)
        seen = outlook(self.db, self.plan, today, intention.year, intention.scope)
        earlier = shelf.predecessor(self.db, self.plan)
        return answer(intention, seen, self.who(user, today), NAMES, earlier)

    def indicator(self, id: str) -> Indicator:
        return self.plan.by_id[id]


def colourful(city: City) -> City:
    """Every state and every verdict of the rule somewhere."""
    city.accept("1-1b", 2022, "25", "2023-04-01")
    city.accept("1-1b", 2023, "18")
    city.accept("1-1b", 2024, "12", source="県の公表値", note="4月1日現在")
    city.accept("1-1c", 2023, "6.6")
    city.give("1-1c", 2024, "6.9")
    city.give("1-1d", 2024, "55.5", note="速報")
    city.accept("1-2a", 2023, "11.0", "FY2022")
    city.accept("1-2b", 2024, "", kind="awaiting", month=10)
    city.accept("1-4a", 2024, "", kind="no_survey")
    city.accept("1-4b", 2024, {"児童": "50.1", "生徒": "30.0"}, sample=True)
    city.send_back(
        city.give("1-4c", 2024, "90"), "延べ人数か実人数かを確認してください", "2025-06-20"
    )
    city.accept("4-1a", 2024, "1")
    city.accept("3-3a", 2024, "62")
    city.accept("6-1c", 2024, "500")
    city.accept("6-3d", 2024, "91.2")
    return city
