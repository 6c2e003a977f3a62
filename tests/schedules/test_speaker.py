"""The speaker through days and nights: what it says, when, and that it says it once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from schedules import memory
from schedules.due import Occasion
from schedules.listening import take_up
from schedules.scene import Made, Stage
from schedules.scheduler import Speaker
from schedules.sections import make
from schedules.slack import Refused, Unsure
from store import outbox, shelf
from store.acts import By
from store.db import Connections, writing
from store.plan import Plan
from store.subscriptions import Subscription, subscribe
from tests.schedules.city import CHANNEL, approved, found_city, give
from tests.schedules.stand_in import Clock, FakeSlack, moment

Live = Callable[..., None]


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
def live(speaker: Speaker, clock: Clock, connections: Connections) -> Live:
    """Go on to a moment, ticking every ten minutes and some more while something waits."""

    def until(text: str, step: float = 600) -> None:
        end = moment(text).timestamp()
        while clock() < end:
            clock.at = min(clock() + step, end)
            speaker.tick()
            while outbox.next_due(connections(), clock()) is not None:
                clock.tick(1)
                speaker.drain()

    return until


def keys(db: Database, like: str, state: str | None = None) -> list[str]:
    return [message.key for message in outbox.messages(db, state, like)]


def test_a_week_before_the_collection_opens_brings_one_digest_and_no_reminder(
    db: Database, live: Live, clock: Clock, slack: FakeSlack
) -> None:
    clock.set("2023-04-14 10:00")
    live("2023-04-21 22:00")
    assert list(slack.counts) == [f"digest:2023-W16:{CHANNEL}"]
    assert "今週の更新はありません" in slack.posted[0].payload["text"]


def test_reminders_go_to_the_channel_of_a_department_and_else_to_its_people(
    db: Database, live: Live, clock: Clock, slack: FakeSlack
) -> None:
    clock.set("2025-06-05 08:00")
    live("2025-06-05 10:00")
    assert sorted(posted.channel for posted in slack.posted) == [
        "C0WELFARE",
        "D0CHILDREN",
        "D0CITY",
        "D0CIVIC",
        "D0TRADE",
    ]
    (welfare,) = slack.texts("C0WELFARE")
    assert "福祉健康課・提出期限 6/12 木※、あと5営業日" in welfare


def test_a_department_that_owes_nothing_hears_nothing(
    db: Database, live: Live, clock: Clock, slack: FakeSlack, plan: Plan
) -> None:
    clock.set("2025-06-04 12:00")
    for indicator in plan.indicators:
        if indicator.policy and indicator.policy.startswith("5-"):
            values = {series.name: "1" for series in indicator.series}
            give(db, plan, indicator.id, 2024, values, clock.now)
    live("2025-06-05 10:00")
    assert "D0TRADE" not in {posted.channel for posted in slack.posted}
    assert "D0CITY" in {posted.channel for posted in slack.posted}


def test_a_planner_is_nudged_when_something_waits_too_long_and_then_every_week(
    db: Database, live: Live, clock: Clock, slack: FakeSlack, plan: Plan
) -> None:
    clock.set("2025-05-20 12:00")
    give(db, plan, "1-1b", 2024, "12", clock.now)
    live("2025-06-03 10:00", 1800)
    nudges = [posted for posted in slack.posted if posted.channel == "D0PLANNER"]
    assert [posted.key for posted in nudges] == [
        "remind:2025-05-26:U0PLANNER",
        "remind:2025-06-02:U0PLANNER",
    ]
    assert "1-1b 保育所（園）待機児童数　R6　4営業日" in nudges[0].payload["text"]


def test_after_an_outage_the_digest_is_posted_late_and_what_lapsed_is_told(
    db: Database, live: Live, clock: Clock, slack: FakeSlack
) -> None:
    clock.set("2025-06-05 08:00")
    live("2025-06-05 08:10")
    clock.set("2025-06-09 20:00")
    live("2025-06-09 20:10")
    assert f"digest:2025-W24:{CHANNEL}" in slack.counts
    lapsed = keys(db, "remind:%", "skipped")
    assert {key.split(":")[1] for key in lapsed} == {"2025-06-05"}
    assert len(lapsed) == 5
    assert {key.split(":")[1] for key in keys(db, "remind:%", "sent")} == {"2025-06-09"}
    assert {t.state for t in memory.troubles(db)} == {"skipped"}


def test_an_outage_over_the_whole_window_skips_the_digest_and_the_next_one_comes(
    db: Database, live: Live, clock: Clock, slack: FakeSlack
) -> None:
    clock.set("2025-05-30 12:00")
    live("2025-05-30 12:10")
    clock.set("2025-06-04 12:00")
    live("2025-06-09 09:10", 1800)
    assert keys(db, "digest:%", "skipped") == [f"digest:2025-W23:{CHANNEL}"]
    assert keys(db, "digest:%", "sent") == [f"digest:2025-W24:{CHANNEL}"]


def test_a_start_at_night_says_nothing_until_the_morning(
    db: Database, live: Live, clock: Clock, slack: FakeSlack
) -> None:
    clock.set("2025-05-30 12:00")
    live("2025-05-30 12:10")
    clock.set("2025-06-02 23:00")
    live("2025-06-03 07:50")
    assert slack.posted == []
    live("2025-06-03 08:10")
    assert slack.counts == {f"digest:2025-W23:{CHANNEL}": 1}


def test_a_clock_set_back_doubles_nothing_and_the_same_week_is_not_told_again(
    db: Database, live: Live, clock: Clock, slack: FakeSlack
) -> None:
    clock.set("2025-05-30 12:00")
    live("2025-06-02 12:00", 1800)
    before = dict(slack.counts)
    clock.set("2025-05-30 12:00")
    live("2025-06-02 12:00", 1800)
    assert dict(slack.counts) == before
    assert all(count == 1 for count in before.values())


def test_a_clock_set_back_does_not_keep_what_is_due_waiting(
    db: Database, live: Live, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    clock.set("2025-06-03 12:00")
    speaker.tick()
    with writing(db):
        outbox.enqueue(db, "approval:1:U1", "U1", "題", {"text": "a"}, clock() + 10)
    clock.set("2025-05-12 12:00")
    speaker.tick()
    clock.tick(121)
    assert speaker.tick() == ["approval:1:U1"]


def test_setting_the_clock_from_one_minute_before_nine_brings_the_digest(
    db: Database, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    clock.set("2026-11-23 06:30")
    speaker.tick()
    for text in ("2025-05-12 08:59", "2025-05-12 09:00"):
        clock.set(text)
        speaker.tick()
    assert f"digest:2025-W20:{CHANNEL}" in slack.counts


def test_a_clock_that_differs_from_slacks_says_nothing_and_tells_the_operator(
    db: Database, live: Live, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    clock.set("2025-05-30 12:00")
    speaker.tick()
    clock.set("2025-06-02 09:30")
    slack.ahead = -3 * 86400
    speaker.tick()
    assert (slack.posted, keys(db, "digest:%")) == ([], [])
    (trouble,) = memory.troubles(db)
    assert (trouble.state, "259200秒" in trouble.reason) == ("held", True)
    slack.ahead = 0
    speaker.tick()
    assert (list(slack.counts), memory.held(db)) == ([f"digest:2025-W23:{CHANNEL}"], None)


def test_without_contact_nothing_is_taken_up_and_nothing_is_lost(
    db: Database, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    clock.set("2025-05-30 12:00")
    speaker.tick()
    clock.set("2025-06-02 09:30")
    slack.fail("time", Unsure("down"), times=3)
    for _ in range(3):
        assert speaker.tick() == []
    assert speaker.tick() == [f"digest:2025-W23:{CHANNEL}"]


def test_each_channel_hears_what_changed_since_its_own_last_digest(
    db: Database, live: Live, clock: Clock, slack: FakeSlack, plan: Plan
) -> None:
    clock.set("2025-05-23 12:00")
    approved(db, plan, "1-1b", 2024, "12", clock.now)
    live("2025-05-26 10:00", 1800)
    with writing(db):
        subscribe(db, By("U0PLANNER", clock.now, "test"), Subscription("C0STAFF"))
    approved(db, plan, "1-1c", 2024, "7.0", clock.now)
    live("2025-06-02 10:00", 1800)
    first, second = slack.texts(CHANNEL)
    assert ("1-1b" in first, "1-1c" in first) == (True, False)
    assert "今週承認された値（1件）" in second
    assert "1-1c" in second
    (new,) = slack.texts("C0STAFF")
    assert "今週承認された値（1件）" in new


def test_a_message_that_cannot_be_made_is_told_and_stops_no_other(
    db: Database, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    def fails_for_digests(db: Database, stage: Stage, occasion: Occasion) -> Made | None:
        if occasion.kind == "digest":
            raise ZeroDivisionError
        return make(db, stage, occasion)

    clock.set("2025-06-08 08:00")
    speaker.tick()
    clock.set("2025-06-09 09:00")
    assert len(take_up(db, slack, clock.now, fails_for_digests)) == 5
    (trouble,) = memory.troubles(db)
    assert (trouble.key, trouble.state) == (f"digest:2025-W24:{CHANNEL}", "skipped")


def test_a_plan_that_cannot_be_read_does_not_keep_approvals_from_going_out(
    db: Database, clock: Clock, slack: FakeSlack, speaker: Speaker, plan: Plan
) -> None:
    clock.set("2025-06-09 08:30")
    speaker.tick()
    with writing(db):
        by = By("shell:test", clock.now, "shell")
        shelf.put(db, by, plan.model_copy(update={"rule": "no-such-rule"}))
        outbox.enqueue(db, "approval:1:U1", "C1", "題", {"text": "a"}, clock())
    clock.set("2025-06-09 09:00")
    assert speaker.tick() == ["approval:1:U1"]
    assert memory.held(db) is not None
    with writing(db):
        shelf.put(db, by, plan)
    clock.tick(5)
    speaker.tick()
    assert (keys(db, "digest:%"), memory.held(db)) == ([f"digest:2025-W24:{CHANNEL}"], None)


def test_a_refused_message_is_among_the_troubles(
    db: Database, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    with writing(db):
        outbox.enqueue(db, "approval:1:U1", "C1", "承認のお願い", {"text": "a"}, clock())
    slack.fail("post", Refused("is_archived"))
    speaker.tick()
    assert [(t.state, t.title, t.reason) for t in memory.troubles(db)] == [
        ("dead", "承認のお願い", "is_archived")
    ]


def test_a_woken_speaker_posts_within_a_moment_and_stops_when_told(
    db: Database, connections: Connections
) -> None:
    """On the real clock: what was enqueued goes out without waiting for a tick."""
    posted, before = threading.Event(), threading.active_count()

    class Telling(FakeSlack):
        def post(self, channel: str, payload: dict[str, object], key: str) -> str:
            ts = super().post(channel, payload, key)
            posted.set()
            return ts

    clock = Clock(moment("2025-06-07 12:00").timestamp())
    speaker = Speaker(connections, Telling(clock), lambda: clock.now)
    speaker.start()
    with writing(db):
        outbox.enqueue(db, "approval:1:U1", "C1", "題", {"text": "a"}, clock())
    speaker.wake()
    assert posted.wait(2)
    speaker.stop()
    assert keys(db, "%", "sent") == ["approval:1:U1"]
    assert threading.active_count() == before


def test_stopping_waits_for_the_post_in_hand_and_leaves_the_rest(
    db: Database, connections: Connections
) -> None:
    posting, go_on = threading.Event(), threading.Event()

    class Slow(FakeSlack):
        def post(self, channel: str, payload: dict[str, object], key: str) -> str:
            posting.set()
            assert go_on.wait(10)
            return super().post(channel, payload, key)

    clock = Clock(moment("2025-06-07 12:00").timestamp())
    speaker = Speaker(connections, Slow(clock), lambda: clock.now)
    with writing(db):
        for n in range(2):
            outbox.enqueue(db, f"approval:{n}", f"C{n}", "題", {"text": "a"}, clock())
    speaker.start()
    assert posting.wait(10)
    stopping = threading.Thread(target=speaker.stop)
    stopping.start()
    stopping.join(0.2)
    assert stopping.is_alive()
    go_on.set()
    stopping.join(10)
    assert not stopping.is_alive()
    assert keys(db, "%", "sent") == ["approval:0"]
    assert keys(db, "%", "due") == ["approval:1"]


def test_ticks_of_many_threads_take_turns_and_double_nothing(
    db: Database, clock: Clock, slack: FakeSlack, speaker: Speaker
) -> None:
    clock.set("2025-06-09 08:59")
    speaker.tick()
    clock.set("2025-06-09 09:00")
    threads = [threading.Thread(target=speaker.tick) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slack.counts[f"digest:2025-W24:{CHANNEL}"] == 1
    assert all(count == 1 for count in slack.counts.values())


def test_run_until_drained_waits_for_the_pace_of_a_channel(
    db: Database, connections: Connections
) -> None:
    """On a clock that runs by itself: three messages to one channel take two seconds."""
    start, begun = moment("2025-06-07 12:00").timestamp(), time.monotonic()

    def clock() -> float:
        return start + time.monotonic() - begun

    speaker = Speaker(connections, FakeSlack(clock), lambda: Clock(clock()).now)
    with writing(db):
        for n in range(3):
            outbox.enqueue(db, f"approval:{n}", "C1", "題", {"text": str(n)}, start)
    assert speaker.run_until_drained() == ["approval:0", "approval:1", "approval:2"]
    assert time.monotonic() - begun >= 2


def test_on_a_clock_that_can_be_set_the_pace_is_kept_and_not_waited_for(
    db: Database, clock: Clock, speaker: Speaker
) -> None:
    clock.set("2025-06-07 12:00")
    begun = clock()
    with writing(db):
        for n in range(3):
            outbox.enqueue(db, f"approval:{n}", "C1", "題", {"text": str(n)}, begun)
    said = speaker.run_until_drained(pass_time=clock.tick)
    assert said == ["approval:0", "approval:1", "approval:2"]
    assert clock() == begun + 2
