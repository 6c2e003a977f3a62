"""Cities to ask about."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from store.plan import Plan
from store.plan_file import builtin_plans, read_plan
from tests.answers.city import City, colourful

KOMOREBI = Path(__file__).parents[1] / "plans" / "komorebi.toml"


@pytest.fixture
def bare(db: Database, plan: Plan) -> City:
    """The city's plan with nothing reported yet."""
    return City(db, plan).found()


@pytest.fixture
def city(bare: City) -> City:
    """Indicators in every state."""
    return colourful(bare)


@pytest.fixture
def komorebi(db: Database) -> City:
    """The made-up plan: other labels, another rule, every kind of target."""
    return City(db, read_plan(KOMOREBI)).found()


@pytest.fixture
def first_phase(db: Database) -> City:
    """A plan that is over and brings its own results."""
    return City(db, builtin_plans()["kitamoto-1"]).found()
