"""The yearly cycle: when a collection opens, is due, is reviewed and is published.

No plan names these dates. They are settings; until a planner sets one, a default holds and is shown
as such. A collection for a fiscal year opens in May of the year that follows it. A default that
falls on a day off moves: deadlines to the working day before, everything else to the one after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store import settings
from store.plan import Plan
from store.workdays import on_or_after, on_or_before

# Month and day in the calendar year after the fiscal year that is reported on.
DEFAULTS = {
    "opens": (5, 11),
    "due": (6, 12),
    "approvals_closed": (6, 26),
    "executive_meeting": (8, 3),
    "panel": (8, 24),
    "publication": (9, 30),
}
DEADLINES = frozenset({"due", "approvals_closed"})
DEFAULT_NOTE = "当市の文書にない既定値"


@dataclass(frozen=True)
class Cycle:
    """The dates of one collection (報告年度); `defaults` names those that nobody has set."""

    collection: int
    opens: date
    due: date
    approvals_closed: date
    executive_meeting: date
    panel: date
    publication: date
    defaults: frozenset[str] = frozenset()

    def open_on(self, today: date) -> bool:
        """The collection has opened by `today`."""
        return today >= self.opens


def key(plan: str, collection: int, stage: str) -> str:
    """The setting that holds one date."""
    return f"cycle.{plan}.{collection}.{stage}"


def cycle(held: Mapping[str, str], plan: str, collection: int) -> Cycle:
    """The dates of one collection from the settings held (see `held`) and the defaults."""
    dates = {
        stage: _date(held.get(key(plan, collection, stage))) or _default(stage, collection)
        for stage in DEFAULTS
    }
    unset = frozenset(s for s in DEFAULTS if key(plan, collection, s) not in held)
    return Cycle(collection, **dates, defaults=unset)


def held(db: Database, plan: str) -> dict[str, str]:
    """The dates that were set for one plan."""
    return settings.under(db, f"cycle.{plan}.")


def current(dates: Mapping[str, str], plan: Plan, today: date) -> Cycle:
    """The newest collection of the plan that has opened; before any has, the first to come.

    After the plan's last year its last collection stays current.
    """
    last = plan.last_year if plan.last_year is not None else today.year
    first = plan.first_year if plan.first_year is not None else last
    opened = (cycle(dates, plan.id, year) for year in range(last, first - 1, -1))
    found = next((c for c in opened if c.open_on(today)), None)
    return found or cycle(dates, plan.id, first)


def ahead(db: Database, plan: Plan, now: Cycle) -> Cycle | None:
    """The round after this one; None after the plan's last year."""
    following = now.collection + 1
    if plan.last_year is not None and following > plan.last_year:
        return None
    return cycle(held(db, plan.id), plan.id, following)


def _default(stage: str, collection: int) -> date:
    day = date(collection + 1, *DEFAULTS[stage])
    return on_or_before(day) if stage in DEADLINES else on_or_after(day)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
