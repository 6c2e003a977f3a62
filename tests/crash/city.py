"""The bot's data folder: a live database with the city's plan and people, and what can be reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from sqlite_utils import Database

from answers.propose import propose
from bot.shell.context import DATABASE
from store import shelf
from store.acts import By
from store.db import connect, open_db, stamp, writing
from store.fiscal import TOKYO, era
from store.people_file import PeopleFile, load_people, parse_people
from store.plan import Plan
from store.plan_file import builtin_plans
from store.showing import show_value

START = datetime(2025, 6, 3, 10, 0, tzinfo=TOKYO)
DIGEST_CHANNEL = "C0DIGEST"
NOBODY = f'planners = ["U0PLANNER"]\ndigest_channels = ["{DIGEST_CHANNEL}"]\n'


@dataclass(frozen=True)
class Figure:
    """Something that can be reported once: who does it, and what they type."""

    indicator: str
    collection: int
    typed: str
    user: str

    @property
    def about(self) -> str:
        """The words that name it."""
        return f"{self.indicator} {era(self.collection)}"

    def submitted(self, db: Database) -> list[int]:
        """The numbers of its submissions."""
        found = db.execute(
            "SELECT id FROM submissions WHERE plan = ? AND indicator = ? AND collection = ?",
            [the_plan().id, self.indicator, self.collection],
        )
        return [int(row[0]) for row in found.fetchall()]


def found(folder: Path, people: PeopleFile) -> None:
    """Make a live data folder with the city's plan and these people."""
    folder.mkdir(parents=True)
    with closing_db(open_db(folder / DATABASE)) as db:
        stamp(db, "live")
        by = By("shell:test", START, "shell")
        with writing(db):
            shelf.put(db, by, the_plan())
            load_people(db, by, people, the_plan())


@contextmanager
def looking(folder: Path) -> Iterator[Database]:
    """The folder's database over a connection of its own, for a moment."""
    with closing_db(connect(folder / DATABASE)) as db:
        yield db


@contextmanager
def closing_db(db: Database) -> Iterator[Database]:
    """Close the connection in the end."""
    with closing(db.conn):
        yield db


@cache
def the_plan() -> Plan:
    """The city's current plan."""
    return builtin_plans()["kitamoto-2"]


@cache
def staff() -> PeopleFile:
    """The sample people without a digest, so that nothing is said but by what people do."""
    text = resources.files("store.samples").joinpath("people.toml").read_text("utf-8")
    data = parse_people(text, "people.toml", the_plan())
    return data.model_copy(update={"digest_channels": ()})


@cache
def nobody() -> PeopleFile:
    """A planner and a digest channel: nothing is said but the digest."""
    return parse_people(NOBODY, "people.toml", the_plan())


@cache
def figures() -> list[Figure]:
    """What can be reported without a question being asked back."""
    leads = {owned: each.leads[0] for each in staff().departments for owned in each.owns}
    return [
        Figure(indicator.id, year, typed, leads[owned])
        for indicator in the_plan().indicators
        for owned in (indicator.id, indicator.policy or "")
        if owned in leads and len(indicator.series) == 1
        for baseline in indicator.series[0].baselines
        if baseline.reference
        for typed in [show_value(baseline.value, indicator)]
        for year in (2022, 2023, 2024)
        if _is_plain(indicator.id, year, typed)
    ]


def _is_plain(indicator: str, year: int, typed: str) -> bool:
    plan, today = the_plan(), date(START.year, START.month, START.day)
    return not propose(plan, plan.by_id[indicator], year, typed, today, typed).oddities


def count(db: Database, what: str, *given: object) -> int:
    """How many rows there are."""
    return int(db.execute(f"SELECT count(*) FROM {what}", given).fetchone()[0])
