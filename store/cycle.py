"""The yearly cycle: when a collection opens, is due, is reviewed and is published.

No plan names these dates. They are settings; until a planner sets one, a default holds and is shown
as such. A collection for a fiscal year opens in May of the year that follows it. A default that
falls on a day off moves: deadlines to the working day before, everything else to the one after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlite_utils import Database

from store import settings
from store.acts import By, rows
from store.plan import Labels, Plan
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
    """The dates of one collection (報告年度); `defaults` names those that nobody has set.

    Each date is that of a stage; `closed` names the stages that planners closed (`store.stages`).
    """

    collection: int
    opens: date
    due: date
    approvals_closed: date
    executive_meeting: date
    panel: date
    publication: date
    defaults: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def day(self, stage: str) -> date:
        """The date of a stage."""
        found: date = getattr(self, stage)
        return found

    def open_on(self, today: date) -> bool:
        """The collection has opened by `today`."""
        return today >= self.opens


@dataclass(frozen=True)
class Set:
    """A date as somebody set it (None: took it back): who, when and why."""

    day: date | None
    at: str
    actor: str
    reason: str | None


def key(plan: str, collection: int, stage: str) -> str:
    """The setting that holds one date."""
    return f"cycle.{plan}.{collection}.{stage}"


def dates_named(labels: Labels) -> dict[str, str]:
    """What each date is called, in order; the bodies as the plan calls them."""
    return {
        "opens": "照会開始",
        "due": "提出期限",
        "approvals_closed": "承認締切",
        "executive_meeting": labels.executive_meeting,
        "panel": labels.panel,
        "publication": "公表",
    }


def cycle(held: Mapping[str, str], plan: str, collection: int) -> Cycle:
    """The dates of one collection from the settings held (see `held`) and the defaults."""
    dates = {
        stage: _date(held.get(key(plan, collection, stage))) or default(stage, collection)
        for stage in DEFAULTS
    }
    unset = frozenset(s for s in DEFAULTS if key(plan, collection, s) not in held)
    closed = frozenset(s for s in DEFAULTS if _closed(plan, collection, s) in held)
    return Cycle(collection, **dates, defaults=unset, closed=closed)


def held(db: Database, plan: str) -> dict[str, str]:
    """What was said of one plan's cycle: the dates that were set, and when stages were closed."""
    closings = rows(db, "SELECT collection, stage, at FROM closed_stages WHERE plan = ?", [plan])
    closed = {_closed(plan, each["collection"], each["stage"]): each["at"] for each in closings}
    return settings.under(db, f"cycle.{plan}.") | closed


def dates_set(db: Database, plan: str, collection: int) -> dict[str, Set]:
    """Who last set, or took back, each date of a collection."""
    found = {}
    for stage in DEFAULTS:
        row = rows(
            db,
            "SELECT * FROM settings WHERE key = ? ORDER BY id DESC LIMIT 1",
            [key(plan, collection, stage)],
        )
        for each in row:
            day = _date(each["value"])
            found[stage] = Set(day, each["at"], each["actor"], each["reason"])
    return found


def version(db: Database, plan: str, collection: int) -> int:
    """A number that grows whenever a date of the collection is set; 0 before any was."""
    prefix = key(plan, collection, "")
    row = db.execute(
        "SELECT coalesce(max(id), 0) FROM settings WHERE substr(key, 1, ?) = ?",
        [len(prefix), prefix],
    ).fetchone()
    return int(row[0])


def set_dates(
    db: Database, by: By, plan: str, collection: int, days: Mapping[str, date | None]
) -> bool:
    """Set dates from now on; None takes one back to its default. False when all hold already.

    The caller has seen to their order (`misordered`).
    """
    before = version(db, plan, collection)
    for stage, day in days.items():
        settings.put(db, by, key(plan, collection, stage), day.isoformat() if day else None)
    return version(db, plan, collection) != before


def misordered(days: Mapping[str, date]) -> dict[str, str]:
    """Stages whose date lies before that of the stage before them: stage → the one before."""
    return {later: earlier for earlier, later in pairwise(DEFAULTS) if days[later] < days[earlier]}


def moved(stage: str, day: date) -> date:
    """The working day for a date: a deadline goes to the one before, anything else to the one after."""
    return on_or_before(day) if stage in DEADLINES else on_or_after(day)


def default(stage: str, collection: int) -> date:
    """The date that holds until somebody sets one."""
    return moved(stage, date(collection + 1, *DEFAULTS[stage]))


def collections(plan: Plan, today: date) -> tuple[int, ...]:
    """The collections whose dates can be set, oldest first: all of the plan, or up to the next."""
    first = plan.first_year if plan.first_year is not None else today.year - 1
    last = plan.last_year if plan.last_year is not None else max(first, today.year)
    return tuple(range(first, last + 1))


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


def _closed(plan: str, collection: int, stage: str) -> str:
    return f"closed.{plan}.{collection}.{stage}"


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
