"""The hours of a day in a city hall: who asks, gives and approves when, and what goes wrong meanwhile."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from store.fiscal import TOKYO
from tests.crash.city import Figure, count
from tests.sandbox.hands import Json
from tests.torture.wire.acts import PLANNERS, Scene
from tests.torture.wire.bursts import WORDS
from tests.torture.wire.crowd import ASKERS, Begin

MIDNIGHT = datetime(2025, 6, 9, 0, 0, tzinfo=TOKYO)
STEP = 5
MINUTES = range(0, 24 * 60, STEP)
BUSY = range(7 * 60, 22 * 60)
OFFICE = range(8 * 60 + 30, 17 * 60 + 15)
NINE, NOON = 9 * 60, 12 * 60
ONE_PER_CENT = 0.01
GIVEN_AMONG = 40
ASKED_AMONG = 40
POST = {"method": "chat.postMessage"}
FAULTS: tuple[Json, ...] = (
    {"kind": "rate_limit", "retry_after": 20, **POST},
    {"kind": "server_error", "effect": "after", **POST},
    {"kind": "server_error", "effect": "before"},
    {"kind": "drop", "effect": "after", **POST},
    {"kind": "drop", "effect": "before", **POST},
    {"kind": "bad_body", "effect": "after", **POST},
    {"kind": "slow", "seconds": 0.5},
    {"kind": "late_visibility", "seconds": 60},
    {"kind": "duplicate_envelope"},
    {"kind": "ack_lost", "redeliver": True},
    {"kind": "refresh"},
    {"kind": "disconnect", "abrupt": True},
)
# One in so many of these comes about: a new line takes a second in which nobody is
# served, which is a minute here.
OF_LINES = 10
LINES = {"refresh", "disconnect"}


@dataclass
class Day:
    """A day while it goes by. `free` are the figures that nobody has in hand."""

    scene: Scene
    asked: int
    chance: Random
    begin: Begin
    free: deque[Figure]
    commands: int = 0
    unanswered: int = 0
    faults: int = 0

    async def minutes(self, minute: int) -> None:
        """What people begin to do in the few minutes from then on."""
        await self.scene.crowd.go_on_to(MIDNIGHT + timedelta(minutes=minute))
        if minute == NINE:
            # A bot has five minutes for what it does in a blink here.
            await self.scene.sees(
                lambda: count(self.scene.db, "outbox WHERE key LIKE 'digest:%'") or None
            )
        if minute not in BUSY:
            return
        for number in range(-(-self.asked * STEP // len(BUSY))):
            await self._maybe_fault()
            await self.begin(self._ask(self.chance.choice(ASKERS), self.chance.choice(WORDS)))
            if minute in OFFICE and number % GIVEN_AMONG == 0:
                await self.begin(self._give(self.chance.choice(PLANNERS)))
            if number % ASKED_AMONG == 1:
                words = self.chance.choice(WORDS) or "1-1"
                await self.begin(self.scene.asks(self.chance.choice(ASKERS), words))

    async def _ask(self, user: str, words: str) -> None:
        said = await self.scene.crowd.types(user, f"/kpi {words}")
        self.commands += 1
        self.unanswered += not said["acked"]

    async def _give(self, planner: str) -> None:
        """A figure is given and approved at once."""
        figure = self.free.popleft()
        await self.scene.approves(await self.scene.submits(figure), planner)
        self.free.append(figure)

    async def _maybe_fault(self) -> None:
        for fault in FAULTS:
            rare = fault["kind"] in LINES
            if self.chance.random() < ONE_PER_CENT / (OF_LINES if rare else 1):
                await self.scene.crowd.do("fault", **fault)
                self.faults += 1
