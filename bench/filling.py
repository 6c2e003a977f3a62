"""Made-up plans and values to measure with, in databases that go when the measuring is done.

A plan is the city's own with another id and ten fiscal years; its title says that it is made up,
and so does a note beside each value. Nothing of it is anybody's figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from store import shelf
from store.acts import By
from store.db import open_db, stamp, writing
from store.fiscal import TOKYO
from store.people_file import load_people, parse_people
from store.periods import default_period
from store.plan import Plan
from store.plan_file import builtin_plans
from store.samples.actuals import sample_values
from store.submissions import Proposal, approve, submit

CITY = "kitamoto-2"
LAST_YEAR = 2025
YEARS = 10
NOTE = "測定用の作り物"
SUBMITTED = By("U0CHILD", datetime(2025, 6, 3, 10, tzinfo=TOKYO), "bench")
APPROVED = By("U0PLANNER", SUBMITTED.at, "bench")
PEOPLE = Path(__file__).parents[1] / "store" / "samples" / "people.toml"


def small(data: Path) -> None:
    """A live database with the city's plan, its sample people and three years of values for 1-1."""
    data.mkdir(parents=True)
    db = open_db(data / "kpibot.db")
    stamp(db, "live")
    plan = builtin_plans()[CITY]
    with writing(db):
        _put(db, plan)
        _fill(db, plan, (i.id for i in plan.of_policy("1-1")), range(2022, 2025))
    db.conn.close()


def large(data: Path, plans: int) -> None:
    """A live database with that many made-up plans, every figure of ten years in each."""
    data.mkdir(parents=True)
    db = open_db(data / "kpibot.db")
    stamp(db, "live")
    add_plans(db, range(plans))
    db.conn.close()


def empty(data: Path, plans: int = 1) -> None:
    """A live database with made-up plans, and no values yet."""
    data.mkdir(parents=True)
    db = open_db(data / "kpibot.db")
    stamp(db, "live")
    with writing(db):
        for number in range(plans):
            _put(db, made_up(number))
    db.conn.close()


def add_plans(db: Database, numbers: Iterable[int]) -> None:
    """Put these made-up plans into a database; number 0 is the one that is current."""
    for number in numbers:
        plan = made_up(number)
        with writing(db):
            _put(db, plan)
            _fill(db, plan, plan.by_id, range(plan.first_year or 0, (plan.last_year or 0) + 1))


def made_up(number: int) -> Plan:
    """The city's plan under another name: number 0 for the years up to R7, the others before it."""
    last = LAST_YEAR - (YEARS if number else 0)
    given = builtin_plans()[CITY].model_dump()
    given |= {"id": f"made-up-{number}", "title": f"{NOTE} {number}", "assumed_baseline_year": None}
    given |= {"first_year": last - YEARS + 1, "last_year": last}
    given["predecessor"] = f"made-up-{number + 1}"
    for indicator in given["indicators"]:
        indicator["continues"] = None
    return Plan.model_validate(given)


def _put(db: Database, plan: Plan) -> None:
    shelf.put(db, SUBMITTED, plan)
    people = parse_people(PEOPLE.read_text("utf-8"), PEOPLE.name, plan)
    load_people(db, SUBMITTED, people, plan)


def _fill(db: Database, plan: Plan, indicators: Iterable[str], years: Iterable[int]) -> None:
    those = list(years)
    for indicator in (plan.by_id[each] for each in indicators):
        for year in those:
            values = dict(sample_values(plan, indicator, year))
            period = default_period(year)
            proposal = Proposal(
                plan.id, indicator.id, year, values=values, period=period, note=NOTE
            )
            made = submit(db, SUBMITTED, proposal, "children")
            approve(db, APPROVED, made.id)
