"""見直し: a second planner agrees, the old stays, each year is judged by what was in force for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from answers.overriding import overridden
from store import cards, departments, freezing, locks, revisions, shelf, submissions
from store.acts import By, rows
from store.db import writing
from store.departments import Department
from store.errors import BadInput, NotAllowed, Stale
from store.old_and_new import old_and_new
from store.periods import default_period
from store.plan import Baseline, Plan, Target
from store.plan_file import builtin_plans
from store.revised import Changes, Revision
from store.revisions import Decided
from store.standing import State, outlook
from store.submissions import Proposal, SeriesValues

Act = Callable[..., By]
ONE = "1-1b"
TODAY = date(2025, 6, 3)
OF_R6 = Decided(2024, "行政経営会議", date(2025, 4, 1))
FIVE = Target(year=2025, kind="value", value=Decimal(5), text="5人")
ZERO = Target(year=2025, kind="value", value=Decimal(0), text="0人／年")


@pytest.fixture
def held(db: Database, by: Act, plan: Plan) -> Database:
    """The plan and the one before it, with a figure of R5."""
    with writing(db):
        for each in builtin_plans().values():
            shelf.put(db, by(), each)
    report(db, by, 2023, "4")
    return db


def report(db: Database, by: Act, collection: int, value: str) -> None:
    values: SeriesValues = {None: Decimal(value)}
    given = Proposal(
        "kitamoto-2", ONE, collection, values=values, period=default_period(collection)
    )
    with writing(db):
        made = submissions.submit(db, by(), given, "children")
        submissions.approve(db, by("U0PLANNER"), made.id)


def revise(
    db: Database, by: Act, after: Changes, before: Changes | None = None, decided: Decided = OF_R6
) -> Revision:
    """One planner proposes, the other agrees."""
    why = by("U0PLANNER", reason="受け皿の整備が進まないため")
    with writing(db):
        made = revisions.propose(
            db, why, "kitamoto-2", ONE, decided, before or Changes(targets=((None, ZERO),)), after
        )
        return revisions.settle(db, by("U0PLANNER2"), made.number, agreed=True)


def test_a_file_is_told_what_of_it_a_revision_overrides(
    held: Database, by: Act, plan: Plan
) -> None:
    """As long as it says otherwise; an owner is in no file."""
    after = Changes(name="新しい名前", targets=((None, FIVE),), owner="civic", retired=True)
    revise(held, by, after)
    agreed = revisions.in_force(held, plan.id)
    assert list(overridden(plan, agreed)) == [
        f"指標 1-1b「{plan.by_id[ONE].name}」の{what}は、R6からは見直し（行政経営会議 2025/4/1）が"
        "優先します。ファイルの値が使われるのは、それより前の年度だけです。"
        for what in ("指標名", "目標値", "廃止")
    ]
    assert list(overridden(as_of(held, 2025), agreed)) == []
    assert list(overridden(plan, ())) == []


def as_of(db: Database, year: int) -> Plan:
    return shelf.read(db, "kitamoto-2").as_of(year)


def verdict(db: Database, collection: int) -> str:
    standing = outlook(db, shelf.read(db, "kitamoto-2"), TODAY, collection, [ONE]).standings[ONE]
    assert standing.verdict.grade is not None
    return f"{standing.verdict.grade.label} {standing.verdict.arithmetic}"


def test_a_year_is_judged_by_the_target_in_force_for_it(held: Database, by: Act) -> None:
    """4人 misses 0人 in R5 and meets the 5人 that holds from R6 on."""
    report(held, by, 2024, "4")
    assert verdict(held, 2024).startswith("向上")
    revise(held, by, Changes(targets=((None, FIVE),)))
    assert verdict(held, 2023).startswith("向上 現状値29人（R2と推定）→目標0人")
    assert verdict(held, 2024).startswith("達成 現状値29人（R2と推定）→目標5人")
    seen = outlook(held, as_of(held, 2023), TODAY, 2024, [ONE])
    assert seen.standings[ONE].indicator.series[0].target(2024) == FIVE


def test_a_figure_of_an_earlier_year_is_judged_by_that_years_target(
    held: Database, by: Act
) -> None:
    """R6 is not reported yet: what stands is R5's figure against R5's target."""
    revise(held, by, Changes(targets=((None, FIVE),)))
    assert verdict(held, 2024).startswith("向上 現状値29人（R2と推定）→目標0人")


def test_only_a_second_planner_puts_it_into_force_and_one_proposal_waits_at_a_time(
    held: Database, by: Act
) -> None:
    after, before = Changes(targets=((None, FIVE),)), Changes(targets=((None, ZERO),))
    why = by("U0PLANNER", reason="理由")
    with writing(held):
        made = revisions.propose(held, why, "kitamoto-2", ONE, OF_R6, before, after)
    with pytest.raises(Stale, match="提案済み"), writing(held):
        revisions.propose(held, why, "kitamoto-2", ONE, OF_R6, before, after)
    with pytest.raises(NotAllowed, match="ほかの企画担当"), writing(held):
        revisions.settle(held, by("U0PLANNER"), made.number, agreed=True)
    with pytest.raises(sqlite3.IntegrityError, match="second planner"), writing(held):
        held.execute(
            """INSERT INTO revision_settlements(proposal, kind, at, actor, surface)
               VALUES (1, 'agree', 't', 'U0PLANNER', 's')"""
        )
    assert as_of(held, 2024).by_id[ONE].series[0].target(2024) == ZERO.model_copy()
    with writing(held):
        revisions.settle(held, by("U0PLANNER"), made.number, agreed=False)
    with pytest.raises(Stale, match="処理されて"), writing(held):
        revisions.settle(held, by("U0PLANNER2"), made.number, agreed=True)
    assert revisions.in_force(held, "kitamoto-2") == ()


def test_a_locked_year_keeps_its_frozen_verdict_and_is_not_revised(held: Database, by: Act) -> None:
    with writing(held):
        made = locks.propose(held, by("U0PLANNER"), "kitamoto-2", 2023, "lock")
        _, row = locks.settle(held, by("U0PLANNER2"), made.id, agreed=True)
        seen = outlook(held, as_of(held, 2023), TODAY, 2023)
        locks.freeze(held, row, "kitamoto-2", freezing.frozen(seen))
    with pytest.raises(BadInput, match="R6以降"):
        revise(held, by, Changes(targets=((None, FIVE),)), decided=Decided(2023, "会議", TODAY))
    revise(held, by, Changes(targets=((None, FIVE),)))
    (frozen,) = locks.frozen_by(held, "kitamoto-2", 2023)[ONE].values()
    assert frozen.label == "向上"
    assert frozen.arithmetic in verdict(held, 2023)


def test_what_was_proposed_before_a_lock_is_not_agreed_to_after_it(held: Database, by: Act) -> None:
    why, before = by("U0PLANNER", reason="理由"), Changes(targets=((None, ZERO),))
    after, early = Changes(targets=((None, FIVE),)), Decided(2023, "会議", TODAY)
    with writing(held):
        made = revisions.propose(held, why, "kitamoto-2", ONE, early, before, after)
        lock = locks.propose(held, by("U0PLANNER"), "kitamoto-2", 2023, "lock")
        locks.settle(held, by("U0PLANNER2"), lock.id, agreed=True)
    with pytest.raises(BadInput, match="締められています"), writing(held):
        revisions.settle(held, by("U0PLANNER2"), made.number, agreed=True)
    with pytest.raises(sqlite3.IntegrityError, match="locked"), writing(held):
        held.execute(
            """INSERT INTO revision_settlements(proposal, kind, at, actor, surface)
               VALUES (1, 'agree', 't', 'U0PLANNER2', 's')"""
        )


def test_name_unit_goals_and_baseline_change_from_their_year_on_and_the_old_name_is_known(
    held: Database, by: Act
) -> None:
    after = Changes(
        name="待機児童数",
        unit="名",
        goals=(("1", "target"),),
        baselines=((None, Baseline(value=Decimal(30), years=(2021,))),),
    )
    revise(held, by, after, Changes(name="保育所（園）待機児童数", unit="人"))
    old, new = as_of(held, 2023), as_of(held, 2024)
    assert old.by_id[ONE].name == "保育所（園）待機児童数"
    indicator = new.by_id[ONE]
    assert (indicator.name, indicator.unit) == ("待機児童数", "名")
    assert "保育所（園）待機児童数" in indicator.aliases
    assert old.roles[ONE] == (("3", "kpi"),)
    assert new.roles[ONE] == (("1", "target"),)
    references = [(b.value, b.reference) for b in indicator.series[0].baselines]
    assert references == [(Decimal(29), False), (Decimal(30), True)]


def test_a_retired_indicator_keeps_its_history_and_is_asked_for_no_more(
    held: Database, by: Act
) -> None:
    revise(held, by, Changes(retired=True), Changes(retired=False))
    plan = shelf.read(held, "kitamoto-2")
    before = outlook(held, plan, TODAY, 2023, [ONE]).standings[ONE]
    after = outlook(held, plan, TODAY, 2024, [ONE]).standings[ONE]
    assert before.state == State.APPROVED
    assert (after.state, after.outstanding, after.verdict.grade) == (State.RETIRED, False, None)
    assert [a.proposal.collection for a in after.actuals] == [2023]
    revise(held, by, Changes(retired=False), Changes(retired=True), Decided(2025, "会議", TODAY))
    assert as_of(held, 2024).by_id[ONE].retired_in(2024)
    assert not as_of(held, 2025).by_id[ONE].retired_in(2025)


def test_the_later_year_holds_whenever_it_was_agreed_to(held: Database, by: Act) -> None:
    ten = Target(year=2025, kind="value", value=Decimal(10), text="10人")
    late = Decided(2025, "会議", TODAY)
    revise(held, by, Changes(targets=((None, ten),)), decided=late)
    revise(held, by, Changes(targets=((None, FIVE),)))
    found = [as_of(held, year).by_id[ONE].series[0].target(year) for year in (2023, 2024, 2025)]
    assert [t and t.value for t in found] == [0, 5, 10]


def test_neither_a_newer_plan_file_nor_a_card_undoes_a_revision(
    held: Database, by: Act, plan: Plan
) -> None:
    revise(held, by, Changes(targets=((None, FIVE),)))
    newer = plan.model_copy(update={"note": "改訂版"})
    with writing(held):
        assert shelf.put(held, by(), newer)
        cards.declare(held, by(), "kitamoto-2", ONE, "definition", "4月1日現在の数")
    assert shelf.loaded(held, "kitamoto-2").by_id[ONE].series[0].target(2024) == ZERO
    indicator = as_of(held, 2024).by_id[ONE]
    assert indicator.series[0].target(2024) == FIVE
    assert indicator.definition == "4月1日現在の数"


def test_the_plan_is_the_same_object_until_more_is_agreed_to(held: Database, by: Act) -> None:
    assert shelf.running_on(held, TODAY) is shelf.read(held, "kitamoto-2")
    revise(held, by, Changes(targets=((None, FIVE),)))
    plan = shelf.running_on(held, TODAY)
    assert plan is shelf.running_on(held, TODAY)
    assert plan is as_of(held, 2024) is as_of(held, 2025)
    assert plan is not as_of(held, 2023)
    assert plan.by_id[ONE].series[0].target(2024) == FIVE


def test_old_and_new_stand_side_by_side(held: Database, by: Act) -> None:
    with writing(held):
        departments.name_department(held, by(), Department("care", "保育課"), TODAY)
    revise(
        held,
        by,
        Changes(targets=((None, FIVE),), owner="care", goals=(("1", "target"), ("3", "kpi"))),
        Changes(targets=((None, ZERO),), owner="", goals=(("3", "kpi"),)),
    )
    revise(
        held,
        by,
        Changes(retired=True),
        Changes(retired=False),
        Decided(2025, "外部有識者会議", TODAY),
    )
    found = revisions.in_force(held, "kitamoto-2")
    pairs = old_and_new(shelf.read(held, "kitamoto-2"), found, {"care": "保育課"})
    assert [(p.item, p.old, p.new, p.from_year) for p in pairs] == [
        ("目標値", "0人／年（R7）", "5人（R7）", 2024),
        ("担当課", "なし", "保育課", 2024),
        ("位置づけ", "基本目標3 KPI", "基本目標1 数値目標・基本目標3 KPI", 2024),
        ("指標", "継続", "廃止", 2025),
    ]
    assert {p.reason for p in pairs} == {"受け皿の整備が進まないため"}
    assert pairs[-1].decided_by == "外部有識者会議"


def test_history_is_append_only_and_has_a_reason(held: Database, by: Act) -> None:
    revise(held, by, Changes(retired=True), Changes(retired=False))
    for table in ("revision_proposals", "revision_settlements"):
        for change in (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"), writing(held):
                held.execute(change)
    no_reason = by("U0PLANNER")
    with pytest.raises(sqlite3.IntegrityError), writing(held):
        revisions.propose(
            held,
            no_reason,
            "kitamoto-2",
            "1-1a",
            OF_R6,
            Changes(retired=False),
            Changes(retired=True),
        )
    assert len(rows(held, "SELECT * FROM revision_proposals")) == 1
