"""The city's office: the bot in its sandbox, put together by the command line's own parts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.app import Bot
from bot.line.socket_mode import SocketLine
from bot.line.workers import WORKERS
from bot.running import AFTERWARDS
from bot.shell.run import in_sandbox
from sandbox.server import Sandbox
from store.acts import rows
from store.holding import only_one
from store.schema.seals import SEALED
from tests.bot.people import Person
from tests.sandbox.hands import Hands, Json, soon

T = TypeVar("T")
REST_SECONDS = 60.0

# What people's acts are about: every table of history but the audit, and what is to be said.
BUSINESS = (*sorted({*SEALED} - {"audit"}), "outbox")


@dataclass(frozen=True)
class Office:
    """A running bot and everybody who talks to it."""

    folder: Path
    sandbox: Sandbox
    bot: Bot
    hands: Hands
    _one: threading.Lock = field(default_factory=threading.Lock)

    def person(self, user: str) -> Person:
        """Somebody of the workspace."""
        return Person(replace(self.hands, rests=self.rests), user)

    @property
    def now(self) -> datetime:
        """The time it is there."""
        return self.sandbox.clock.now()

    def at(self, moment: str) -> list[Json]:
        """Set the clock; what the bot posted until nothing was due."""
        posted: list[Json] = self.hands.do("clock", now=moment)["posted"]
        return posted

    def settles(self) -> list[Json]:
        """Let what is in the outbox go out. Two seconds pass, so that no pace is waited for."""
        return self.at((self.now + timedelta(seconds=2)).isoformat())

    def rows(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        """What the database says."""
        return rows(self.bot.desk.db, sql, args)

    def business(self) -> dict[str, int]:
        """How many rows each table of business holds."""
        counted = {table: self.rows(f"SELECT count(*) AS n FROM {table}") for table in BUSINESS}
        return {table: found[0]["n"] for table, found in counted.items()}

    def denials(self) -> list[tuple[str, str]]:
        """Who was denied what, oldest first."""
        found = self.rows("SELECT actor, act FROM audit WHERE outcome = 'denied' ORDER BY id")
        return [(row["actor"], row["act"]) for row in found]

    def submissions(self, indicator: str = "1-1b") -> list[dict[str, Any]]:
        """Everything submitted for an indicator by somebody, not by the samples; oldest first."""
        return self.rows(
            """SELECT s.*, (SELECT group_concat(series || value, ' ') FROM
                 (SELECT * FROM actual_values WHERE submission = s.id ORDER BY rowid)) AS figures
               FROM submission_states s WHERE indicator = ? AND sample = 0 ORDER BY id""",
            indicator,
        )

    def approved(self, collection: int, indicator: str = "1-1b") -> str:
        """The figure that counts for a collection, as digits."""
        found = self.rows(
            """SELECT value FROM current_submissions s JOIN actual_values ON submission = s.id
               WHERE indicator = ? AND collection = ?""",
            indicator,
            collection,
        )
        return str(found[0]["value"])

    def refused_by_slack(self) -> list[Json]:
        """Whatever the workspace would not take from the bot."""
        bad = {"invalid_command_response", "invalid_view_response", "unreadable_ack"}
        return [
            line
            for line in self.hands.look("log")["log"]
            if line["kind"] in bad or (line["kind"] in {"api", "response_url"} and not line["ok"])
        ]

    def redelivered(self, act: Callable[[], T]) -> T:
        """Do something whose envelope comes twice; returns once the bot has taken both."""
        before = len(self.hands.log("late_or_double_ack"))
        self.hands.arm("duplicate_envelope")
        done = act()
        assert soon(lambda: len(self.hands.log("late_or_double_ack")) > before)
        return done

    def rests(self) -> None:
        """Let everything that the bot has in hand come to its end, what follows an ack as well."""
        assert soon(lambda: not self.sandbox._world.way.in_flight, REST_SECONDS)
        with self._one:
            if isinstance(line := self.bot.line, SocketLine):
                _come_to_rest(line.client.message_workers, WORKERS)
            # What follows an ack puts something into the outbox, and more after itself.
            _come_to_rest(self.bot.desk.afterwards, AFTERWARDS)
            self.bot.speaker.drain_with_next(pass_time=self.sandbox.clock.move_on)
            _come_to_rest(self.bot.desk.afterwards, AFTERWARDS)

    def anew(self) -> None:
        """As on the first morning: workspace and bot begin again."""
        self.hands.do("fault", kind="clear")
        # What is still on its way belongs to the day before.
        self.rests()
        self.settles()
        self.hands.do("reset", bot_data=True)


def _come_to_rest(pool: Executor, threads: int) -> None:
    """Once each of its threads stands at the gate, none has anything else in hand."""
    gate = threading.Barrier(threads + 1)
    for _ in range(threads):
        pool.submit(gate.wait)
    gate.wait(REST_SECONDS)


@contextmanager
def open_office(folder: Path, samples: bool = True, http: bool = False) -> Iterator[Office]:
    """An office over a data folder, until the block is left. Its clock goes on where it stood.

    Slack reaches it over a socket, or by signed requests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(folder), in_sandbox(folder, 0, None, samples, http) as (sandbox, bot):
        yield Office(folder, sandbox, bot, Hands(sandbox.url))
