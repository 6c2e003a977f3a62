"""A poster over one outbox, the clock it shares with the sandbox, and the faults on its way."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from typing import Any

from sqlite_utils import Database

from bot.logs import log_to_stderr
from bot.shell.context import DATABASE
from sandbox.workspace import BUILT_IN, read_workspace
from schedules.delivery import WAIT_SECONDS, Poster
from schedules.slack import Slack
from store import outbox
from store.db import open_db, writing
from tests.crash.lineage import begin, ended, processes
from tests.crash.steps import die_at
from tests.crash.town import Town
from tests.faults.careless import poster_of, slack_of
from tests.faults.kinds import ANYWHERE, PREFIX, STEPS, Fault
from tests.sandbox.hands import soon

PEOPLE = ("CHILD", "CHILD2", "WELFARE", "CIVIC", "CITY", "TRADE", "PLANNER", "PLANNER2")
AUDIENCES = ("C0DIGEST", "C0STAFF", *(f"U0{name}" for name in PEOPLE))
MOST_SHOTS = 3
MOST_ROUNDS = 20_000
PATIENCE_SECONDS = 60.0
LONGEST_LIFE = 0.05


@dataclass(frozen=True)
class Life:
    """What a poster needs to live, in whatever process."""

    folder: Path
    url: str
    ahead: Any
    way: str
    timeout: float

    def now(self) -> float:
        """The sandbox's time."""
        return float(time.monotonic() + self.ahead.value)

    def slack(self) -> Slack:
        """The way to the sandbox."""
        return slack_of(self.way, read_workspace(BUILT_IN).bot.token, self.url, self.timeout)

    def poster(self, slack: Slack) -> Poster:
        """A poster as it works here."""
        return poster_of(self.way, slack, self.now)


@dataclass
class UnderFire:
    """The real Slack client; each of the first posts of a key is met by a fault armed for it."""

    real: Slack
    town: Town
    fault: Fault
    chance: Random
    shots: Counter[str] = field(default_factory=Counter)
    fired: int = 0

    def post(self, channel: str, payload: dict[str, Any], key: str) -> str:
        if self.fault.shot is None or self.shots[key] == 0:
            return self.real.post(channel, payload, key)
        self.shots[key] -= 1
        self.fired += 1
        for wanted in self.fault.shot(self.chance):
            self.town.hands.do("fault", **wanted)
        try:
            return self.real.post(channel, payload, key)
        finally:
            self._is_over()

    def _is_over(self) -> None:
        """The clock is not to leap while a call that timed out here is still to be taken there."""
        if self.fault.timeout < 1:
            assert soon(lambda: len(self.town.hands.log("fault")) >= self.fired)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


@dataclass
class Round:
    """Messages through one fault, from the first enqueued to the last settled."""

    town: Town
    fault: Fault
    life: Life
    chance: Random
    kills: int = 0

    def __post_init__(self) -> None:
        self.db: Database = open_db(self.life.folder / DATABASE)
        self.slack = UnderFire(self.life.slack(), self.town, self.fault, self.chance)
        self.poster = self.life.poster(self.slack)

    def run(self, count: int) -> None:
        """Deliver so many messages; every one of them meets the fault."""
        for wanted in self.fault.always:
            self.town.hands.do("fault", **wanted)
        keys = [f"{PREFIX}{number}" for number in range(count)]
        if self.fault.step is None:
            for number, key in enumerate(keys):
                self._put(number, key)
                self.slack.shots[key] = self.chance.randint(1, MOST_SHOTS)
            self._settle()
            return
        for number, key in enumerate(keys):
            self._put(number, key)
            self._die(self.fault.step)
            self._settle()

    def _put(self, number: int, key: str) -> None:
        audience = AUDIENCES[number % len(AUDIENCES)]
        with writing(self.db):
            outbox.enqueue(self.db, key, audience, "題", {"text": key}, self.life.now())

    def _die(self, name: str) -> None:
        """Posters that are killed at a step; where it follows another death, two of them."""
        if name == ANYWHERE:
            self._kill_anywhere()
            return
        step = STEPS[name]
        if step.after is not None:
            self._kill(step.after.split(":")[1])
            self.town.leap(WAIT_SECONDS + 1)
        self._kill(name)

    def _kill(self, name: str) -> None:
        code = ended(begin(_post_until_death, self.life, name), PATIENCE_SECONDS)
        assert code in (0, -signal.SIGKILL), code
        assert self.life.way != "ledger" or code, "it never came to that step"
        self.kills += code != 0

    def _kill_anywhere(self) -> None:
        """Killed from outside; the answer comes late enough for the poster to be there still."""
        self.town.hands.arm("slow", method="chat.postMessage", seconds=2 * LONGEST_LIFE)
        ready = processes.Event()
        process = begin(_post, self.life, ready)
        assert ready.wait(PATIENCE_SECONDS)
        time.sleep(self.chance.uniform(0, LONGEST_LIFE))
        process.kill()
        code = ended(process, PATIENCE_SECONDS)
        assert code is not None, "it does not die"
        self.kills += code == -signal.SIGKILL

    def _settle(self) -> None:
        """Deliver until nothing waits, the clock put to when the next message can be taken."""
        for _ in range(MOST_ROUNDS):
            self.poster.drain(self.db)
            due = outbox.next_due(self.db, self.life.now())
            if due is None:
                return
            self.town.leap(max(0.0, due - self.life.now()))
        raise AssertionError("never settled")


def _post_until_death(life: Life, step: str) -> None:
    log_to_stderr("CRITICAL")
    die_at(STEPS[step])
    life.poster(life.slack()).drain(open_db(life.folder / DATABASE))


def _post(life: Life, ready: Event) -> None:
    log_to_stderr("CRITICAL")
    poster, db = life.poster(life.slack()), open_db(life.folder / DATABASE)
    ready.set()
    poster.drain(db)
