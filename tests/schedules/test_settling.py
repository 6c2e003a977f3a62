"""Reminders that stand are changed once when a department gave everything, and never without need."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from schedules import memory
from schedules.scene import Stage, read_stage
from schedules.scheduler import Speaker
from store import (
    cards,
    confirming,
    departments,
    locks,
    outbox,
    quiet,
    reminded,
    settings,
    submissions,
)
from store.acts import By
from store.db import Connections, writing
from store.freezing import frozen
from store.plan import Plan
from store.quiet import Quiet
from store.submissions import Proposal
from tests.schedules.city import PLANNER, SINCE, found_city, give
from tests.schedules.stand_in import Clock, FakeSlack, moment

MORNING = "2025-06-05 09:00"


@pytest.fixture
def connections(tmp_path: Path) -> Connections:
    return Connections(tmp_path / "kpibot.db")


@pytest.fixture
def db(connections: Connections, plan: Plan) -> Database:
    found_city(connections(), plan)
    return connections()


@pytest.fixture
def speaker(connections: Connections, slack: FakeSlack, clock: Clock) -> Speaker:
    return Speaker(connections, slack, lambda: clock.now)


@pytest.fixture
def morning(db: Database, speaker: Speaker, clock: Clock) -> Database:
    """A week before the due day everybody who owes something has been reminded."""
    clock.set("2025-06-04 12:00")
    speaker.tick()
    clock.set(MORNING)
    speaker.tick()
    return db


def gives_all(db: Database, plan: Plan, department: str, at: datetime) -> None:
    """Everything that a department owes."""
    for each in _stage(db, at.date()).outlook.standings.values():
        if each.outstanding and each.department and each.department.id == department:
            give(
                db, plan, each.indicator.id, 2024, {s.name: "1" for s in each.indicator.series}, at
            )


def _stage(db: Database, day: date = date(2025, 6, 5)) -> Stage:
    found = read_stage(db, day)
    assert found is not None
    return found


def edits(db: Database) -> list[str]:
    return [m.key for m in outbox.messages(db) if m.edits]


def text_of(db: Database, key: str) -> str:
    found = outbox.message(db, key)
    assert found is not None
    return str(found.payload["text"])


def test_a_reminder_that_is_done_is_changed_once_also_at_night(
    morning: Database, plan: Plan, clock: Clock, speaker: Speaker, slack: FakeSlack
) -> None:
    clock.set("2025-06-05 23:30")
    gives_all(morning, plan, "trade", clock.now)
    for _ in range(3):
        speaker.tick()
        clock.tick(5)
    assert edits(morning) == ["remind:2025-06-05:U0TRADE:done:trade"]
    assert "R6実績: 提出済みです（産業文化課・13件）" in text_of(morning, edits(morning)[0])
    assert "remind:2025-06-05:U0TRADE:done:trade" not in slack.counts


def test_nothing_is_read_while_the_ledger_stands_still(
    morning: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    speaker.tick()
    mark = memory.settled_until(morning)
    clock.tick(86400)
    speaker.tick()
    assert mark == memory.settled_until(morning) == reminded.ledger_mark(morning)
    give(morning, plan, "1-1b", 2024, "12", clock.now)
    assert reminded.ledger_mark(morning) != mark


def test_only_the_newest_message_of_each_audience_is_changed(
    morning: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    clock.set("2025-06-09 09:00")
    speaker.tick()
    gives_all(morning, plan, "welfare", clock.now)
    speaker.tick()
    assert edits(morning) == ["remind:2025-06-09:C0WELFARE:done:welfare"]


def test_a_collection_locked_with_gaps_is_not_called_done(
    morning: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    with writing(morning):
        made = locks.propose(morning, By(PLANNER, clock.now, "test"), plan.id, 2024, "lock")
        _, lock = locks.settle(morning, By("U0PLANNER2", clock.now, "test"), made.id, agreed=True)
        locks.freeze(morning, lock, plan.id, frozen(_stage(morning).outlook))
    speaker.tick()
    said = text_of(morning, "remind:2025-06-05:U0TRADE:done:trade")
    assert "R6実績の照会は締められました（産業文化課）" in said
    assert "未提出のまま締められた指標: 13件" in said


def test_somebody_of_two_departments_reads_of_each_in_one_message(
    db: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    with writing(db):
        departments.join(db, By(PLANNER, clock.now, "test"), "city", "U0TRADE", "member", SINCE)
    clock.set("2025-06-04 12:00")
    speaker.tick()
    clock.set(MORNING)
    speaker.tick()
    said = text_of(db, "remind:2025-06-05:U0TRADE")
    assert ("都市環境課" in said, "産業文化課" in said) == (True, True)
    gives_all(db, plan, "trade", clock.now)
    speaker.tick()
    done = text_of(db, "remind:2025-06-05:U0TRADE:done:trade")
    assert "提出済みです（産業文化課・13件）" in done
    assert "あと15件です（都市環境課" in done
    gives_all(db, plan, "city", clock.now)
    speaker.tick()
    both = text_of(db, "remind:2025-06-05:U0TRADE:done:city")
    assert both.count("提出済みです") == 2


def test_a_lead_is_nudged_for_what_awaits_them_and_planners_are_not(
    db: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    clock.set("2025-05-20 12:00")
    _needs_lead(db, plan, clock)
    speaker.tick()
    for day in (26, 27, 28):
        clock.set(f"2025-05-{day} 09:00")
        speaker.tick()
    nudges = [m for m in outbox.messages(db, like="remind:%") if "課長確認" in m.title]
    assert [m.key for m in nudges] == ["remind:2025-05-26:U0CHILDREN"]
    assert "課長確認を待っている提出が1件あります" in nudges[0].payload["text"]
    assert not [m for m in outbox.messages(db, like="remind:%") if "承認" in m.title]


def test_planners_wait_from_the_day_of_the_leads_word(
    db: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    clock.set("2025-05-20 12:00")
    number = _needs_lead(db, plan, clock)
    clock.set("2025-05-28 12:00")
    with writing(db):
        submissions.confirm(db, By("U0CHILDREN", clock.now, "test"), number)
    speaker.tick()
    for day in ("2025-05-30 09:00", "2025-06-02 09:00", "2025-06-03 09:00"):
        clock.set(day)
        speaker.tick()
    nudges = [m.key for m in outbox.messages(db, like="remind:%") if "承認" in m.title]
    assert nudges == ["remind:2025-06-03:U0PLANNER"]


def test_nobody_is_nudged_about_what_they_may_not_approve(
    db: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    with writing(db):
        departments.make_planner(db, By(PLANNER, clock.now, "test"), "U0CHILDREN")
    clock.set("2025-05-20 12:00")
    give(db, plan, "1-1b", 2024, "12", clock.now)
    speaker.tick()
    clock.set("2025-05-26 09:00")
    speaker.tick()
    nudges = [m.audience for m in outbox.messages(db, like="remind:%") if "承認" in m.title]
    assert nudges == [PLANNER]


def test_a_statistic_is_asked_for_in_its_month_until_it_is_there(
    db: Database, plan: Plan, clock: Clock, speaker: Speaker
) -> None:
    """The month comes with the submission, or from the definition card."""
    clock.set("2025-06-03 12:00")
    with writing(db):
        cards.declare(db, By(PLANNER, clock.now, "test"), plan.id, "5-1b", "publishes_in", "10")
    for indicator, month in (("5-1a", 10), ("5-1b", None), ("5-1c", None)):
        _awaits(db, plan, indicator, month, clock)
    speaker.tick()
    _till(speaker, clock, "2025-10-01 09:00")
    first = text_of(db, "remind:2025-10-01:U0TRADE")
    assert "統計公表待ち: 統計の公表月です（産業文化課）" in first
    assert ("5-1a" in first, "5-1b" in first, "5-1c" in first) == (True, True, False)
    give(db, plan, "5-1a", 2024, "12", clock.now)
    _till(speaker, clock, "2025-10-31 09:00")
    last = text_of(db, "remind:2025-10-31:U0TRADE")
    assert "まだ入っていません" in last
    assert ("5-1a" in last, "5-1b" in last) == (False, True)


def test_a_quiet_period_is_kept_and_what_fell_in_it_is_recorded(
    db: Database, clock: Clock, speaker: Speaker, slack: FakeSlack
) -> None:
    clock.set("2025-06-03 12:00")
    with writing(db):
        period = Quiet("6月議会", date(2025, 6, 4), date(2025, 6, 10))
        quiet.set_quiet(db, By(PLANNER, clock.now, "test"), period)
    speaker.tick()
    _till(speaker, clock, "2025-06-11 09:00")
    days = {m.key.split(":")[1] for m in outbox.messages(db, "skipped", "remind:%")}
    assert days == {"2025-06-05", "2025-06-09"}
    assert {t.reason for t in memory.troubles(db)} == {
        "通知を控える期間（6月議会）のため送りませんでした。"
    }
    assert {key.split(":")[1] for key in slack.counts} == {"2025-06-11"}


def test_a_kind_that_was_paused_is_recorded_and_comes_again_once_resumed(
    db: Database, clock: Clock, speaker: Speaker, slack: FakeSlack
) -> None:
    clock.set("2025-06-03 12:00")
    with writing(db):
        settings.pause(db, By(PLANNER, clock.now, "test"), "reminder")
    speaker.tick()
    _till(speaker, clock, "2025-06-05 10:00")
    with writing(db):
        settings.resume(db, By(PLANNER, clock.now, "test"), "reminder")
    _till(speaker, clock, "2025-06-09 10:00")
    days = {m.key.split(":")[1] for m in outbox.messages(db, "skipped", "remind:%")}
    assert days == {"2025-06-05"}
    assert {k.split(":")[1] for k in slack.counts if k.startswith("remind:")} == {"2025-06-09"}


def _till(speaker: Speaker, clock: Clock, text: str) -> None:
    """Every hour until then."""
    while clock() < moment(text).timestamp():
        clock.at = min(clock() + 3600, moment(text).timestamp())
        speaker.tick()


def _needs_lead(db: Database, plan: Plan, clock: Clock) -> int:
    """A member of こども課 gave a figure that its lead has to confirm."""
    proposal = Proposal(plan.id, "1-1b", 2024, "no_survey")
    with writing(db):
        confirming.want(db, By(PLANNER, clock.now, "test"), "children", True)
        act = By("U0MEMBER", clock.now, "test")
        return submissions.submit(db, act, proposal, "children", needs_lead=True).id


def _awaits(db: Database, plan: Plan, indicator: str, month: int | None, clock: Clock) -> None:
    proposal = Proposal(plan.id, indicator, 2024, "awaiting", month=month)
    with writing(db):
        made = submissions.submit(db, By("U0TRADE", clock.now, "test"), proposal, "trade")
        submissions.approve(db, By(PLANNER, clock.now, "test"), made.id)
