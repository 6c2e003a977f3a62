"""What is known of the four years without asking the bot: who owns what, and who did what when.

The people of the story write down each act here as they do it. From this and the calendar alone
`tests.years.rules` works out what has to be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from store.plan_file import builtin_plans
from tests.hall import PLAN

What = Literal["gave", "awaits", "confirmed", "approved", "returned", "held", "locked", "closed"]

FIRST, LAST = date(2022, 4, 1), date(2026, 9, 30)
COLLECTIONS = (2022, 2023, 2024, 2025)
PLANNERS = ("U0PLANNER", "U0PLANNER2")
FOLLOWER, FOLLOWED = "U0STAFF", "1-1"
NEWS_CHANNEL = "C0STAFF"
PEOPLE = {
    "children": ("U0CHILD2", "U0CHILD"),
    "welfare": ("U0WELFARE",),
    "civic": ("U0CIVIC",),
    "city": ("U0CITY",),
    "trade": ("U0TRADE",),
}
LEAD = {name: people[-1] for name, people in PEOPLE.items()}
POLICIES = {
    "children": ("1-1", "1-2", "1-3", "1-4", "1-5"),
    "welfare": ("2-1", "2-2", "2-3", "2-4", "2-5", "2-6", "2-7"),
    "civic": ("3-1", "3-2", "3-3", "6-1", "6-3", "7-1", "7-2"),
    "city": ("4-1", "4-2", "4-3", "4-4", "4-5", "4-6"),
    "trade": ("5-1", "5-2", "5-3"),
}


@dataclass(frozen=True)
class Digest:
    """A digest that a channel gets: of a goal or all, from which day of its week or month on."""

    channel: str
    goal: str
    rhythm: Literal["weekly", "monthly"]
    day: int
    hour: int


DIGESTS = (
    Digest("C0DIGEST", "", "weekly", 0, 9),
    Digest("C0STAFF", "1", "weekly", 2, 10),
    Digest("C0STAFF", "", "monthly", 25, 9),
)
INDICATORS = {
    name: tuple(i.id for i in builtin_plans()[PLAN].indicators if i.policy in owned)
    for name, owned in POLICIES.items()
}


@dataclass(frozen=True)
class Act:
    """One act on the afternoon of a day, on figures (their numbers → their indicators).

    `until` is a new due date, the day until which reminders are held back, or the first day of the
    month in which statistics come out. `to_lead`: a lead has to confirm first. `corrects` is who gave
    the figure that a planner puts right. `new_verdicts`: some grade is another than before.
    """

    day: date
    what: What
    user: str
    department: str
    collection: int
    figures: dict[int, str] = field(default_factory=dict)
    until: date | None = None
    to_lead: bool = False
    corrects: str | None = None
    stage: str = ""
    new_verdicts: bool = False

    @property
    def first(self) -> int:
        """The number that a message about all of them is named by."""
        return min(self.figures)


@dataclass
class Facts:
    """Everything that people did, in order, and what they set.

    `home_only`: who has reminders on Home only, from the day after this one on.
    """

    acts: list[Act] = field(default_factory=list)
    dues: dict[int, date] = field(default_factory=dict)
    quiet: list[tuple[date, date]] = field(default_factory=list)
    home_only: dict[str, date] = field(default_factory=dict)

    def note(self, act: Act) -> None:
        """Somebody did this."""
        self.acts.append(act)

    def before(self, day: date, *what: What) -> Iterator[Act]:
        """What was done on earlier days: it stands on the morning of this one."""
        return (act for act in self.acts if act.day < day and act.what in what)

    def figure(self, number: int) -> Act:
        """The act that gave a figure."""
        acts = (a for a in self.acts if a.what in {"gave", "awaits"} and number in a.figures)
        return next(acts)
