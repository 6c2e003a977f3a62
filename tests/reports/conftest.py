"""Cities whose indicators are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.db import open_db, writing
from store.fiscal import TOKYO
from store.plan import Plan
from store.plan_file import builtin_plans, read_plan
from store.samples.actuals import SamplePeople, load_samples
from store.standing import Outlook
from tests.answers.city import City

KOMOREBI = Path(__file__).parents[1] / "plans" / "komorebi.toml"
LAST_ROUND = date(2026, 6, 20)


@pytest.fixture
def city(db: Database, plan: Plan) -> City:
    """The city's plan with nothing reported yet."""
    return City(db, plan).found()


@pytest.fixture
def made_up(db: Database) -> City:
    """The made-up plan: every kind of target."""
    return City(db, read_plan(KOMOREBI)).found()


@pytest.fixture(scope="session")
def first_phase() -> Plan:
    """The plan before the city's current one."""
    return builtin_plans()["kitamoto-1"]


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> Iterator[Outlook]:
    """Every indicator with samples of all four rounds, some of the last still 確認中."""
    db = open_db(tmp_path_factory.mktemp("sampled") / "kpibot.db")
    city = City(db, plan).found()
    owned = {policy.code: ("children", "U0CHILD") for policy in plan.policies}
    now = datetime(2026, 6, 20, 9, tzinfo=TOKYO)
    with writing(db):
        load_samples(db, plan, SamplePeople(owned, "U0PLANNER"), frozenset(), now)
    yield city.outlook(2025, LAST_ROUND)
    db.conn.close()
