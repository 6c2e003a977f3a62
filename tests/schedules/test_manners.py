"""What was decided after a message was made holds for it too."""

from __future__ import annotations

from datetime import date

import pytest
from sqlite_utils import Database

from schedules.delivery import Poster
from store import outbox
from store.acts import By
from store.db import writing
from store.outbox import Message
from store.quiet import Quiet, set_quiet
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
