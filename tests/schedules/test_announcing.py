"""The stages of the yearly cycle, announced once on their day to those whom they concern."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlite_utils import Database
from syrupy.assertion import SnapshotAssertion

from sandbox.blocks import mistakes_in_blocks
from schedules.announcing.occasions import apart, said
from schedules.due import Debt, Lapsed, Occasion, Scene, StageDay, Topic
from schedules.manners import HOME_ONLY
from schedules.occasions import occasions
from schedules.scene import read_stage
from schedules.scheduler import Speaker
from schedules.sections import make
from schedules.timely import may_go
from schedules.upcoming import ahead
from store import cycle, locks, outbox, quiet, settings, stages
from store.acts import By
from store.db import Connections, writing
from store.freezing import frozen
from store.outbox import Message
from store.plan import Plan
from store.quiet import Quiet
from store.standing import outlook
from tests.schedules.city import PLANNER, approved, found_city, give
from tests.schedules.stand_in import Clock, FakeSlack, moment

DUE = StageDay(2025, "due", date(2026, 6, 12), (("U9", Topic("stage", "due", "提出期限")),))
SCENE = Scene("p", 2025, date(2026, 5, 11), planners=("U9",), stages=(DUE,))
LATE = Debt("children", "こども課", ("U1",), frozenset({date(2026, 6, 5)}))
BY = By(PLANNER, moment("2025-05-01 09:00"), "test")


def heard(scene: Scene, first: str, last: str, hours: int = 1) -> list[Occasion]:
    """What is said in a time, looked at every so often."""
    found: list[Occasion] = []
    since, end = moment(first), moment(last)
    while since < end:
        now = min(since + timedelta(hours=hours), end)
        there = occasions(scene, since, now)
        found += there
        scene, since = said(scene, [each for each in there if not each.lapsed]), now
    return found


def told(found: list[Occasion]) -> list[tuple[str, str, bool]]:
    return [(f"{each.due:%m-%d}", each.key, each.lapsed) for each in found if "stage" in each.kind]


def test_a_stage_is_told_once_on_its_day_at_nine() -> None:
    found = heard(SCENE, "2026-06-11 00:00", "2026-06-25 00:00")
    assert told(found) == [("06-12", "stage:p:2025:due:2026-06-12:U9", False)]


def test_a_day_off_moves_to_the_next_working_day() -> None:
    sunday = replace(SCENE, stages=(replace(DUE, day=date(2026, 6, 14)),))
    found = heard(sunday, "2026-06-11 00:00", "2026-06-25 00:00")
    assert [day for day, *_ in told(found)] == ["06-15"]


def test_with_a_reminder_of_the_same_day_it_is_one_message() -> None:
    """Stages first; stopped by its kind it goes apart."""
    both = replace(SCENE, debts=(LATE,))
    (message,) = [o for o in heard(both, "2026-06-12 00:00", "2026-06-13 00:00") if "U9" in o.key]
    assert message.key == "remind:2026-06-12:U9"
    assert [topic.matter for topic in message.topics] == ["stage", "overdue"]
    assert message.title == "年間サイクルのお知らせ（提出期限）／提出の遅れのお知らせ"
    first, second = apart(message)
    assert (first.kind, first.key) == ("stage", "stage:p:2025:due:2026-06-12:U9")
    assert (second.kind, second.key, second.title) == (
        "nudge",
        message.key,
        "提出の遅れのお知らせ",
    )


@pytest.mark.parametrize(
    ("back", "when"),
    [("2026-06-12 15:00", "06-12"), ("2026-06-13 10:00", "06-15"), ("2026-06-16 08:00", "06-16")],
)
def test_what_an_outage_kept_back_is_made_up_for_on_the_next_mornings(back: str, when: str) -> None:
    """With that day's reminders, and never before nine."""
    late = replace(SCENE, debts=(replace(LATE, dues=frozenset({date(2026, 6, 8)})),))
    found = occasions(late, moment("2026-06-11 10:00"), moment(back))
    scene = said(late, [each for each in found if not each.lapsed])
    found += heard(scene, back, "2026-06-20 00:00")
    mine = [each for each in found if any(t.matter == "stage" for t in each.topics)]
    assert [f"{each.due:%m-%d}" for each in mine if not each.lapsed] == [when]
    days = [each.due.date() for each in found if each.audience == "U9" and not each.lapsed]
    assert len(days) == len(set(days))


