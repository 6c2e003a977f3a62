"""The next phase's plan, made up, beside the one that ends: what it continues keeps its figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.reading import read, told
from reports.charting.sketching import sketch
from store import revisions, shelf, submissions
from store.acts import By
from store.continuing import with_before
from store.db import writing
from store.departments import make_planner
from store.people import Who
from store.periods import default_period
from store.plan import Plan, Target
from store.plan_diff import check_links
from store.plan_file import builtin_plans, read_plan
from store.revised import Changes
from store.revisions import Decided
from store.standing import outlook
from store.submissions import Proposal, SeriesValues

Act = Callable[..., By]
LAST_DAY, FIRST_DAY = date(2026, 3, 31), date(2026, 4, 1)
LATER = date(2027, 6, 1)
STAFF = Who("U0STAFF", "member")


@pytest.fixture
def city(db: Database, by: Act) -> Database:
    """Phase 2 with figures of four years and a revision, then phase 3's file."""
    with writing(db):
        for each in builtin_plans().values():
            shelf.put(db, by(), each)
        make_planner(db, by("shell:x"), "U0PLANNER")
        for year, value in ((2022, "26"), (2023, "23"), (2024, "12"), (2025, "6")):
            report(db, by, "kitamoto-2", "1-1b", year, value)
        revise(db, by)
        phase3 = read_plan(Path("tests/plans/phase-3.toml"))
        check_links(phase3, shelf.read(db, "kitamoto-2"))
        shelf.put(db, by(), phase3)
    return db


def report(db: Database, by: Act, plan: str, indicator: str, year: int, value: str) -> None:
    values: SeriesValues = {None: Decimal(value)}
    given = Proposal(plan, indicator, year, values=values, period=default_period(year))
    made = submissions.submit(db, by(), given, "children")
    submissions.approve(db, by("U0PLANNER"), made.id)


def revise(db: Database, by: Act) -> None:
    """From R7 on phase 2 aims at 8人."""
    before, after = (
        Changes(targets=((None, Target(year=2025, kind="value", value=Decimal(v), text=f"{v}人")),))
        for v in ("0", "8")
    )
    why, decided = by("U0PLANNER", reason="理由"), Decided(2025, "行政経営会議", LAST_DAY)
    made = revisions.propose(db, why, "kitamoto-2", "1-1b", decided, before, after)
    revisions.settle(db, by("U0PLANNER2"), made.number, agreed=True)


def ask(db: Database, words: str, today: date) -> str:
    return told(db, read(db, words, today), STAFF).text


def test_the_new_plan_is_asked_from_its_first_day_and_the_old_one_is_kept(city: Database) -> None:
    assert shelf.running_on(city, LAST_DAY).id == "kitamoto-2"
    assert shelf.running_on(city, FIRST_DAY).id == "kitamoto-3"
    assert shelf.plan_ids(city) == ("kitamoto-1", "kitamoto-2", "kitamoto-3")
    # What nothing continues is still answered, as finished.
    assert "第2期にはない" not in ask(city, "出生数", FIRST_DAY)
    assert "出生数" in ask(city, "出生数", FIRST_DAY)


def test_a_continued_indicator_tells_every_year_of_both_phases_once(
    city: Database, by: Act
) -> None:
    """R7 is phase 2's last figure and phase 3's baseline: one line, judged as revised for R7."""
    with writing(city):
        report(city, by, "kitamoto-3", "1-1a", 2026, "3")
    said = ask(city, "1-1a", LATER)
    assert [line for line in said.splitlines() if line.startswith(("R", "H"))][:6] == [
        "R2: 実績 29人・データ年 R2と推定・状態 公表値（第2期 当初値）",
        "R4: 実績 26人・判定 向上（第2期）・データ年 R4・状態 承認済（第2期）",
        "R5: 実績 23人・判定 向上（第2期）・データ年 R5・状態 承認済（第2期）",
        "R6: 実績 12人・判定 向上（第2期）・データ年 R6・状態 承認済（第2期）",
        "R7: 実績 6人・判定 達成（第2期）・目標 8人・データ年 R7・状態 承認済（第2期 最新値・第3期 現状値）",
        "R8: 実績 3人・判定 ▲ 向上・データ年 R8・状態 承認済",
    ]
    assert "現状値6人（R7）→目標0人" in said


def test_its_chart_draws_both_phases_with_each_observation_once(city: Database, by: Act) -> None:
    with writing(city):
        report(city, by, "kitamoto-3", "1-1a", 2026, "3")
    plan: Plan = shelf.running_on(city, LATER)
    earlier = shelf.predecessor(city, plan)
    standing = outlook(city, plan, LATER, 2026).standings["1-1a"]
    picture = sketch(plan, with_before(city, standing, earlier), earlier)
    (strand,) = picture.strands
    assert [(dot.year, str(dot.value)) for dot in strand.dots] == [
        (2020, "29"),
        (2022, "26"),
        (2023, "23"),
        (2024, "12"),
        (2025, "6"),
        (2026, "3"),
    ]


def test_a_revised_target_is_drawn_over_the_years_that_it_judges(city: Database) -> None:
    plan = shelf.read(city, "kitamoto-2").as_of(2025)
    standing = outlook(city, plan, LAST_DAY, 2025).standings["1-1b"]
    (aim,) = sketch(plan, standing, shelf.predecessor(city, plan)).aims
    assert [(step.first, step.last, str(step.low)) for step in aim.steps] == [
        (2022, 2024, "0"),
        (2025, 2025, "8"),
    ]
