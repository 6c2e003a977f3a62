"""`/kpi-admin 静穏`: the periods in which the bot says nothing by itself."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlite_utils import Database

from answers.content import Content
from answers.facts import show_day
from answers.planned import KINDS
from answers.quiet_page import MOST_HISTORY, Held, QuietSeen, quiet_page
from bot.admin.page import Request
from bot.desk import Desk
from schedules.scene import read_stage
from schedules.upcoming import ahead
from store import directory
from store.cycle import Cycle, dates_named
from store.plan import Plan
from store.quiet import Quiet, history, quiet_periods

# Further ahead nobody can tell what will be outstanding.
MOST_DAYS = 400


def page(desk: Desk, _: Request) -> Content:
    """The periods that are not over, what falls into each, and the newest of the history."""
    return shown(desk)


def shown(desk: Desk, note: str = "") -> Content:
    """The page as it stands."""
    db, today, plan = desk.db, desk.today, desk.plan
    periods = quiet_periods(db)
    open_ones = [period for period in periods if period.last_day >= today]
    unsaid, cycle = _unsaid(db, desk.now(), open_ones), desk.outlook().cycle
    held = [
        Held(each, unsaid.get(each.name, ()), _dates(plan, cycle, each, desk)) for each in open_ones
    ]
    over = len(periods) - len(open_ones)
    seen = QuietSeen(held, over, history(db, MOST_HISTORY), directory.names(db), today)
    return quiet_page(seen, note)


def _unsaid(db: Database, now: datetime, periods: list[Quiet]) -> dict[str, list[str]]:
    """What would be said in each period, by its name: `督促 2回`."""
    stage = read_stage(db, now.date())
    if stage is None or not periods:
        return {}
    last = max(period.last_day for period in periods)
    coming = ahead(stage.scene, now, min(MOST_DAYS, (last - now.date()).days + 1))
    found = {}
    for period in periods:
        there = {(e.kind, e.due) for e in coming if period.covers(e.due.date())}
        counted = Counter[str](kind for kind, _ in there)
        found[period.name] = [f"{KINDS[k]} {counted[k]}回" for k in KINDS if counted[k]]
    return found


def _dates(plan: Plan, cycle: Cycle, period: Quiet, desk: Desk) -> list[str]:
    """The dates of the current round that lie in a period: `提出期限 6/12`."""
    return [
        f"{said} {show_day(cycle.day(stage), desk.today)}"
        for stage, said in dates_named(plan.labels).items()
        if period.covers(cycle.day(stage))
    ]