def test_after_two_more_mornings_it_is_too_late_and_recorded() -> None:
    found = occasions(SCENE, moment("2026-06-11 10:00"), moment("2026-06-17 09:00"))
    assert told(found) == [("06-17", "stage:p:2025:due:2026-06-12:U9", True)]
    assert found[0].why.startswith("2026-06-12 09:00に送る予定でしたが")


def test_in_a_quiet_period_it_waits_for_its_end() -> None:
    held = replace(SCENE, quiet=(Quiet("議会", date(2026, 6, 8), date(2026, 6, 22)),))
    found = heard(held, "2026-06-11 00:00", "2026-07-10 00:00")
    assert told(found) == [("06-23", "stage:p:2025:due:2026-06-23:U9", False)]


def test_a_message_that_slack_did_not_take_lapses_with_its_day() -> None:
    key = "stage:p:2025:due:2026-06-12:U9"
    with pytest.raises(Lapsed):
        may_go(key, moment("2026-06-15 09:00").timestamp())
    assert may_go("stage-closed:p:2025:due:C1", moment("2026-06-12 23:00").timestamp()) == (
        moment("2026-06-15 08:00").timestamp()
    )


@examples(deadline=None, max_examples=60)
@given(
    st.lists(st.dates(date(2026, 5, 1), date(2026, 7, 1)), min_size=1, max_size=4, unique=True),
    st.lists(st.integers(1, 100), min_size=1, max_size=20),
)
def test_whatever_the_outages_each_stage_is_told_once_or_recorded_once(
    days: list[date], waits: list[int]
) -> None:
    told_to = ((("U9", Topic("stage", "due", "期限")),),)
    due = tuple(StageDay(n, "due", day, *told_to) for n, day in enumerate(days))
    scene = Scene("p", 2025, date(2026, 5, 1), stages=due)
    now, seen = moment("2026-04-30 12:00"), list[Occasion]()
    times = [timedelta(hours=each) for each in waits] + [timedelta(hours=1)] * 24 * 90
    for wait in times:
        there = occasions(scene, now, now + wait)
        now += wait
        seen += there
        scene = said(scene, [each for each in there if not each.lapsed])
    topics = [t for each in seen if not each.lapsed for t in each.topics]
    lapsed = [each.key for each in seen if each.lapsed]
    assert len(scene.announced) + len(lapsed) == len(days)
    assert len(set(lapsed)) == len(lapsed)
    assert len(topics) <= len(days)


def test_ahead_each_stage_stands_once() -> None:
    later = replace(DUE, stage="panel", day=date(2026, 7, 1))
    found = ahead(replace(SCENE, stages=(DUE, later)), moment("2026-06-03 10:00"))
    assert [f"{each.due:%m-%d}" for each in found] == ["06-12", "07-01"]


@pytest.fixture
def connections(tmp_path: Path) -> Connections:
    return Connections(tmp_path / "kpibot.db")


@pytest.fixture
def db(connections: Connections, plan: Plan) -> Database:
    found_city(connections(), plan, ())
    return connections()


@pytest.fixture
def speaker(connections: Connections, slack: FakeSlack, clock: Clock) -> Speaker:
    return Speaker(connections, slack, lambda: clock.now)


def ticks(speaker: Speaker, clock: Clock, *times: str) -> None:
    for each in times:
        clock.set(each)
        speaker.tick()


def sent(db: Database, like: str = "%") -> list[Message]:
    return [m for m in outbox.messages(db, "sent", like) if m.edits is None]


