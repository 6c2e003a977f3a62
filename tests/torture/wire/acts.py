"""What people do, each act with a key of its own, and what they were told of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from store import outbox
from tests.crash.city import Figure, looking
from tests.crash.killing import is_drained
from tests.crash.town import Town
from tests.sandbox.hands import Json
from tests.torture.wire.bots import bot
from tests.torture.wire.crowd import Crowd, crowd

T = TypeVar("T")

PLANNERS = ("U0PLANNER", "U0PLANNER2")
MOST_TRIES = 40
# As long as a channel rests between two messages, so that the next of each can go.
LEAP_SECONDS = 1.0
# What waits for longer waits for another hour of the day.
LONGEST_LEAP = 600.0
GLANCE_SECONDS = 0.05
AGAIN_SECONDS = 0.3
PATIENCE_SECONDS = 120.0


@dataclass
class Record:
    """Every act by its key, and whether it was acked: what each kind of act leaves is one row."""

    previews: dict[str, bool] = field(default_factory=dict)
    submissions: dict[str, bool] = field(default_factory=dict)
    approvals: dict[str, bool] = field(default_factory=dict)
    questions: dict[str, bool] = field(default_factory=dict)

    @property
    def acts(self) -> int:
        """How many acts there were."""
        kinds = (self.previews, self.submissions, self.approvals, self.questions)
        return sum(map(len, kinds))


@dataclass
class Scene:
    """A town's people. `db` is the bot's database, which is read here but never written."""

    crowd: Crowd
    db: Database
    record: Record = field(default_factory=Record)

    async def previews(self, figure: Figure) -> tuple[str, Json]:
        """`/kpi-submit …` until a preview stands there; its key and the message. Each try is an act."""
        for _ in range(MOST_TRIES):
            key = f"K{len(self.record.previews):06d}K"
            self.record.previews[key] = False
            text = f"/kpi-submit {figure.about} {figure.typed} {key}"
            seen = await self.crowd.types(figure.user, text, blind=False, wait=0)
            self.record.previews[key] = bool(seen.get("acked"))
            shown = [m for m in seen.get("messages", []) if key in m["text"]]
            if shown:
                return key, shown[0]
            # Slack says that it didn't work; the bot may be making a new line.
            await asyncio.sleep(AGAIN_SECONDS)
        raise AssertionError(f"no preview: {seen}")

    async def submits(self, figure: Figure) -> int:
        """A preview and 提出; the number of the submission."""
        key, preview = await self.previews(figure)
        click = lambda: self.crowd.clicks(figure.user, preview, "submit_draft")  # noqa: E731
        await self._until_acked(self.record.submissions, key, click)
        return await self.sees(lambda: _number(self.db, key))

    async def approves(self, number: int, planner: str) -> None:
        """承認, once the request is there."""
        request = await self.sees(lambda: _request(self.db, number, planner))
        click = lambda: self.crowd.clicks(planner, request, "approve")  # noqa: E731
        await self._until_acked(self.record.approvals, str(number), click)

    async def asks(self, user: str, words: str) -> None:
        """A question in direct messages."""
        said = await self.crowd.writes(user, words)
        self.record.questions[said["ts"]] = bool(said["acked"])

    async def sees(self, there: Callable[[], T | None]) -> T:
        """Wait until the database shows something."""
        for _ in range(int(PATIENCE_SECONDS / GLANCE_SECONDS)):
            found = there()
            if found is not None:
                return found
            await asyncio.sleep(GLANCE_SECONDS)
        raise AssertionError("it does not come")

    async def _until_acked(
        self, kind: dict[str, bool], key: str, act: Callable[[], Awaitable[Json]]
    ) -> None:
        """Do the same again until it is acked, or the button is gone: then it took effect unacked."""
        for _ in range(MOST_TRIES):
            said = await act()
            kind[key] = bool(said.get("acked"))
            if kind[key] or not said:
                return
            await asyncio.sleep(AGAIN_SECONDS)
        raise AssertionError(f"never acked: {key}")

    @asynccontextmanager
    async def hurrying(self) -> AsyncIterator[None]:
        """Meanwhile no message waits for its time: the clock leaps to it."""
        leaping = asyncio.create_task(self._leap())
        try:
            yield
        finally:
            leaping.cancel()
            with suppress(asyncio.CancelledError):
                await leaping

    async def settled(self) -> None:
        """Wait until nothing is left to be posted."""
        await self.sees(lambda: is_drained(self.db) or None)

    async def _leap(self) -> None:
        town = self.crowd.town
        while True:
            due = outbox.next_due(self.db, town.now().timestamp())
            rest = 0.0 if due is None else due - town.now().timestamp()
            if 0 < rest <= LONGEST_LEAP:
                leap = timedelta(seconds=max(rest, LEAP_SECONDS))
                await self.crowd.go_on_to(town.now() + leap)
            await asyncio.sleep(0.03)


async def let_out(town: Town, data: Path) -> None:
    """Let a bot post what is left in the outbox."""
    with bot(town, data), looking(data) as db:
        async with crowd(town) as people:
            scene = Scene(people, db)
            async with scene.hurrying():
                await scene.settled()


def _number(db: Database, key: str) -> int | None:
    row = db.execute("SELECT id FROM submissions WHERE source = ?", [key]).fetchone()
    return None if row is None else int(row[0])


def _request(db: Database, number: int, planner: str) -> Json | None:
    """Where a planner's request for approval stands."""
    found = outbox.message(db, f"approval:{number}:{planner}")
    if found is None or found.ts is None:
        return None
    return {"channel": found.channel, "ts": found.ts}
