"""The people of the sample city hall, straight through the acts of a round: they give, wait, decide.

`now` is the time of their acts. Figures are made up so that no two are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib import resources

from sqlite_utils import Database

from bot import rounds, selections
from schedules.scene import read_stage
from schedules.settling import say_held
from store import shelf, submissions
from store.acts import By
from store.db import stamp, writing
from store.departments import owners
from store.people import Who, who
from store.people_file import load_people, parse_people
from store.plan_file import builtin_plans
from store.snoozes import snooze
from store.standing import Outlook, Standing, outlook
from store.submissions import Proposal, Submission

PLAN = "kitamoto-2"
PLANNER, OTHER_PLANNER = "U0PLANNER", "U0PLANNER2"
LEADS = {
    "children": "U0CHILD",
    "welfare": "U0WELFARE",
    "civic": "U0CIVIC",
    "city": "U0CITY",
    "trade": "U0TRADE",
}
ODD = Decimal("987654321")


def found_hall(db: Database, at: datetime) -> None:
    """A live database with both plans and the sample people, as of a moment."""
    stamp(db, "live")
    plans, by = builtin_plans(), By("shell:test", at, "shell")
    text = resources.files("store.samples").joinpath("people.toml").read_text("utf-8")
    with writing(db):
        for plan in plans.values():
            shelf.put(db, by, plan)
        load_people(db, by, parse_people(text, "people.toml", plans[PLAN]), plans[PLAN])


@dataclass(frozen=True)
class Hall:
    """Everybody who acts on one database."""

    connect: Callable[[], Database]
    now: Callable[[], datetime]

    def by(self, user: str, reason: str | None = None) -> By:
        """An act of somebody, now."""
        return By(user, self.now(), "test", reason)

    def who(self, user: str) -> Who:
        """Somebody as they are now."""
        return who(self.connect(), user, "member", self.now().date())

    def outlook(self) -> Outlook:
        """How the current plan stands today."""
        db, today = self.connect(), self.now().date()
        return outlook(db, shelf.running_on(db, today), today)

    def owed(self, department: str) -> list[Standing]:
        """What a department still has to give."""
        db, today = self.connect(), self.now().date()
        plan = shelf.running_on(db, today)
        owning = owners(db, plan.id, today)
        mine = [i.id for i in plan.indicators if owning.get(i.policy or "") == department]
        found = outlook(db, plan, today, indicators=mine).standings.values()
        return [each for each in found if each.outstanding]

    def gives(self, user: str, of: Sequence[Standing], value: Decimal | None = None) -> None:
        """Somebody gives these figures as one sheet; `value` in the place of a plain one."""
        number = submissions.newest_number(self.connect())
        figures = [
            _figure(each, value or Decimal(number + place + 1)) for place, each in enumerate(of)
        ]
        self._enters(user, figures)

    def awaits(self, user: str, of: Sequence[Standing], month: int) -> None:
        """Somebody says of these that the statistic comes out in a month."""
        waits = [Proposal(PLAN, s.indicator.id, s.collection, "awaiting", month=month) for s in of]
        self._enters(user, waits)

    def _enters(self, user: str, proposals: Sequence[Proposal]) -> None:
        if proposals:
            with writing(self.connect()) as db:
                rounds.enter_all(db, self.by(user), self.who(user), proposals)

    def waiting(self) -> list[Submission]:
        """What waits for planners."""
        return list(submissions.for_planners(self.connect()))

    def confirms(self, lead: str) -> None:
        """A lead confirms everything that waits for it (課長確認)."""
        with writing(self.connect()) as db:
            numbers = [each.id for each in submissions.waiting(db) if each.awaits_lead]
            if numbers:
                selections.confirm_all(db, self.by(lead), self.who(lead), numbers)

    def approves(self, found: Sequence[Submission], planner: str = PLANNER) -> None:
        """A planner approves these."""
        if found:
            with writing(self.connect()) as db:
                numbers = [each.id for each in found]
                selections.accept_all(db, self.by(planner), self.who(planner), numbers)

    def returns(self, found: Submission, due: date | None = None, planner: str = PLANNER) -> None:
        """A planner sends one back."""
        with writing(self.connect()) as db:
            act = self.by(planner, "延べ人数か実人数かを確認してください")
            rounds.turn_back(db, act, self.who(planner), found.id, due)

    def holds_back(self, user: str, department: str, until: date) -> None:
        """Somebody of a department holds its reminders back (再通知)."""
        with writing(self.connect()) as db:
            by, collection = self.by(user), self.outlook().cycle.collection
            snooze(db, by, PLAN, collection, department, until)
            stage = read_stage(db, by.at.date())
            assert stage is not None
            say_held(db, stage, department, by.at)


def _figure(standing: Standing, value: Decimal) -> Proposal:
    values = {each.name: value for each in standing.indicator.series}
    collection = standing.collection
    return Proposal(
        PLAN, standing.indicator.id, collection, values=values, period=f"FY{collection}"
    )
