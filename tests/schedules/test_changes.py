"""Changed values: gathered for an hour, told once in one message to each who is to hear of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]
from syrupy.assertion import SnapshotAssertion

from sandbox.blocks import mistakes_in_blocks
from schedules.changes.telling import notice
from schedules.news import newest_decision
from schedules.scheduler import Speaker
from schedules.timely import may_go
from store import directory, follows, locks, news_channels, outbox, quiet, settings, submissions
from store.acts import By
from store.db import Connections, writing
from store.follows import Subject
from store.freezing import frozen
from store.news_channels import NewsChannel
from store.outbox import Message
from store.plan import Plan
from store.quiet import Quiet
from store.standing import outlook
from store.submissions import Proposal
from tests.schedules.city import PLANNER, approved, found_city
from tests.schedules.stand_in import Clock, FakeSlack, moment

TEN = "2025-06-03 10:00"
BY = By(PLANNER, moment("2025-06-02 09:00"), "test")
READER = "U0READER"


@pytest.fixture
def connections(tmp_path: Path) -> Connections:
    return Connections(tmp_path / "kpibot.db")


@pytest.fixture
def db(connections: Connections, plan: Plan, speaker: Speaker, clock: Clock) -> Database:
    """待機児童数 of R5 is 30人 (未達成); it is ten in the morning of 3 June 2025."""
    db = connections()
    found_city(db, plan, ())
    approved(db, plan, "1-1b", 2023, "30", moment("2024-05-20 10:00"))
    directory_knows(db, READER, PLANNER)
    clock.set(TEN)
    speaker.tick()
    return db


@pytest.fixture
def speaker(connections: Connections, slack: FakeSlack, clock: Clock) -> Speaker:
    return Speaker(connections, slack, lambda: clock.now)


def directory_knows(db: Database, *users: str) -> None:
    people = [{"id": u, "name": u, "team_id": "T1", "profile": {"display_name": u}} for u in users]
    with writing(db):
        directory.remember(db, people, "T1", moment(TEN))


def follow(db: Database, plan: Plan, *subjects: Subject, who: str = READER) -> None:
    with writing(db):
        for subject in subjects:
            follows.follow(db, BY, plan.id, subject, follower=who)


def told(db: Database, channel: str, goal: str | None = None, plan: Plan | None = None) -> None:
    """Put a channel on the list."""
    scope = (plan.id, goal) if plan and goal else None
    with writing(db):
        news_channels.put(db, BY, NewsChannel(channel, scope))


def approve(
    db: Database, plan: Plan, indicator: str, value: str, at: str, year: int = 2024
) -> None:
    """A value is approved at a time, as the bot's own acts do it."""
    before = newest_decision(db)
    given = approved(db, plan, indicator, year, value, moment(at))
    assert given.decision
    with writing(db):
        notice(db, before, datetime.fromisoformat(given.decision.at))


def correct(db: Database, plan: Plan, value: str, why: str) -> None:
    """A planner puts R5's 1-1b right after the lock, another approves it at ten."""
    proposal = Proposal(plan.id, "1-1b", 2023, values={None: Decimal(value)}, period="FY2023")
    before, at = newest_decision(db), moment(TEN)
    with writing(db):
        (held,) = submissions.history(db, plan.id, "1-1b")
        by = By(PLANNER, at, "test", why)
        made = submissions.submit(db, by, proposal, "children", corrects=held.id, proxy=True)
        submissions.approve(db, By("U0PLANNER2", at, "test"), made.id)
        notice(db, before, at)


def ticks(speaker: Speaker, clock: Clock, *times: str) -> None:
    for each in times:
        clock.set(each)
        speaker.tick()


def news_of(db: Database) -> list[Message]:
    return outbox.messages(db, like="news:%")


def one(db: Database) -> str:
    (message,) = news_of(db)
    assert message.state == "sent"
    return str(message.payload["text"])


# `approved` submits at a time and approves an hour later.
NINE, HALF_PAST = "2025-06-03 09:10", "2025-06-03 09:40"


