"""Many messages, every fault: none lost, none doubled. Broken posters show that this can fail."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from schedules.delivery import Poster
from schedules.slack import Failed, TooMany, Unsure
from store import outbox
from store.db import open_db, writing
from store.outbox import Message
from tests.schedules.stand_in import Clock, Crash, FakeSlack, lost_and_doubled

FAULTS: list[tuple[BaseException, str]] = [
    (TooMany(7), "before"),
    (Unsure("500"), "before"),
    (Unsure("500"), "after"),
    (Unsure("dropped"), "before"),
    (Unsure("dropped"), "after"),
    (Unsure("timeout"), "after"),
    (Crash(), "before"),
    (Crash(), "after"),
]


def fill(db: Database, clock: Clock, count: int) -> list[str]:
    keys = [f"message:{n}" for n in range(count)]
    with writing(db):
        for n, key in enumerate(keys):
            audience = f"U{n % 5}" if n % 3 == 0 else f"C{n % 20}"
            outbox.enqueue(db, key, audience, "題", {"text": key}, clock())
    return keys


def run_until_settled(db: Database, poster: Poster, clock: Clock, rounds: int = 5000) -> int:
    """Go on through every crash; how many there were."""
    crashes = 0
    for _ in range(rounds):
        try:
            poster.drain(db)
        except Crash:
            crashes += 1
            continue
        due = outbox.next_due(db, clock())
        if due is None:
            return crashes
        clock.at = max(due, clock.at + 0.1)
    raise AssertionError("never settled")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]!r}-{fault[1]}")
def test_no_fault_loses_or_doubles_a_message(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, fault: tuple[BaseException, str]
) -> None:
    keys = fill(db, clock, 20)
    slack.fail("post", *fault, times=20)
    run_until_settled(db, poster, clock)
    assert lost_and_doubled(slack, keys) == (0, 0)
    assert not slack.faults["post"]


@pytest.mark.parametrize("method", ["open", "time", "find"])
def test_faults_of_the_calls_around_a_post_lose_and_double_nothing(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster, method: str
) -> None:
    keys = fill(db, clock, 20)
    slack.fail("post", Unsure("dropped"), "after", times=20)
    slack.fail(method, Unsure("dropped"), times=5)
    slack.fail(method, TooMany(3), times=5)
    slack.fail(method, Crash(), times=2)
    run_until_settled(db, poster, clock)
    assert lost_and_doubled(slack, keys) == (0, 0)


class DiesAtWill:
    """A poster's gate that dies between the claim and all that follows."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, db: Database, message: Message, now: float) -> float:
        if self.left:
            self.left -= 1
            raise Crash
        return now


def test_death_at_each_step_of_twenty_posts_loses_and_doubles_nothing(
    db: Database, clock: Clock, slack: FakeSlack
) -> None:
    """After the claim; after the mark, before Slack has it; after Slack has it; after it is sent."""
    keys = fill(db, clock, 80)
    slack.fail("post", Crash(), "before", times=20)
    slack.fail("post", Crash(), "after", times=20)
    poster = Poster(slack, clock, may_start=DiesAtWill(20))
    crashes = run_until_settled(db, poster, clock)
    assert crashes == 60
    assert lost_and_doubled(slack, keys) == (0, 0)
    assert sum(m.via == "lookup" for m in outbox.messages(db)) == 20
    for _ in range(20):
        again = Poster(slack, clock)
        again.recover(db)
        assert again.drain(db) == []
    assert lost_and_doubled(slack, keys) == (0, 0)


def test_a_wait_longer_than_slacks_lateness_doubles_nothing_and_a_shorter_one_does(
    tmp_path: Path, clock: Clock
) -> None:
    doubled = {}
    for wait in (120.0, 5.0):
        db = open_db(tmp_path / f"{wait}.db")
        slack = FakeSlack(clock, late=110)
        keys = fill(db, clock, 20)
        slack.fail("post", Unsure("dropped"), "after", times=20)
        run_until_settled(db, Poster(slack, clock, wait=wait), clock)
        lost, doubled[wait] = lost_and_doubled(slack, keys)
        assert lost == 0
        db.conn.close()
    assert doubled[120.0] == 0
    assert doubled[5.0] > 0


def test_two_hundred_messages_with_random_faults_crashes_and_a_leaping_clock(
    db: Database, clock: Clock, slack: FakeSlack, poster: Poster
) -> None:
    chance = random.Random(20260602)
    keys = fill(db, clock, 200)
    for _ in range(250):
        if chance.random() < 0.5:
            slack.fail("post", *chance.choice(FAULTS))
        if chance.random() < 0.05:
            slack.fail("find", Unsure("500"))
        with suppress(Crash):
            poster.drain(db)
        leap = chance.choice([0.5, 1, 30, 130]) if chance.random() < 0.95 else -3600
        clock.tick(leap)
        if leap < 0:
            with writing(db):
                outbox.pull_in(db, clock(), poster.wait)
    slack.faults.clear()
    run_until_settled(db, poster, clock)
    assert lost_and_doubled(slack, keys) == (0, 0)
    assert any(m.via == "lookup" for m in outbox.messages(db))


class PostsThenRecords(Poster):
    """The broken way, as a control: no mark before the call, and trying again on any failure."""

    def drain(self, db: Database) -> list[str]:
        while (message := self._claim(db)) is not None:
            try:
                ts = self.slack.post(message.audience, message.payload, message.key)
            except Failed:
                with writing(db):
                    outbox.put_back(db, message.key, self.clock() + 120, None)
            else:
                with writing(db):
                    outbox.mark_sent(db, message.key, message.audience, ts, "post")
        return []


def test_posting_and_then_recording_doubles(db: Database, clock: Clock, slack: FakeSlack) -> None:
    keys = fill(db, clock, 20)
    slack.fail("post", Unsure("dropped"), "after", times=10)
    run_until_settled(db, PostsThenRecords(slack, clock), clock)
    assert lost_and_doubled(slack, keys) == (0, 10)
