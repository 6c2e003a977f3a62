"""Stages: what each lacks, and that none is closed while something is missing, but for a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import cycle, freezing, locks, shelf, stages, submissions
from store.acts import By, append
from store.db import writing
from store.errors import BadInput, Stale
from store.plan import Plan
from store.schema.stages import HISTORY
from store.stages import Progress, gap_said, gaps
from store.standing import Outlook, outlook
from store.submissions import Proposal
from tests.schedules.city import found_city

OPEN = date(2025, 6, 3)
ACTS = Callable[..., By]


@pytest.fixture
def city(db: Database, plan: Plan) -> Iterator[Database]:
    """Five departments that own all of the plan; nothing was submitted. Acts are in a transaction."""
    found_city(db, plan)
    with writing(db):
        yield db


def seen(db: Database, today: date = OPEN) -> Outlook:
    return outlook(db, shelf.running_on(db, today), today, 2024)


def lacks(db: Database, stage: str, today: date = OPEN) -> list[str]:
    return [gap_said(gap) for gap in gaps(seen(db, today), stage)]


def give_all(db: Database, by: ACTS, plan: Plan, but: int = 0) -> list[int]:
    """Every figure is given as a year without survey, the shortest way; the numbers of them."""
    found = [s.indicator for s in seen(db).standings.values() if s.outstanding]
    return [
        submissions.submit(db, by(), Proposal(plan.id, each.id, 2024, "no_survey"), "children").id
        for each in found[but:]
    ]


def lock(db: Database, by: ACTS, plan: Plan) -> None:
    made = locks.propose(db, by("U1"), plan.id, 2024, "lock")
    _, row = locks.settle(db, by("U2"), made.id, agreed=True)
    locks.freeze(db, row, plan.id, freezing.frozen(seen(db)))


def test_before_the_collection_opens_nothing_is_complete(city: Database) -> None:
    """And no stage is current."""
    early = date(2025, 5, 1)
    for stage in ("opens", "due", "approvals_closed"):
        assert lacks(city, stage, early) == ["照会の開始前"]
    assert stages.current(seen(city, early)) is None


def test_submission_lacks_what_is_outstanding_with_its_departments(city: Database) -> None:
    (gap,) = gaps(seen(city), "due")
    assert gap.what == "未提出"
    assert len(gap.standings) == sum(s.outstanding for s in seen(city).standings.values())
    assert "こども課" in gap.departments
    assert gaps(seen(city), "opens") == ()
    assert lacks(city, "due", date(2025, 6, 16))[0].startswith("期限超過")
    assert stages.current(seen(city)) == "due"


def test_approval_is_complete_once_nothing_is_outstanding_and_nothing_waits(
    city: Database, by: ACTS, plan: Plan
) -> None:
    given = give_all(city, by, plan, but=1)
    assert lacks(city, "due") == ["未提出 1件"]
    assert lacks(city, "approvals_closed") == ["未提出 1件", f"確認中 {len(given)}件"]
    given += give_all(city, by, plan)
    assert lacks(city, "due") == []
    assert stages.current(seen(city)) == "approvals_closed"
    for number in given:
        submissions.approve(city, by("U0PLANNER"), number)
    assert lacks(city, "approvals_closed") == []


def test_a_figure_that_its_lead_has_to_confirm_waits_too(
    city: Database, by: ACTS, plan: Plan
) -> None:
    proposal = Proposal(plan.id, "1-1b", 2024, "no_survey")
    submissions.submit(city, by(), proposal, "children", needs_lead=True)
    assert lacks(city, "approvals_closed")[1:] == ["課長確認待ち 1件"]


def test_meetings_want_the_lock_and_publication_both_meetings(
    city: Database, by: ACTS, plan: Plan
) -> None:
    meetings = ("executive_meeting", "panel")
    assert [lacks(city, stage) for stage in meetings] == [["締めが済んでいない"]] * 2
    lock(city, by, plan)
    assert [lacks(city, stage) for stage in meetings] == [[], []]
    assert lacks(city, "publication") == [
        f"{plan.labels.executive_meeting}が完了していない",
        f"{plan.labels.panel}が完了していない",
    ]
    for stage in meetings:
        stages.close(city, by("U1"), seen(city), stage)
    assert lacks(city, "publication") == []


def test_what_is_incomplete_is_closed_for_a_reason_only(city: Database, by: ACTS) -> None:
    """And says so ever after."""
    for act, overrule in ((by("U1"), True), (by("U1", reason="様式で受領"), False)):
        with pytest.raises(BadInput, match="理由がなければ"):
            stages.close(city, act, seen(city), "due", overrule)
    stages.close(city, by("U1", reason="様式で受領"), seen(city), "due", overrule=True)
    closing = stages.closings(city, seen(city).plan.id, 2024)["due"]
    assert (closing.actor, closing.overruled, closing.reason) == ("U1", True, "様式で受領")
    with pytest.raises(Stale, match="すでに完了"):
        stages.close(city, by("U2", reason="x"), seen(city), "due", overrule=True)


def test_a_complete_stage_is_not_overruled(city: Database, by: ACTS) -> None:
    """Whatever the form said."""
    stages.close(city, by("U1", reason="メモ"), seen(city), "opens", overrule=True)
    assert not stages.closings(city, seen(city).plan.id, 2024)["opens"].overruled


def test_a_stage_is_done_by_word_and_under_way_by_date_or_after_the_one_before(
    city: Database, by: ACTS, plan: Plan
) -> None:
    def where() -> list[Progress]:
        return [stages.progress(seen(city), stage) for stage in stages.STAGES]

    here, ahead, done = Progress.UNDER_WAY, Progress.AHEAD, Progress.DONE
    assert where() == [here, here, here, ahead, ahead, ahead]
    stages.close(city, by("U1"), seen(city), "opens")
    stages.close(city, by("U1", reason="x"), seen(city), "approvals_closed", overrule=True)
    assert where() == [done, here, done, here, ahead, ahead]
    stages.reopen(city, by("U1", reason="取り違え"), plan.id, 2024, "approvals_closed")
    assert where() == [done, here, here, ahead, ahead, ahead]
    with pytest.raises(Stale, match="完了していません"):
        stages.reopen(city, by("U1", reason="x"), plan.id, 2024, "approvals_closed")
    later = replace(seen(city), today=date(2025, 8, 3))
    assert stages.progress(later, "executive_meeting") == here


def test_closings_of_one_year_say_nothing_of_another(city: Database, by: ACTS, plan: Plan) -> None:
    stages.close(city, by("U1"), seen(city), "opens")
    held = cycle.held(city, plan.id)
    assert cycle.cycle(held, plan.id, 2024).closed == {"opens"}
    assert cycle.cycle(held, plan.id, 2023).closed == frozenset()


@pytest.mark.parametrize(
    "columns",
    [
        {"change": "close", "overruled": 1},
        {"change": "reopen", "overruled": 0},
        {"change": "close", "overruled": 0, "stage": "tea"},
    ],
)
def test_no_row_overrules_or_reopens_without_a_reason(
    db: Database, by: ACTS, columns: dict[str, object]
) -> None:
    """Nor closes a stage that there is not."""
    row = {"plan": "p", "collection": 2024, "stage": "due", **columns}
    with pytest.raises(sqlite3.IntegrityError):
        append(db, "stage_closings", by("U1"), **row)


@pytest.mark.parametrize("table", HISTORY)
def test_history_is_append_only(db: Database, table: str) -> None:
    triggers = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'")}
    assert {f"{table}_no_update", f"{table}_no_delete"} <= triggers


def test_an_indicator_that_nobody_owns_keeps_the_opening_incomplete_but_not_the_next_stage(
    db: Database, by: ACTS, plan: Plan
) -> None:
    shelf.put(db, by("shell:x"), plan)
    assert lacks(db, "opens") == [f"担当課なし {len(plan.indicators)}件"]
    assert stages.current(seen(db)) == "due"


def test_once_everything_is_closed_no_stage_is_current(city: Database, by: ACTS) -> None:
    for stage in stages.STAGES:
        stages.close(city, by("U1", reason="移行"), seen(city), stage, overrule=True)
    assert stages.current(seen(city)) is None
