"""The clock: it is set, runs on, and everything follows it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox.clock import TOKYO, Clock
from sandbox.server import Sandbox
from tests.sandbox.hands import Hands, fetch, soon

MONDAY = datetime(2026, 5, 11, 8, 59, tzinfo=TOKYO)


def near(moment: datetime, expected: datetime) -> bool:
    """Tell whether a moment is at most two seconds after the expected one."""
    return timedelta(0) <= moment - expected < timedelta(seconds=2)


def test_a_clock_runs_on_from_where_it_was_set() -> None:
    clock = Clock(MONDAY)
    assert near(clock.now(), MONDAY)
    assert clock.now().tzinfo is TOKYO
    before = clock.now()
    assert soon(lambda: clock.now() > before, 1)
    clock.set(MONDAY.astimezone(UTC) - timedelta(days=400))
    assert near(clock.now(), MONDAY - timedelta(days=400))
    assert clock.now().tzinfo is TOKYO


def test_a_clock_wants_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock().set(datetime(2026, 5, 11))  # noqa: DTZ001


def test_a_clock_that_is_not_set_shows_the_real_time() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=2)


def test_everything_follows_the_clock(sandbox: Sandbox, client: WebClient) -> None:
    hands = Hands(sandbox.url)
    answer = hands.do("clock", now=MONDAY.isoformat())
    assert near(datetime.fromisoformat(answer["now"]), MONDAY)
    assert near(sandbox.clock.now(), MONDAY)
    reply = fetch(f"{sandbox.url}/_control/state")
    assert near(parsedate_to_datetime(reply.headers["date"]), MONDAY.replace(microsecond=0))
    assert near(datetime.fromisoformat(reply.json["now"]), MONDAY)
    ts = float(client.chat_postMessage(channel="C0STAFF", text="x")["ts"])
    assert near(datetime.fromtimestamp(ts, TOKYO), MONDAY)


def test_time_passes_on_it_without_anybody_waiting() -> None:
    clock = Clock(MONDAY)
    clock.move_on(3600)
    assert near(clock.now(), MONDAY + timedelta(hours=1))


def test_timestamps_grow_even_when_the_clock_is_set_back(
    sandbox: Sandbox, client: WebClient
) -> None:
    hands = Hands(sandbox.url)
    stamps = []
    for days in (0, 30, -30, -60):
        hands.do("clock", now=(MONDAY + timedelta(days=days)).isoformat())
        stamps.append(client.chat_postMessage(channel="C0STAFF", text="x")["ts"])
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    "now", ["", "monday", "2026-05-11", "2026-05-11T08:59:00", "2026-13-01T00:00:00+09:00", 5, None]
)
def test_a_moment_that_cannot_be_read_is_refused(hands: Hands, now: object) -> None:
    reply = hands.post("clock", now=now)
    assert reply.status == 400
    assert "now" in reply.json["error"]


class Ticker:
    """Stands in for the bot's scheduler: posts once each time the clock is set."""

    def __init__(self) -> None:
        self.seen: list[datetime] = []
        self.resets: list[bool] = []
        self.threads: set[str] = set()
        self.client: WebClient | None = None

    def tick(self, now: datetime) -> None:
        self.seen.append(now)
        self.threads.add(threading.current_thread().name)
        if self.client is not None:
            self.client.chat_postMessage(channel="C0DIGEST", text=f"週報 {now:%m/%d}")

    def reset(self, bot_data: bool) -> None:
        self.resets.append(bot_data)


@pytest.fixture
def ticking(tmp_path: Path) -> Iterator[tuple[Sandbox, Ticker]]:
    """A sandbox whose owner ticks when the clock is set."""
    ticker = Ticker()
    sandbox = Sandbox(tmp_path / "data", on_clock=ticker.tick, on_reset=ticker.reset, start=MONDAY)
    sandbox.start()
    ticker.client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    yield sandbox, ticker
    sandbox.stop()


def test_setting_the_clock_answers_after_the_bot_has_posted(
    ticking: tuple[Sandbox, Ticker],
) -> None:
    sandbox, ticker = ticking
    hands = Hands(sandbox.url)
    hands.say("U0STAFF", "C0DIGEST", "前から")
    answer = hands.do("clock", now="2026-05-18T09:00:00+09:00")
    assert [m["text"] for m in answer["posted"]] == ["週報 05/18"]
    assert near(ticker.seen[0], datetime(2026, 5, 18, 9, tzinfo=TOKYO))
    assert "sandbox" not in ticker.threads


def test_a_reset_brings_back_the_workspace_and_the_start(
    ticking: tuple[Sandbox, Ticker],
) -> None:
    sandbox, ticker = ticking
    hands = Hands(sandbox.url)
    hands.do("clock", now="2026-05-18T09:00:00+09:00")
    hands.do("user", user="U0STAFF", deleted=True)
    hands.arm("drop", method="users.info")
    assert hands.do("reset") == {"ok": True, "bot_data": False}
    assert hands.do("reset", bot_data=True) == {"ok": True, "bot_data": True}
    assert ticker.resets == [False, True]
    assert hands.messages("C0DIGEST", "U0STAFF") == []
    assert near(sandbox.clock.now(), MONDAY)
    assert hands.look("faults") == {"armed": []}
    assert not [u for u in hands.look("state")["users"] if u["id"] == "U0STAFF" and u["deleted"]]


def test_without_an_owner_nothing_of_the_bots_is_reset(hands: Hands) -> None:
    assert hands.do("reset", bot_data=True) == {"ok": True, "bot_data": False}
    assert hands.post("reset", bot_data="yes").status == 400