def shown(db: Database, plan: Plan, day: date, stage: str, who: str = PLANNER) -> Message:
    """What is said of a stage on a day, put as a message; Slack would take it."""
    seen = read_stage(db, day)
    assert seen is not None
    topics = {t for each in seen.scene.stages for to, t in each.told if to == who}
    asked = tuple(t for t in topics if stage in {t.matter, t.department})
    made = make(db, seen, Occasion("k", "stage", who, "", moment(f"{day} 09:00"), False, asked))
    assert made is not None
    blocks = list(made.content.message["blocks"])
    assert not mistakes_in_blocks(blocks, "message", lambda _: True)
    return replace(_EMPTY, payload=made.content.message)


_EMPTY = Message(
    "k", "", "", {}, None, "due", False, 0, 0, None, None, 0, None, None, None, None, None
)


def test_the_opening_is_told_to_each_department_and_to_planners(
    db: Database, speaker: Speaker, clock: Clock, snapshot: SnapshotAssertion
) -> None:
    ticks(speaker, clock, "2025-05-09 12:00", "2025-05-12 08:59", "2025-05-12 09:00")
    found = {m.audience: m.payload["text"] for m in sent(db)}
    assert set(found) == {PLANNER, "U0CHILDREN", "C0WELFARE", "U0CIVIC", "U0CITY", "U0TRADE"}
    assert found["U0CHILDREN"] == snapshot(name="department")
    assert found[PLANNER] == snapshot(name="planner")
    ticks(speaker, clock, "2025-05-12 12:00", "2025-05-13 09:00", "2025-05-14 09:00")
    assert len(sent(db, "stage:%")) == len(found)