def test_what_changes_within_an_hour_is_one_message_verdicts_first(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock, snapshot: SnapshotAssertion
) -> None:
    follow(db, plan, ("policy", "1-1"))
    approved(db, plan, "1-1c", 2023, "7.0", moment("2024-05-20 10:00"))
    approve(db, plan, "1-1c", "7.2", NINE)
    approve(db, plan, "1-1b", "12", HALF_PAST)
    ticks(speaker, clock, "2025-06-03 11:09")
    assert news_of(db) == []
    ticks(speaker, clock, "2025-06-03 11:11", "2025-06-03 11:50", "2025-06-03 12:50")
    assert one(db) == snapshot
    (message,) = news_of(db)
    assert not mistakes_in_blocks(message.payload["blocks"], "message", lambda _: True)


def test_a_channel_hears_of_verdicts_only_and_of_its_goal_only(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    told(db, "C1")
    told(db, "C2", "3", plan)
    told(db, "C3", plan.roles["4-1a"][0][0], plan)
    approve(db, plan, "1-1b", "12", NINE)
    approve(db, plan, "4-1a", "0", NINE)
    approve(db, plan, "1-1c", "7.2", NINE)
    approve(db, plan, "1-1c", "7.3", NINE)
    ticks(speaker, clock, "2025-06-03 11:30")
    said = {m.audience: m.payload["text"] for m in news_of(db)}
    assert set(said) == {"C1", "C2", "C3"}
    assert "指標の判定が変わりました（3件）" in said["C1"]
    assert "■ 未達成 → ▲ 向上" in said["C2"]
    assert "4-1a" not in said["C2"]
    assert "はじめての判定 ● 達成" in said["C3"]
    assert "1-1b" not in said["C3"]


def test_a_value_whose_verdict_stays_is_no_news_for_a_channel(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    told(db, "C1")
    follow(db, plan, ("indicator", "1-1b"))
    approve(db, plan, "1-1b", "31", NINE)
    ticks(speaker, clock, "2025-06-03 11:30")
    assert "■ 未達成のまま" in one(db)


def test_a_channel_that_follows_and_is_on_the_list_hears_once(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    told(db, "C1")
    follow(db, plan, ("indicator", "1-1b"), who="C1")
    approve(db, plan, "1-1b", "0", NINE)
    ticks(speaker, clock, "2025-06-03 11:30")
    assert "■ 未達成 → ● 達成" in one(db)
    assert "フォロー: 1-1b" in one(db)


def test_what_was_put_right_and_back_within_the_hour_is_not_told(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    told(db, "C1")
    follow(db, plan, ("indicator", "1-1b"))
    approve(db, plan, "1-1b", "31", NINE, 2023)
    approve(db, plan, "1-1b", "30", HALF_PAST, 2023)
    ticks(speaker, clock, "2025-06-03 11:30")
    assert news_of(db) == []
    approve(db, plan, "1-1b", "31", "2025-06-03 11:00", 2023)
    ticks(speaker, clock, "2025-06-03 13:30")
    assert "30人 → 31人（訂正）" in one(db)


def test_the_message_is_made_of_what_stands_at_the_end(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    follow(db, plan, ("indicator", "1-1b"))
    approve(db, plan, "1-1b", "12", NINE)
    approve(db, plan, "1-1b", "0", HALF_PAST)
    ticks(speaker, clock, "2025-06-03 11:30")
    assert "30人（R5） → 0人" in one(db)
    assert "■ 未達成 → ● 達成" in one(db)
    assert "12人" not in one(db)


def test_a_correction_of_a_locked_year_is_told_as_such(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    follow(db, plan, ("indicator", "1-1b"))
    other = By("U0PLANNER2", BY.at, "test")
    with writing(db):
        proposal = locks.propose(db, BY, plan.id, 2023, "lock")
        _, row = locks.settle(db, other, proposal.id, True)
        locks.freeze(db, row, plan.id, frozen(outlook(db, plan, date(2025, 6, 2), 2023)))
    correct(db, plan, "0", "桁の誤りのため")
    ticks(speaker, clock, "2025-06-03 11:30")
    assert "訂正の理由: 桁の誤りのため" in one(db)
    assert "■ 未達成 → 訂正後 ● 達成" in one(db)
    assert "締め時の判定 未達成（6/2確定）" in one(db)


@pytest.mark.parametrize(
    ("opened", "ends"),
    [
        ("2025-06-03 20:30", "2025-06-04 08:00"),
        ("2025-06-06 20:50", "2025-06-09 08:00"),
        ("2025-06-10 08:00", "2025-06-16 08:00"),
    ],
)
def test_at_night_at_the_weekend_and_in_a_quiet_period_it_waits(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock, opened: str, ends: str
) -> None:
    with writing(db):
        quiet.set_quiet(db, BY, Quiet("議会", date(2025, 6, 10), date(2025, 6, 15)))
    follow(db, plan, ("indicator", "1-1b"))
    approve(db, plan, "1-1b", "12", opened)
    day = ends[:10]
    ticks(speaker, clock, f"{opened[:10]} 23:30", f"{day} 07:59")
    assert news_of(db) == []
    ticks(speaker, clock, f"{day} 08:00", f"{day} 09:00")
    assert "12人" in one(db)


def test_a_restart_and_a_clock_that_leaps_tell_it_once(
    db: Database, plan: Plan, connections: Connections, slack: FakeSlack, clock: Clock
) -> None:
    """The hour is in the database, and a clock set back lets it count from there."""
    follow(db, plan, ("indicator", "1-1b"))
    approve(db, plan, "1-1b", "12", NINE)
    for each in ("2025-06-02 10:00", "2025-06-02 10:59", "2025-06-02 11:01", "2025-06-04 12:00"):
        anew = Speaker(connections, slack, lambda: clock.now)
        ticks(anew, clock, each)
        assert len(news_of(db)) == int(each >= "2025-06-02 11:01")
    assert len([p for p in slack.posted if p.key.startswith("news:")]) == 1


def test_a_kind_that_is_stopped_is_recorded_as_not_told(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    follow(db, plan, ("indicator", "1-1b"))
    with writing(db):
        settings.pause(db, BY, "news")
    approve(db, plan, "1-1b", "12", NINE)
    ticks(speaker, clock, "2025-06-03 11:30")
    (message,) = news_of(db)
    assert message.state == "skipped"
    assert "止めている" in (message.error or "")


def test_sixty_eight_at_once_fit_one_message(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    told(db, "C1")
    follow(db, plan, ("department", "children"), ("goal", "3"), who="C1")
    for indicator in plan.indicators:
        values = {series.name: "1" for series in indicator.series}
        approved(db, plan, indicator.id, 2024, values, moment(NINE))
    with writing(db):
        notice(db, 1, moment("2025-06-03 10:10"))
    ticks(speaker, clock, "2025-06-03 11:30")
    (message,) = news_of(db)
    assert not mistakes_in_blocks(message.payload["blocks"], "message", lambda _: True)
    assert len(message.payload["text"]) <= 4000
    assert "ほか" in str(message.payload["blocks"])


def test_what_was_delayed_keeps_its_hours_and_is_never_too_late() -> None:
    night = moment("2025-06-03 23:00").timestamp()
    assert may_go("news:7:U1", night) == moment("2025-06-04 08:00").timestamp()
    later = moment("2025-09-03 10:00").timestamp()
    assert may_go("news:7:U1", later) == later


def test_an_hour_that_was_told_of_cannot_be_changed(
    db: Database, plan: Plan, speaker: Speaker, clock: Clock
) -> None:
    approve(db, plan, "1-1b", "12", NINE)
    ticks(speaker, clock, "2025-06-03 11:30")
    for sql in ("UPDATE news_hours SET since = 0", "DELETE FROM news_hours"):
        with pytest.raises(sqlite3.IntegrityError), writing(db):
            db.execute(sql)
