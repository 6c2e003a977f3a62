"""A listener fails at every point, by errors and by what is none: whoever acted is told."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from random import Random
from threading import Lock
from typing import Any
from unittest.mock import patch

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

import bot.acting
import bot.listeners
import store.inbox
from bot.desk import Desk
from bot.homes import renew_concerned
from bot.running import running
from store.holding import only_one
from tests.bot.people import Person, Seen
from tests.crash.city import figures as what_can_be_given
from tests.crash.town import Town
from tests.crash.victim import slack_at
from tests.sandbox.hands import soon
from tests.torture.campaign import Ask
from tests.torture.lines import Line
from tests.torture.wire.bots import hall

ENDS: tuple[type[BaseException], ...] = (
    *(ValueError, KeyError, OSError, MemoryError, RecursionError, sqlite3.OperationalError),
    *(SystemExit, KeyboardInterrupt, GeneratorExit, CancelledError),
)
NO_ERRORS = ENDS[6:]
NOT_DONE = "登録はされていません"
EVENTS_AMONG = 20
OF_CONTROL = 100
# Until an event that was not acked comes again, and its answer is out.
PATIENCE_SECONDS = 60.0


@dataclass
class Mishap:
    """What is to go wrong next, and where: once."""

    point: str = ""
    end: type[BaseException] = ValueError
    times: int = 0
    happened: int = 0
    lock: Lock = field(default_factory=Lock)

    def arm(self, point: str, end: type[BaseException], times: int = 1) -> None:
        """The next `times` that something comes to this point, it ends like that."""
        with self.lock:
            self.point, self.end, self.times = point, end, times

    def strike(self, point: str) -> None:
        """Here is the point."""
        with self.lock:
            if self.point != point or self.times == 0:
                return
            self.times -= 1
            self.happened += 1
        raise self.end("mishap")


@dataclass
class Toll:
    """`silent`: nothing was said; `lied`: told that nothing was registered, and it was."""

    told: int = 0
    silent: int = 0
    lied: int = 0

    def count(self, said: str, *, registered: bool = False) -> None:
        """What somebody was told of their act."""
        self.told += bool(said)
        self.silent += not said
        self.lied += registered and NOT_DONE in said


def mishaps(ask: Ask) -> Iterator[Line]:
    """So many failing listeners; then those without shelter."""
    toll, mishap = _suffered(ask.folder / "sheltered", ask.count, Random(ask.seed), ENDS)
    figures = {"happened": mishap.happened, "user_told": toll.told, "silent": toll.silent}
    must = "happened>=asked user_told=asked silent=0 lied=0"
    yield Line("mishaps", ask.count, {**figures, "lied": toll.lied}, must)
    few = max(1, ask.count // OF_CONTROL)
    with patch.object(bot.listeners, "sheltered", lambda listener: listener):
        toll, _ = _suffered(ask.folder / "bare", few, Random(ask.seed), NO_ERRORS, ("begun",))
    yield Line("mishaps control", few, {"shelter": "none", "silent": toll.silent}, "silent>0")


POINTS = ("begun", "uncommitted", "committed", "acked", "later")


def _suffered(
    folder: Path,
    count: int,
    chance: Random,
    ends: tuple[type[BaseException], ...],
    points: tuple[str, ...] = POINTS,
) -> tuple[Toll, Mishap]:
    toll, mishap = Toll(), Mishap()
    with (
        hall(folder) as (there, data),
        going_wrong(mishap),
        only_one(data),
        running(data, "live", slack_at(there.api_url), there.now) as bot,
    ):
        events = count // EVENTS_AMONG
        for number in range(count - events):
            point, end = chance.choice(points), chance.choice(ends)
            _act(there, bot.desk, toll, mishap, number, point, end)
        if events:
            _ask(there, toll, mishap, events, chance.choice(ends))
    return toll, mishap


@contextmanager
def going_wrong(mishap: Mishap) -> Iterator[None]:
    """The points at which something can go wrong, in this process."""

    def before(point: str, real: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(real)
        def strikes(*given: Any, **named: Any) -> Any:
            mishap.strike(point)
            return real(*given, **named)

        return strikes

    def later(real: Callable[..., Any]) -> Callable[..., Any]:
        def after(desk: Desk, work: Callable[[], object], *, quiet: bool = False) -> None:
            if quiet:
                real(desk, work, quiet=True)
                return
            mishap.strike("acked")
            real(desk, before("later", work))

        return after

    with (
        patch.object(Desk, "who", before("begun", Desk.who)),
        patch.object(store.inbox, "_keep", before("uncommitted", store.inbox._keep)),
        patch.object(bot.acting, "renew_concerned", before("committed", renew_concerned)),
        patch.object(Desk, "after", later(Desk.after)),
    ):
        yield


def _act(
    there: Town,
    desk: Desk,
    toll: Toll,
    mishap: Mishap,
    number: int,
    point: str,
    end: type[BaseException],
) -> None:
    """A preview that goes wrong where one can, else 提出 of a good one."""
    lots = what_can_be_given()
    figure = lots[number % len(lots)]
    person, key = Person(there.hands, figure.user), f"K{number:06d}K"
    words = f"{figure.about} {figure.typed} {key}"
    if number % 2 and point in {"begun", "uncommitted", "committed"}:
        mishap.arm(point, end)
        seen = person.submits(words, wait=4)
        kept = bool(
            desk.db.execute("SELECT 1 FROM drafts WHERE payload LIKE ?", [f"%{key}%"]).fetchone()
        )
        toll.count(_said(seen), registered=kept)
        return
    preview = person.submits(words).message
    mishap.arm(point, end)
    seen = person.clicks("提出", preview, wait=4)
    kept = bool(desk.db.execute("SELECT 1 FROM submissions WHERE source = ?", [key]).fetchone())
    toll.count(_said(seen), registered=kept)


def _said(seen: Seen) -> str:
    """Nothing is said to whom the act was never acked."""
    return seen.text if seen.answer["acked"] else ""


def _ask(there: Town, toll: Toll, mishap: Mishap, count: int, end: type[BaseException]) -> None:
    """Questions in direct messages: what fails is not acked, comes again and is answered."""
    there.hands.arm("retry_events", times=count * 2, seconds=0.5)
    mishap.arm("begun", end, times=count)
    say = lambda n: there.hands.say("U0STAFF", "D0STAFF", f"1-1 {n}", wait=0)["ts"]  # noqa: E731
    with ThreadPoolExecutor(8) as together:
        asked = set(together.map(say, range(count)))

    def answered() -> set[str]:
        there.leap(2)
        return asked & {m.get("thread_ts", "") for m in there.hands.messages("D0STAFF", "U0STAFF")}

    soon(lambda: answered() == asked, PATIENCE_SECONDS)
    for _ in asked:
        toll.count("")
    toll.silent -= len(answered())
    toll.told += len(answered())
