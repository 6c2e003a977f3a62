"""Planners hear of what did not go out: once, merged, once a day at most."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from schedules import memory
from schedules.due import PAUSED
from schedules.reporting import recent, report_altered, report_troubles
from store import outbox
from store.db import writing
from store.plan import Plan
from tests.schedules.city import PLANNER, found_city
from tests.schedules.stand_in import moment

NOW = moment("2025-06-05 09:00")


@pytest.fixture
def city(db: Database, plan: Plan) -> Database:
    found_city(db, plan)
    return db


def ends(db: Database, key: str, state: str, why: str) -> None:
    with writing(db):
        outbox.enqueue(db, key, "C1", f"題 {key}", {"text": key}, NOW.timestamp())
        outbox.settle(db, key, state, why)


def told(db: Database) -> list[str]:
    return [str(each.payload["text"]) for each in outbox.messages(db, like="trouble:%")]


def test_all_that_did_not_go_out_is_told_in_one_message_and_only_once(city: Database) -> None:
    ends(city, "a", "dead", "channel_not_found")
    ends(city, "b", "unknown", "look-up: missing_scope")
    ends(city, "c", "skipped", "2025-06-02 09:00に送る予定でしたが、…")
    assert report_troubles(city, NOW) == [f"trouble:2025-06-05:{PLANNER}"]
    (said,) = told(city)
    for words in ("channel_not_found", "missing_scope", "自動では送り直しません", "題 c"):
        assert words in said
    assert report_troubles(city, moment("2025-06-06 09:00")) == []
    assert [each.key for each in recent(city, moment("2025-06-06 09:00"))] == ["a", "b", "c"]


def test_what_follows_on_the_same_day_waits_for_the_next(city: Database) -> None:
    ends(city, "a", "dead", "is_archived")
    report_troubles(city, NOW)
    ends(city, "b", "dead", "is_archived")
    assert report_troubles(city, moment("2025-06-05 15:00")) == []
    assert report_troubles(city, moment("2025-06-06 07:59")) == []
    assert report_troubles(city, moment("2025-06-06 08:00")) == [f"trouble:2025-06-06:{PLANNER}"]
    assert "題 a" not in told(city)[-1]


@pytest.mark.parametrize("why", [PAUSED, "通知を控える期間（6月議会）のため…", "本人の設定により…"])
def test_what_people_wanted_so_is_no_trouble(city: Database, why: str) -> None:
    ends(city, "a", "skipped", why)
    assert report_troubles(city, NOW) == []


def test_a_report_that_cannot_be_delivered_makes_no_other(city: Database) -> None:
    ends(city, "trouble:2025-06-04:U1", "dead", "user_disabled")
    assert report_troubles(city, NOW) == []


def test_an_altered_history_is_told_once_for_each_that_is_found(city: Database) -> None:
    """In the bot's hours; not what the operator put back knowing of it."""
    assert report_altered(city, NOW) == []
    with writing(city):
        memory.remember_altered(city, "aaa")
    assert report_altered(city, moment("2025-06-05 03:00")) == []
    assert report_altered(city, NOW) == [f"trouble:aaa:{PLANNER}"]
    assert report_altered(city, moment("2025-06-06 09:00")) == []
    assert "履歴が書き換えられています" in told(city)[-1]
    with writing(city):
        memory.accept_altered(city, "aaa")
        memory.remember_altered(city, "aaa")
    assert memory.altered(city) is None
    with writing(city):
        memory.remember_altered(city, "bbb")
    assert report_altered(city, NOW) == [f"trouble:bbb:{PLANNER}"]
