"""Lines that fall silent or break in every way, and a Slack that gives out none for minutes.

Every interval of the watchdog and the library is a tenth of the real one, and so is what counts as
too long; what is printed is multiplied back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar
from unittest.mock import patch

import websocket._app

from bot.app import Bot
from bot.line.socket_mode import SocketLine
from bot.running import running
from bot.watchdog import RHYTHM
from store.holding import only_one
from tests.crash.town import Town
from tests.crash.victim import slack_at
from tests.sandbox.hands import soon
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.bots import hall
from tests.torture.wire.crowd import FOR_EVER

T = TypeVar("T")

SCALE = 10
# How long Slack waits until it brings an event a third time.
MINUTE = 60.0
HOUR = 3600.0
LANES = 12
OF_CONTROL = 4
GLANCE_SECONDS = 0.1
WORST_SECONDS = 30
PATIENCE_SECONDS = 60.0
PONGS = {"pong-stops", "half-open", "clock-ahead", "clock-behind"}


class Wall:
    """The wall clock as the library reads it, which can be set."""

    shift = 0.0

    def time(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.shift


WALL = Wall()


@dataclass
class Lane:
    """A bot in this process on the line to a sandbox of its own. Of its log `read` lines are known."""

    town: Town
    bot: Bot
    read: int = 0
    lines: int = 0

    @property
    def connections(self) -> int:
        """How many lines to Slack there were so far."""
        for line in self.town.hands.look(f"log?since={self.read}")["log"]:
            self.read = line["number"]
            self.lines += line["kind"] == "connected"
        return self.lines

    @property
    def line(self) -> SocketLine:
        """The bot's line to Slack."""
        assert isinstance(self.bot.line, SocketLine)
        return self.bot.line

    def has_had_a_pong(self) -> bool:
        """Slack answered a ping on the line that is there now."""
        session = self.line.client.current_session
        return session is not None and session.last_pong_tm > 0

    def asks(self, words: str) -> str:
        """A question in direct messages; its ts."""
        return str(self.town.hands.say("U0STAFF", "D0STAFF", words, wait=0)["ts"])

    def is_answered(self, asked: str) -> bool:
        """Whether a question was answered by now; no message waits for its time."""
        time.sleep(GLANCE_SECONDS)
        self.town.leap(2)
        there = self.town.hands.messages("D0STAFF", "U0STAFF")
        return any(m.get("thread_ts") == asked for m in there if m["user"] != "U0STAFF")


def _arm(kind: str, **more: object) -> Callable[[Lane], int]:
    """Brings a fault about; how many lines there had been by then."""

    def begin(lane: Lane) -> int:
        before = lane.connections
        lane.town.hands.arm(kind, **more)
        return before

    return begin


def _never_pong(lane: Lane) -> int:
    lane.town.hands.arm("silent", new=1)
    before = _arm("disconnect")(lane)
    assert soon(lambda: lane.connections > before, PATIENCE_SECONDS)
    return lane.connections


def _clock(seconds: float) -> Callable[[Lane], int]:
    def shift(lane: Lane) -> int:
        WALL.shift += seconds
        return _arm("silent")(lane)

    return shift


KINDS: dict[str, Callable[[Lane], int]] = {
    "never-pong": _never_pong,
    "pong-stops": _arm("silent"),
    "half-open": _arm("silent", deaf=True),
    "close-without-frame": _arm("disconnect", abrupt=True),
    "close-code": _arm("disconnect"),
    "clock-ahead": _clock(HOUR),
    "clock-behind": _clock(-HOUR),
}


@dataclass(frozen=True)
class Seen:
    """How long it took until there was a new line (real seconds), and whether an event was lost."""

    kind: str
    seconds: float | None
    missed: bool


def silence(ask: Ask) -> Iterator[Line]:
    """Each kind so many times; then without the watchdog."""
    with lanes(ask.folder, min(LANES, ask.count * len(KINDS))) as begin:
        runs = [begin(_trial(kind, True)) for _ in range(ask.count) for kind in KINDS]
        tolls = [run.result() for run in runs]
    for kind in KINDS:
        mine = [toll for toll in tolls if toll.kind == kind]
        times = [toll.seconds for toll in mine if toll.seconds is not None]
        figures: dict[str, Figure] = {
            "kind": kind,
            "scale": f"1/{SCALE}",
            "detected": len(times),
            "worst_s": round(max(times, default=0.0) * SCALE, 1),
            "missed_events": sum(toll.missed for toll in mine),
        }
        must = f"detected=asked worst_s<{WORST_SECONDS} missed_events=0"
        yield Line("silence", ask.count, figures, must)
    yield _control(ask.folder / "control", min(ask.count, OF_CONTROL))


def _control(folder: Path, count: int) -> Line:
    kinds = ("never-pong", "pong-stops", "half-open")
    with lanes(folder, min(LANES, count * len(kinds))) as begin:
        runs = [begin(_trial(kind, False)) for _ in range(count) for kind in kinds]
        noticed = sum(run.result().seconds is not None for run in runs)
    figures: dict[str, Figure] = {"watchdog": "none", "noticed": noticed, "silent": len(runs)}
    return Line("silence control", count, figures, "noticed=0")


def _trial(kind: str, watched: bool) -> Callable[[Lane], Seen]:
    def run(lane: Lane) -> Seen:
        if not watched:
            lane.line.watchdog.stop()
        if kind in PONGS:
            assert soon(lane.has_had_a_pong, PATIENCE_SECONDS)
        lane.town.hands.arm("retry_events", times=FOR_EVER, seconds=MINUTE / SCALE)
        before, begun = KINDS[kind](lane), time.monotonic()
        with ThreadPoolExecutor(1) as beside:
            asking = beside.submit(lane.asks, kind)
            limit = WORST_SECONDS / SCALE if not watched else PATIENCE_SECONDS
            noticed = soon(lambda: lane.connections > before, limit)
            seconds = time.monotonic() - begun
            asked = asking.result()
        lane.town.hands.arm("clear")
        missed = watched and not soon(lambda: lane.is_answered(asked), PATIENCE_SECONDS)
        return Seen(kind, seconds if noticed else None, missed)

    return run


class Begin(Protocol):
    """Begins work on a lane."""

    def __call__(self, work: Callable[[Lane], T], /) -> Future[T]:
        """What comes of it."""


@contextmanager
def lanes(folder: Path, count: int) -> Iterator[Begin]:
    """Gives `begin(work)`, which does work on one of `count` lanes, side by side with others."""
    mine, one_at_a_time = threading.local(), threading.Lock()
    with ExitStack() as stack, ThreadPoolExecutor(count, "lane") as pool:
        stack.enter_context(patch.object(websocket._app, "time", WALL))

        def here() -> Lane:
            if not hasattr(mine, "lane"):
                # Starting many at once takes each of them longer than any patience.
                with one_at_a_time:
                    mine.lane = _lane(folder, threading.current_thread().name, stack)
            found_lane: Lane = mine.lane
            return found_lane

        def begin(work: Callable[[Lane], T], /) -> Future[T]:
            return pool.submit(lambda: work(here()))

        try:
            yield begin
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _lane(folder: Path, name: str, stack: ExitStack) -> Lane:
    there, data = stack.enter_context(hall(folder / name))
    stack.enter_context(only_one(data))
    slack, rhythm = slack_at(there.api_url), RHYTHM.slowed(1 / SCALE)
    return Lane(there, stack.enter_context(running(data, "live", slack, there.now, rhythm=rhythm)))
