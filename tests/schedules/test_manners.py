"""What was decided after a message was made holds for it too."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlite_utils import Database

from schedules.delivery import Poster
from schedules.manners import next_heard
from store import outbox
from store.acts import By
from store.db import writing
from store.errors import BadInput
from store.fiscal import TOKYO
from store.manners import Manners, choose, kept, manners
from store.outbox import Message
from store.quiet import Quiet, set_quiet
from store.workdays import is_working_day
from tests.schedules.stand_in import Clock, FakeSlack, moment

ASSEMBLY = Quiet("6月議会", date(2026, 6, 4), date(2026, 6, 19))


def put(db: Database, clock: Clock, key: str, audience: str) -> None:
    with writing(db):
        assert outbox.enqueue(db, key, audience, "題", {"text": key, "blocks": []}, clock())


def row(db: Database, key: str) -> Message:
    found = outbox.message(db, key)
    assert found is not None
    return found


@pytest.fixture
def by(clock: Clock) -> By:
    clock.set("2026-06-05 09:00")
    return By("U0PLANNER", moment("2026-06-05 09:00"), "test")


@pytest.mark.parametrize("key", ["remind:2026-06-05:U1", "digest:2026-W23:C1"])
def test_a_quiet_period_stops_what_is_in_the_outbox_already(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, by: By, key: str
) -> None:
    clock.set("2026-06-01 09:00" if key.startswith("digest") else "2026-06-05 09:00")
    put(db, clock, key, key.rpartition(":")[2])
    with writing(db):
        set_quiet(db, by, Quiet("6月議会", date(2026, 6, 1), date(2026, 6, 19)))
    assert poster.drain(db) == []
    assert row(db, key).state == "skipped"
    assert "6月議会" in (row(db, key).error or "")
    assert slack.posted == []


def test_news_waits_for_the_end_of_the_period_and_answers_to_acts_do_not(
    db: Database, clock: Clock, poster: Poster, by: By
) -> None:
    with writing(db):
        set_quiet(db, by, ASSEMBLY)
    put(db, clock, "news:1:U1", "U1")
    put(db, clock, "return:7:U1", "U2")
    assert poster.drain(db) == ["return:7:U1"]
    clock.set("2026-06-19 12:00")
    assert poster.drain(db) == []
    clock.set("2026-06-22 08:00")
    assert poster.drain(db) == ["news:1:U1"]


def wish(db: Database, user: str, wanted: Manners) -> None:
    with writing(db):
        choose(db, By(user, moment("2026-06-01 09:00"), "test"), wanted)


def test_a_reminder_waits_for_its_readers_hour_of_the_same_day(
    db: Database, clock: Clock, poster: Poster, by: By
) -> None:
    wish(db, "U1", Manners(10, 17))
    for user in ("U1", "U2"):
        put(db, clock, f"remind:2026-06-05:{user}", user)
    assert poster.drain(db) == ["remind:2026-06-05:U2"]
    clock.set("2026-06-05 09:59")
    assert poster.drain(db) == []
    clock.set("2026-06-05 10:00")
    assert poster.drain(db) == ["remind:2026-06-05:U1"]


def test_what_finds_no_hour_that_day_is_recorded_and_kept_for_home(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, by: By
) -> None:
    wish(db, "U1", Manners(8, 12))
    wish(db, "U2", Manners(home_only=True))
    clock.set("2026-06-05 13:00")
    for user in ("U1", "U2"):
        put(db, clock, f"remind:2026-06-05:{user}", user)
    assert poster.drain(db) == []
    assert slack.posted == []
    for user in ("U1", "U2"):
        assert (row(db, f"remind:2026-06-05:{user}").error or "").startswith("本人の設定")
        (found,) = kept(db, user, clock.now, 3)
        assert found.text == f"remind:2026-06-05:{user}"
    assert kept(db, "U2", clock.now + timedelta(days=15), 3) == []


def test_news_waits_for_its_readers_next_hour_beyond_weekends_and_quiet_periods(
    db: Database, clock: Clock, poster: Poster, by: By
) -> None:
    """A Friday evening; on Monday the assembly begins, which ends on Tuesday."""
    wish(db, "U1", Manners(10, 17, home_only=True))
    with writing(db):
        set_quiet(db, by, Quiet("議会", date(2026, 6, 8), date(2026, 6, 9)))
    clock.set("2026-06-05 18:00")
    put(db, clock, "news:1:U1", "U1")
    put(db, clock, "return:1:U1", "U3")
    assert poster.drain(db) == ["return:1:U1"]
    assert datetime.fromtimestamp(row(db, "news:1:U1").next_at, TOKYO) == moment("2026-06-10 10:00")
    clock.set("2026-06-10 10:00")
    assert poster.drain(db) == ["news:1:U1"]


@given(st.integers(0, 30 * 24 * 60), st.integers(8, 16), st.integers(10, 22))
def test_the_next_moment_to_be_heard_is_within_the_hours_of_a_working_day(
    minutes: int, first: int, last: int
) -> None:
    assume(first < last)
    since = moment("2026-04-20 00:00") + timedelta(minutes=minutes)
    start = next_heard(since, Manners(first, last))
    assert start >= since
    assert first <= start.hour < last
    assert start == since or is_working_day(start.date())


@pytest.mark.parametrize("wrong", [Manners(12, 12), Manners(7, 12), Manners(9, 23)])
def test_hours_that_are_none_are_refused(db: Database, by: By, wrong: Manners) -> None:
    with pytest.raises(BadInput), writing(db):
        choose(db, by, wrong)
    assert manners(db, by.actor) == Manners()
