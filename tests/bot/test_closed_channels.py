"""A channel in which nothing may be posted any more: what it heard ends, and planners are told once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store import news_channels
from store.db import writing
from store.news_channels import NewsChannel
from store.subscriptions import Subscription, subscribe, subscriptions
from tests.bot.giving import by
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.sandbox.hands import soon

TITLE = "チャンネルへの配信の終了"


@pytest.fixture
def hearing(office: Office) -> Iterator[Office]:
    """#職員 gets a weekly and a monthly digest, and the news."""
    with writing(office.bot.desk.db) as db:
        act = by(office, "U0PLANNER")
        subscribe(db, act, Subscription("C0STAFF"))
        subscribe(db, act, Subscription("C0STAFF", rhythm="monthly", day=1))
        news_channels.put(db, act, NewsChannel("C0STAFF"))
    yield office
    office.hands.do("channel", channel="C0STAFF", is_ext_shared=False)


def heard_by(office: Office) -> set[str]:
    return {each.channel for each in subscriptions(office.bot.desk.db)}


def test_planners_hear_once_of_what_ended_with_a_channel_that_was_shared(
    hearing: Office, planner: Person, planner2: Person
) -> None:
    hearing.hands.do("channel", channel="C0STAFF", is_ext_shared=True)
    assert soon(lambda: planner.inbox(TITLE))
    hearing.bot.tidy()
    hearing.settles()
    for each in (planner, planner2):
        (told,) = each.inbox(TITLE)
        assert "<#C0STAFF> が組織の外と共有されたため、次をやめました。" in told["text"]
        assert "・週次（週報） 1件\n・月次（月報） 1件\n・値・判定と段階のお知らせ" in told["text"]
        assert labels_of(told) == ["週報の配信を開く", "お知らせを開く"]
    assert heard_by(hearing) == {"C0DIGEST"}
    assert hearing.refused_by_slack() == []


def test_what_was_shared_while_nobody_listened_is_found_at_night_and_told_in_the_morning(
    hearing: Office, planner: Person
) -> None:
    hearing.at("2025-06-03T23:00:00+09:00")
    hearing.sandbox._world.people.change_channel("C0STAFF", {"is_ext_shared": True})
    hearing.bot.tidy()
    assert heard_by(hearing) == {"C0DIGEST"}
    hearing.settles()
    assert not any(TITLE in m["text"] for m in hearing.at("2025-06-04T03:00:00+09:00"))
    hearing.at("2025-06-04T08:00:30+09:00")
    assert len(planner.inbox(TITLE)) == 1
