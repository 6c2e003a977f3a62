"""One message, one fault: what the poster does about it."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from schedules.delivery import Poster
from schedules.slack import Refused, TooMany, Unsure
from store import outbox
from store.db import writing
from store.outbox import Message
from tests.schedules.stand_in import Clock, Crash, FakeSlack, moment


def put(
    db: Database, clock: Clock, key: str, audience: str = "C1", edits: str | None = None
) -> None:
    with writing(db):
        payload = {"text": key, "blocks": []}
        assert outbox.enqueue(db, key, audience, "題", payload, clock(), edits=edits)


def row(db: Database, key: str) -> Message:
    found = outbox.message(db, key)
    assert found is not None
    return found


def test_a_message_is_posted_once_and_its_place_is_kept(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    put(db, clock, "a")
    assert poster.drain(db) == ["a"]
    clock.tick(3600)
    assert poster.drain(db) == []
    sent = row(db, "a")
    assert (sent.state, sent.channel, sent.ts, sent.via) == (
        "sent",
        "C1",
        slack.posted[0].ts,
        "post",
    )
    assert slack.counts == {"a": 1}


def test_a_message_to_a_person_goes_to_their_direct_messages(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    put(db, clock, "a", "U7")
    poster.drain(db)
    assert slack.posted[0].channel == "D7"
    assert slack.calls == ["open", "post"]


def test_one_channel_gets_a_message_a_second_and_others_do_not_wait_for_it(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    for key, channel in (("a", "C1"), ("b", "C1"), ("c", "C2")):
        put(db, clock, key, channel)
    assert poster.drain(db) == ["a", "c"]
    assert outbox.next_due(db, clock()) == clock() + 1
    clock.tick(0.9)
    assert poster.drain(db) == []
    clock.tick(0.2)
    assert poster.drain(db) == ["b"]


def test_a_clock_set_back_does_not_hold_a_channel_up(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    put(db, clock, "a")
    poster.drain(db)
    clock.tick(-7200)
    put(db, clock, "b")
    assert poster.drain(db) == ["b"]


def test_too_many_requests_rest_for_as_long_as_slack_says_and_are_not_looked_for(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", TooMany(37))
    put(db, clock, "a")
    assert poster.drain(db) == []
    assert (row(db, "a").next_at, row(db, "a").verify) == (clock() + 37, False)
    clock.tick(36.9)
    assert poster.drain(db) == []
    clock.tick(0.2)
    assert poster.drain(db) == ["a"]
    assert "find" not in slack.calls


@pytest.mark.parametrize("effect", ["before", "after"])
def test_without_an_answer_the_message_is_looked_for_after_the_wait_and_stands_once(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, effect: str
) -> None:
    slack.fail("post", Unsure("timeout"), effect)
    put(db, clock, "a")
    assert poster.drain(db) == []
    clock.tick(119)
    assert poster.drain(db) == []
    assert "find" not in slack.calls
    clock.tick(2)
    assert poster.drain(db) == ["a"]
    assert slack.counts == {"a": 1}
    assert row(db, "a").via == {"before": "post", "after": "lookup"}[effect]


def test_a_message_that_may_be_out_stays_so_when_slack_then_says_too_many(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Unsure("timeout"), "after")
    slack.late = 500
    put(db, clock, "a")
    poster.drain(db)
    slack.fail("post", TooMany(600))
    clock.tick(121)
    poster.drain(db)
    assert row(db, "a").verify
    clock.tick(601)
    assert poster.drain(db) == ["a"]
    assert slack.counts == {"a": 1}


@pytest.mark.parametrize("name", ["channel_not_found", "is_archived", "invalid_blocks"])
def test_a_refusal_ends_the_message_and_the_operator_can_have_it_tried_again(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, name: str
) -> None:
    slack.fail("post", Refused(name))
    put(db, clock, "a")
    poster.drain(db)
    clock.tick(86400)
    assert poster.drain(db) == []
    assert (row(db, "a").state, row(db, "a").error) == ("dead", name)
    with writing(db):
        assert outbox.resume(db, "a", clock())
    assert poster.drain(db) == ["a"]
    assert slack.calls == ["post", "post"]


@pytest.mark.parametrize("name", ["missing_scope", "not_in_channel", "channel_not_found"])
def test_what_cannot_be_looked_for_is_never_sent_again_by_itself(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, name: str
) -> None:
    slack.fail("post", Unsure("timeout"), "after")
    slack.fail("find", Refused(name), times=100)
    put(db, clock, "a")
    poster.drain(db)
    for _ in range(50):
        clock.tick(3600)
        poster.drain(db)
    assert slack.calls.count("post") == 1
    assert (row(db, "a").state, row(db, "a").error) == ("unknown", f"look-up: {name}")


def test_a_look_up_that_slack_keeps_putting_off_ends_with_the_operator(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Unsure("timeout"), "after")
    slack.fail("find", TooMany(30), times=1000)
    put(db, clock, "a")
    for _ in range(100):
        poster.drain(db)
        clock.tick(121)
    assert slack.calls.count("post") == 1
    assert row(db, "a").state == "unknown"


def test_a_look_up_without_an_answer_is_made_again_ever_more_slowly_until_there_is_one(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Unsure("timeout"), "after")
    slack.fail("find", Unsure("500"), times=30)
    put(db, clock, "a")
    for _ in range(60):
        poster.drain(db)
        clock.tick(601)
    assert slack.counts == {"a": 1}
    assert (row(db, "a").state, row(db, "a").via) == ("sent", "lookup")


def test_direct_messages_that_cannot_be_opened_leave_nothing_out(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("open", Unsure("reset"))
    slack.fail("open", TooMany(9))
    slack.fail("open", Refused("user_disabled"))
    put(db, clock, "a", "U7")
    for _ in range(3):
        poster.drain(db)
        assert not row(db, "a").verify
        clock.tick(60)
    assert (row(db, "a").state, slack.posted) == ("dead", [])


def test_the_message_is_found_though_our_clock_runs_ten_minutes_ahead_of_slack(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.ahead = -600
    slack.fail("post", Unsure("timeout"), "after")
    put(db, clock, "a")
    poster.drain(db)
    clock.tick(121)
    poster.drain(db)
    assert slack.counts == {"a": 1}


def test_an_edit_replaces_the_message_where_it_stands_and_may_be_repeated(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    put(db, clock, "a")
    poster.drain(db)
    slack.fail("update", Unsure("timeout"), "after")
    put(db, clock, "b", edits="a")
    for _ in range(2):
        clock.tick(20)
        poster.drain(db)
    assert slack.texts("C1") == ["b"]
    assert (row(db, "b").state, row(db, "b").ts) == ("sent", row(db, "a").ts)
    assert "find" not in slack.calls


def test_an_edit_waits_for_its_message(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Unsure("timeout"), "after")
    put(db, clock, "a")
    poster.drain(db)
    clock.tick(2)
    put(db, clock, "b", edits="a")
    poster.drain(db)
    assert row(db, "b").state == "due"
    for _ in range(3):
        clock.tick(121)
        poster.drain(db)
    assert slack.texts("C1") == ["b"]


def test_an_older_edit_never_overwrites_a_newer_one(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    put(db, clock, "a")
    poster.drain(db)
    slack.fail("update", Unsure("timeout"))
    clock.tick(2)
    put(db, clock, "old", edits="a")
    poster.drain(db)
    clock.tick(2)
    put(db, clock, "new", edits="a")
    for _ in range(3):
        poster.drain(db)
        clock.tick(100)
    assert slack.texts("C1") == ["new"]
    assert row(db, "old").state == "skipped"


def test_an_edit_of_a_message_that_never_went_out_is_skipped(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Refused("is_archived"))
    put(db, clock, "a")
    poster.drain(db)
    clock.tick(2)
    put(db, clock, "b", edits="a")
    poster.drain(db)
    assert row(db, "b").state == "skipped"


def test_a_bug_of_ours_neither_stops_the_poster_nor_doubles_anything(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", ZeroDivisionError(), "after")
    put(db, clock, "a", "C1")
    put(db, clock, "b", "C2")
    assert poster.drain(db) == ["b"]
    clock.tick(121)
    assert poster.drain(db) == ["a"]
    assert slack.counts == {"a": 1, "b": 1}


def test_what_a_dead_sender_had_in_hand_is_taken_up_again(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Crash(), "after")
    put(db, clock, "a")
    with pytest.raises(Crash):
        poster.drain(db)
    assert row(db, "a").state == "sending"
    clock.tick(1)
    assert poster.drain(db) == []
    assert row(db, "a").next_at == clock() - 1 + 120
    clock.tick(120)
    assert poster.drain(db) == ["a"]
    assert slack.counts == {"a": 1}


def test_a_restart_after_the_clock_was_set_back_waits_no_longer_than_the_wait(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    slack.fail("post", Crash(), "after")
    put(db, clock, "a")
    with pytest.raises(Crash):
        poster.drain(db)
    clock.tick(-86400)
    poster.drain(db)
    clock.tick(121)
    assert poster.drain(db) == ["a"]
    assert slack.counts == {"a": 1}


def test_after_a_restore_everything_open_is_looked_for_before_it_is_posted(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    put(db, clock, "a", "C1")
    put(db, clock, "b", "C2")
    slack.post("C1", {"text": "a"}, "a")
    clock.tick(3600)
    with writing(db):
        outbox.doubt(db, clock())
    assert sorted(poster.drain(db)) == ["a", "b"]
    assert (slack.counts, row(db, "a").via, row(db, "b").via) == (
        {"a": 1, "b": 1},
        "lookup",
        "post",
    )


def test_what_was_meant_for_the_time_before_a_restore_is_looked_for_though_its_row_is_new(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    due = clock()
    slack.post("C1", {"text": "a"}, "a")
    clock.tick(3600)
    with writing(db):
        outbox.doubt(db, clock())
        outbox.enqueue(db, "a", "C1", "題", {"text": "a"}, clock(), since=due)
        outbox.enqueue(db, "b", "C1", "題", {"text": "b"}, clock(), since=clock() + 1)
    poster.drain(db)
    clock.tick(2)
    poster.drain(db)
    assert (slack.counts, row(db, "a").via) == ({"a": 1, "b": 1}, "lookup")
    assert slack.calls.count("find") == 1


def test_a_digest_that_slack_would_not_take_for_a_day_lapses(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    clock.set("2026-06-01 09:00")
    slack.fail("post", TooMany(3600), times=100)
    put(db, clock, "digest:2026-W23:C1")
    while clock() < moment("2026-06-03 12:00").timestamp():
        poster.drain(db)
        clock.tick(600)
    kept = row(db, "digest:2026-W23:C1")
    assert (kept.state, slack.posted) == ("skipped", [])
    assert "2026-06-01 09:00に送る予定" in str(kept.error)


def test_a_late_digest_waits_for_the_morning_and_an_approval_request_does_not(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    clock.set("2026-06-01 23:00")
    put(db, clock, "digest:2026-W23:C1", "C1")
    put(db, clock, "approval:1:U7", "U7")
    assert poster.drain(db) == ["approval:1:U7"]
    clock.set("2026-06-02 07:59")
    assert poster.drain(db) == []
    clock.set("2026-06-02 08:00")
    assert poster.drain(db) == ["digest:2026-W23:C1"]


def test_a_digest_that_may_be_out_is_looked_for_even_when_it_has_lapsed(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    clock.set("2026-06-01 09:00")
    slack.fail("post", Unsure("timeout"), "after")
    put(db, clock, "digest:2026-W23:C1")
    poster.drain(db)
    clock.set("2026-06-08 09:00")
    assert poster.drain(db) == ["digest:2026-W23:C1"]
    assert row(db, "digest:2026-W23:C1").via == "lookup"
