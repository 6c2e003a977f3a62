"""One bot after another over one data folder: each begins when the last was killed.

They are forked from a server that has everything loaded and no thread, so that a start is quick.
So is whatever else the campaigns do in a process of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from tests.crash.steps import Step
from tests.crash.victim import Life, live

T = TypeVar("T")

PATIENCE_SECONDS = 30.0

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.crash.victim", "bot.shell.run"])
# Starting and joining look at every child there is, which two threads must not do at once.
_children = threading.Lock()

ahead_of_monotonic = processes.RawValue


def begin(work: Callable[..., object], *given: Any) -> ForkServerProcess:
    """Start something in a process of its own."""
    process = processes.Process(target=work, args=given, daemon=True)
    with _children:
        process.start()
    return process


def ended(process: ForkServerProcess, seconds: float) -> int | None:
    """Its exit code; None when it is still there after so many seconds.

    Others can start and end theirs meanwhile.
    """
    if not wait([process.sentinel], seconds):
        return None
    with _children:
        process.join()
    return process.exitcode


def elsewhere(look: Callable[[Path], T], folder: Path) -> T:
    """What a process finds in a folder that opens it only now."""
    with ProcessPoolExecutor(1, mp_context=processes) as another:
        with _children:
            found = another.submit(look, folder)
        return found.result()


class Lineage:
    """The bots of one data folder. `heard`: what people did since one was last told to die."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.heard: list[str] = []
        self.kills = 0

    def begin(self) -> None:
        """Start a bot and return once it is connected."""
        self._start(self.life)
        self._expect("ready")

    def begin_and_die_at(self, step: Step) -> None:
        """Start a bot that dies once it comes to this step, and return after that."""
        self._start(replace(self.life, fate=step.id))
        self.expect_death()

    def die_at(self, step: Step) -> None:
        """The next time the bot comes to this step it dies there."""
        self._orders.send(("die", step.id))
        self._expect("armed")
        self.heard.clear()

    def hear(self, envelope: str) -> None:
        """Deliver an envelope to the bot again, as it came to the one before it."""
        self._orders.send(("hear", envelope))

    def tick(self) -> None:
        """Let the bot take up what is due, and post it; return at once."""
        self._orders.send(("tick", None))

    def tick_and_live(self) -> None:
        """The same, and return once that is done."""
        self.tick()
        self._expect("ticked")

    def expect_death(self) -> None:
        """Return once the bot was killed. AssertionError when it lives, or died of anything else."""
        try:
            while True:
                self._next()
        except (EOFError, ConnectionResetError):
            self._bury()
        assert self._process.exitcode == -signal.SIGKILL
        self.kills += 1

    def end(self) -> None:
        """Kill the bot that is there now."""
        self._process.kill()
        self._bury()

    @property
    def pid(self) -> int:
        """The process of the bot that is there now."""
        found = self._process.pid
        assert found is not None
        return found

    @property
    def envelopes(self) -> list[str]:
        """The ids of the envelopes in `heard`."""
        return [json.loads(raw)["envelope_id"] for raw in self.heard]

    def _start(self, life: Life) -> None:
        mine, its = processes.Pipe()
        self._orders: Connection = mine
        self._process = begin(live, life, its)
        its.close()

    def _expect(self, word: str) -> None:
        while self._next() != word:
            pass

    def _next(self) -> str:
        assert self._orders.poll(PATIENCE_SECONDS), "the bot is still alive and says nothing"
        said: tuple[str, Any] = self._orders.recv()
        if said[0] == "heard" and json.loads(said[1])["type"] == "interactive":
            self.heard.append(said[1])
        return said[0]

    def _bury(self) -> None:
        ended(self._process, PATIENCE_SECONDS)
        if not self._orders.closed:
            self._orders.close()