def test_an_opening_says_that_all_is_given_once_it_is(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    ticks(speaker, clock, "2025-05-09 12:00", "2025-05-12 09:00")
    for indicator in plan.indicators:
        if indicator.policy and indicator.policy.startswith("5-"):
            values = {series.name: "1" for series in indicator.series}
            give(db, plan, indicator.id, 2024, values, moment("2025-05-12 11:00"))
    ticks(speaker, clock, "2025-05-12 11:30")
    (edit,) = [m for m in outbox.messages(db, like="stage:%") if m.edits]
    assert edit.audience == "U0TRADE"
    assert "提出済みです" in edit.payload["text"]


@pytest.mark.parametrize("stage", ["due", "approvals_closed", "executive_meeting", "publication"])
def test_planners_hear_what_is_ready_and_what_is_missing(
    db: Database, plan: Plan, stage: str, snapshot: SnapshotAssertion
) -> None:
    approved(db, plan, "1-1b", 2024, "12", moment("2025-06-02 10:00"))
    give(db, plan, "1-1c", 2024, "7.2", moment("2025-06-03 10:00"))
    day = cycle.default(stage, 2024)
    assert shown(db, plan, day, stage).payload["text"] == snapshot


def test_a_date_that_was_set_loses_its_mark(db: Database, plan: Plan) -> None:
    with writing(db):
        settings.put(db, BY, cycle.key(plan.id, 2024, "panel"), "2025-09-01")
    said_then = shown(db, plan, date(2025, 9, 1), "panel").payload["text"]
    assert "（本日）" in said_then
    assert "既定値" not in said_then


def test_what_was_closed_before_its_day_is_not_announced(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    """And a stage is told once though its date is moved."""
    seen = outlook(db, plan, date(2025, 6, 10), 2024)
    with writing(db):
        why = By(PLANNER, moment("2025-06-10 10:00"), "test", "議会のため")
        stages.close(db, why, seen, "due", overrule=True)
    ticks(speaker, clock, "2025-06-11 12:00", "2025-06-12 09:00", "2025-06-26 09:00")
    assert not sent(db, "%:due:%")
    with writing(db):
        settings.put(db, BY, cycle.key(plan.id, 2024, "approvals_closed"), "2025-06-30")
    ticks(speaker, clock, "2025-06-30 09:00", "2025-07-01 09:00")
    parts = [m.payload["text"].count("承認締切（") for m in sent(db) if m.audience == PLANNER]
    assert sum(parts) == 1


def test_a_kind_that_is_stopped_leaves_the_reminder_of_the_day(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    """Recorded once as not sent."""
    give(db, plan, "1-1c", 2024, "7.2", moment("2025-06-06 10:00"))
    with writing(db):
        settings.pause(db, BY, "stage")
    ticks(speaker, clock, "2025-06-11 12:00", "2025-06-12 09:00", "2025-06-13 09:00")
    stopped = outbox.messages(db, "skipped", "stage:%")
    assert [m.key for m in stopped] == [f"stage:{plan.id}:2024:due:2025-06-12:{PLANNER}"]
    (left,) = [m.payload["text"] for m in sent(db) if m.audience == PLANNER]
    assert left.startswith("承認を待っている提出が1件あります")
    assert "提出期限" not in left


def test_an_outage_of_slack_for_a_day_delays_it_to_the_next(
    db: Database, speaker: Speaker, clock: Clock, slack: FakeSlack
) -> None:
    """The message of the day lapsed in the outbox; the next morning's says it."""
    ticks(speaker, clock, "2025-06-11 12:00", "2025-06-12 09:00")
    with writing(db):
        db.execute("UPDATE outbox SET state = 'skipped' WHERE audience = ?", [PLANNER])
    ticks(speaker, clock, "2025-06-13 09:00")
    (message,) = [m for m in sent(db) if m.audience == PLANNER]
    assert "6/12（木）でした" in message.payload["text"]


def test_what_stands_on_home_only_is_not_told_again(
    db: Database, speaker: Speaker, clock: Clock
) -> None:
    ticks(speaker, clock, "2025-06-11 12:00", "2025-06-12 09:00")
    with writing(db):
        db.execute(
            "UPDATE outbox SET state = 'skipped', error = ? WHERE audience = ?",
            [HOME_ONLY, PLANNER],
        )
    ticks(speaker, clock, "2025-06-13 09:00")
    assert [m for m in sent(db) if m.audience == PLANNER] == []


def test_the_opening_of_the_next_collection_is_seen_ahead(db: Database, plan: Plan) -> None:
    """With those who will be asked."""
    seen = read_stage(db, date(2025, 4, 20))
    assert seen is not None
    found = [o for o in ahead(seen.scene, moment("2025-04-20 10:00")) if o.kind == "stage"]
    assert {f"{each.due:%m-%d}" for each in found} == {"05-12"}
    assert "U0CHILDREN" in {each.audience for each in found}


def test_a_locked_collection_is_ready_for_its_meetings(db: Database, plan: Plan) -> None:
    with writing(db):
        proposal = locks.propose(db, BY, plan.id, 2024, "lock")
        _, row = locks.settle(db, By("U0PLANNER2", BY.at, "test"), proposal.id, True)
        locks.freeze(db, row, plan.id, frozen(outlook(db, plan, date(2025, 7, 1), 2024)))
    text = shown(db, plan, date(2025, 8, 4), "executive_meeting").payload["text"]
    assert "締め 済み" in text
    assert "不足はありません" in text


def test_quiet_periods_hold_openings_back_in_the_database_too(
    db: Database, speaker: Speaker, clock: Clock
) -> None:
    with writing(db):
        quiet.set_quiet(db, BY, Quiet("予算査定", date(2025, 5, 12), date(2025, 5, 12)))
    ticks(speaker, clock, "2025-05-09 12:00", "2025-05-12 09:00")
    assert sent(db) == []
    ticks(speaker, clock, "2025-05-13 09:00")
    (message,) = [m for m in sent(db) if m.audience == "U0CHILDREN"]
    assert message.key.startswith("remind:")
    assert "照会を始めました" in message.payload["text"]
    assert message.payload["text"].count("1-1b") == 1
