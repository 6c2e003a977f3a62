"""A city's live database with made-up figures: two years locked and published, one that is not.

R4 is approved and nothing more (1-1b: 424,242), R5 and R6 are locked and published. Of R6 one figure was put right
since (1-1b), one is late (1-1d, approved after the lock), one waits for approval (1-1c), one for a
statistic (1-2a), and one was returned (1-4a).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path

from sqlite_utils import Database

from bot.shell.context import DATABASE
from store import cards, comparisons, freezing, locks, publications, revisions, shelf, submissions
from store.acts import By
from store.db import open_db, stamp, writing
from store.fiscal import TOKYO
from store.people_file import load_people, parse_people
from store.plan import Indicator, Plan, Target
from store.plan_file import builtin_plans
from store.revised import Changes
from store.revisions import Decided
from store.samples.actuals import sample_values
from store.standing import outlook
from store.submissions import Proposal, Submission

PLAN = "kitamoto-2"
NOW = datetime(2025, 9, 30, 10, 0, tzinfo=TOKYO)
LEFT = frozenset({"1-1c", "1-1d", "1-2a", "1-4a"})
# Figures that nobody outside may see: of a year that is not published, 確認中, and returned.
SECRET = {("1-1b", 2022): "424242", ("1-1c", 2024): "31.337", ("1-4a", 2024): "767676"}
HOSTILE = "<script>alert(1)</script>&\"'"
FIRST, SECOND = "U0PLANNER", "U0PLANNER2"


def by(actor: str, minutes: int = 0, reason: str | None = None) -> By:
    return By(actor, NOW + timedelta(minutes=minutes), "test", reason)


def live_city(folder: Path) -> Database:
    """The database, in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    db = open_db(folder / DATABASE)
    stamp(db, "live")
    with writing(db):
        for plan in builtin_plans().values():
            shelf.put(db, by("shell:operator"), plan)
        plan = shelf.read(db, PLAN)
        text = resources.files("store.samples").joinpath("people.toml").read_text("utf-8")
        load_people(db, by("shell:operator"), parse_people(text, "people.toml", plan), plan)
        for indicator in plan.indicators:
            for year in (2022, 2023, 2024):
                if year < 2024 or indicator.id not in LEFT:
                    approve(db, given(db, plan, indicator, year))
        of_this_year(db, plan)
        for year in (2023, 2024):
            lock(db, plan, year)
            publish(db, year)
        after_the_lock(db, plan)
        revised(db)
    return db


def revised(db: Database) -> None:
    """From R7 on 1-1b aims at 5人, as two planners agreed; of 1-1c something is only proposed."""
    zero, five = (
        Target(year=2025, kind="value", value=Decimal(value), text=f"{value}人")
        for value in ("0", "5")
    )
    decided = Decided(2025, "行政経営会議", NOW.date())
    for indicator, why in (("1-1b", "受け皿の整備が進まないため"), ("1-1c", "提案だけの理由")):
        made = revisions.propose(
            db,
            by(FIRST, 0, why),
            PLAN,
            indicator,
            decided,
            Changes(targets=((None, zero),)),
            Changes(targets=((None, five),)),
        )
        if indicator == "1-1b":
            revisions.settle(db, by(SECOND, 1), made.number, agreed=True)


def given(
    db: Database, plan: Plan, indicator: Indicator, year: int, source: str = "庁内集計"
) -> Submission:
    values = dict(sample_values(plan, indicator, year))
    if (indicator.id, year) in SECRET:
        values = {None: Decimal(SECRET[indicator.id, year])}
    proposal = Proposal(
        plan.id, indicator.id, year, values=values, period=f"FY{year}", source=source
    )
    return submissions.submit(db, by("U0CHILD"), proposal, "children")


def approve(db: Database, given: Submission) -> None:
    submissions.approve(db, by(FIRST), given.id)


def of_this_year(db: Database, plan: Plan) -> None:
    """What is not approved, or is approved as being without a figure; words and other places' values."""
    given(db, plan, plan.by_id["1-1c"], 2024, source="確認中の出典")
    awaiting = Proposal(plan.id, "1-2a", 2024, "awaiting", month=10)
    approve(db, submissions.submit(db, by("U0CHILD"), awaiting, "children"))
    returned = given(db, plan, plan.by_id["1-4a"], 2024, source="差し戻された出典")
    submissions.send_back(db, by(FIRST, reason="差戻しの理由"), returned.id)
    cards.declare(db, by("U0CHILD"), PLAN, "1-1b", "definition", "4月1日の待機児童の数")
    cards.declare(db, by("U0CHILD"), PLAN, "1-1b", "source", "保育所等利用待機児童数調査")
    cards.declare(db, by("U0CHILD"), PLAN, "1-1b", "holder", "こども課の内線1234")
    for place, value in (("全国平均", "5"), ("県平均", "8")):
        comparisons.record(
            db, by("U0CHILD"), PLAN, "1-1b", place, "FY2024", {None: Decimal(value)}, "埼玉県資料"
        )


def lock(db: Database, plan: Plan, year: int) -> None:
    made = locks.propose(db, by(FIRST, 1, "確認中を残す"), plan.id, year, "lock")
    _, row = locks.settle(db, by(SECOND, 2), made.id, agreed=True)
    locks.freeze(db, row, plan.id, freezing.frozen(outlook(db, plan, NOW.date(), year)))


def publish(db: Database, year: int, plan: str = PLAN) -> None:
    made = publications.propose(db, by(FIRST, 3), plan, year)
    publications.settle(db, by(SECOND, 4), made.id, agreed=True)


def after_the_lock(db: Database, plan: Plan) -> None:
    for indicator, value, why in (("1-1b", "0", "転記の誤り"), ("1-1d", "55.5", "公表の遅れ")):
        proposal = Proposal(
            plan.id,
            indicator,
            2024,
            values={None: Decimal(value)},
            period="FY2024",
            source="県資料",
        )
        old = submissions.approved_of(db, proposal)
        made = submissions.submit(
            db,
            by(FIRST, 5, why),
            proposal,
            "children",
            corrects=old.id if old else None,
            proxy=True,
        )
        submissions.approve(db, by(SECOND, 6), made.id)


def published_plan(folder: Path, plan: Plan) -> Path:
    """A live database with one figure of each of a plan's indicators, locked and published."""
    path = folder / DATABASE
    db = open_db(path)
    stamp(db, "live")
    with writing(db):
        shelf.put(db, by("shell:operator"), plan)
        for each in plan.indicators:
            values: dict[str | None, Decimal] = {None: Decimal("85")}
            proposal = Proposal(
                plan.id, each.id, 2024, values=values, period="FY2024", source=HOSTILE
            )
            approve(db, submissions.submit(db, by("U0CHILD"), proposal, "children"))
        lock(db, plan, 2024)
        publish(db, 2024, plan.id)
    db.conn.close()
    return path
