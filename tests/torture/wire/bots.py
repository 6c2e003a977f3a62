"""The bot in a process of its own: `kpibot run` for a live folder, by the sandbox's clock."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from bot.cli import main
from sandbox.workspace import BUILT_IN, read_workspace
from schedules.scheduler import Speaker
from store.fiscal import TOKYO
from store.people_file import PeopleFile
from tests.crash import lineage
from tests.crash.broken import work_in
from tests.crash.city import found, staff
from tests.crash.steps import replace
from tests.crash.town import Town, town
from tests.sandbox.hands import soon

T = TypeVar("T")

READY = "ready:"
PATIENCE_SECONDS = 60.0
BLINK_SECONDS = 0.02
FORM_SECONDS = 2.0
HOARDED_KB = 128


@dataclass(frozen=True)
class Life:
    """What a bot needs to live. What it prints goes to `said`.

    `ahead` is shared: how far its clock is ahead of the monotonic one; `way` names another way of
    working, here or in `tests.crash.broken`.
    """

    data: Path
    said: Path
    api_url: str
    ahead: Any
    way: str | None = None

    def now(self) -> datetime:
        """The bot's time, which is the sandbox's."""
        return datetime.fromtimestamp(time.monotonic() + self.ahead.value, TOKYO)


@dataclass(frozen=True)
class Process:
    """A bot that was started. Its exit code is known once it has ended."""

    process: ForkServerProcess
    said: Path

    @property
    def pid(self) -> int:
        """Its number."""
        assert self.process.pid is not None
        return self.process.pid

    def is_ready(self) -> bool:
        """It says so."""
        return self.said.exists() and READY in self.said.read_text("utf-8")

    def log(self) -> str:
        """Everything it printed."""
        return self.said.read_text("utf-8")

    def is_told_to_stop(self) -> None:
        """SIGTERM."""
        os.kill(self.pid, signal.SIGTERM)

    def ended(self, seconds: float = PATIENCE_SECONDS) -> int | None:
        """Its exit code; None when it is still there after so many seconds."""
        return lineage.ended(self.process, seconds)


@contextmanager
def hall(folder: Path, people: PeopleFile | None = None) -> Iterator[tuple[Town, Path]]:
    """A town, and the data folder of its bot with the city's plan and these people or the samples."""
    data = folder / "data"
    with town(folder / "slack") as there:
        there.reset()
        found(data, people or staff())
        yield there, data


def begin(town: Town, data: Path, said: Path, way: str | None = None) -> Process:
    """Start a bot and return at once."""
    life = Life(data, said, town.api_url, town.ahead, way)
    return Process(lineage.begin(_live, life), said)


def kill_at_once(begun: Process) -> None:
    """SIGKILL."""
    os.kill(begun.pid, signal.SIGKILL)


@contextmanager
def bot(town: Town, data: Path, way: str | None = None) -> Iterator[Process]:
    """A bot that is connected, until the block is left."""
    said = data.with_name(f"{data.name}.log")
    said.unlink(missing_ok=True)
    begun = begin(town, data, said, way)
    try:
        assert soon(begun.is_ready, PATIENCE_SECONDS), begun.log()
        yield begun
    finally:
        if begun.process.exitcode is None:
            begun.is_told_to_stop()
        if begun.ended() is None:
            begun.process.kill()


def _live(life: Life) -> None:
    with life.said.open("wb") as said:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(said.fileno(), stream.fileno())
    tokens = read_workspace(BUILT_IN).bot
    os.environ |= {
        "SLACK_BOT_TOKEN": tokens.token,
        "SLACK_APP_TOKEN": tokens.app_token,
        "SLACK_API_URL": life.api_url,
        "KPIBOT_DATA": str(life.data),
        "KPIBOT_LOG_LEVEL": "WARNING",
    }
    replace("bot.cli:now", lambda _real: life.now)
    # Its clock leaps, so that no wait is trusted for longer than a blink.
    replace("schedules.scheduler:Speaker._rest", _blinking)
    if life.way in OURS:
        place, make = OURS[life.way]
        replace(place, make)
    elif life.way is not None:
        work_in(life.way)
    main(["run"])


def _unlocked(_real: object) -> Callable[[Path], AbstractContextManager[None]]:
    """Whoever comes second works as well."""
    return lambda _folder: nullcontext()


def _slow(real: Callable[..., T]) -> Callable[..., T]:
    """A form takes two seconds until its work begins."""

    def slow(*given: Any) -> T:
        time.sleep(FORM_SECONDS)
        return real(*given)

    return slow


def _with_few_workers(real: Callable[..., T]) -> Callable[..., T]:
    """The same, and no more workers than Bolt's listeners have by themselves."""
    pool = "slack_sdk.socket_mode.websocket_client:ThreadPoolExecutor"
    replace(pool, lambda make: lambda **_: make(max_workers=5))
    return _slow(real)


def _hoarding(real: Callable[..., T]) -> Callable[..., T]:
    """Something is kept of every question, for ever."""
    hoard = list[bytes]()

    def keep(*given: Any, **more: Any) -> T:
        hoard.append(b"x" * HOARDED_KB * 1024)
        return real(*given, **more)

    return keep


OURS: dict[str | None, tuple[str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = {
    "no-lock": ("bot.shell.run:only_one", _unlocked),
    "few-workers": ("bot.listeners.forms:met_user", _with_few_workers),
    "slow-forms": ("bot.listeners.forms:met_user", _slow),
    "hoards": ("bot.listeners.asking:read", _hoarding),
}


def _blinking(real: Callable[[Speaker], float | None]) -> Callable[[Speaker], float | None]:
    def rest(speaker: Speaker) -> float | None:
        found = real(speaker)
        return None if found is None else min(found, BLINK_SECONDS)

    return rest
