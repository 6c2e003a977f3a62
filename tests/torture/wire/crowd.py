"""Many people at once: the control API over connections that stay open, without a thread each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from tests.crash.town import Town, direct
from tests.sandbox.hands import Json

ASKERS = (
    "U0STAFF",
    "U0CHILD",
    "U0CHILD2",
    "U0WELFARE",
    "U0CIVIC",
    "U0CITY",
    "U0TRADE",
    "U0PLANNER",
)
Begin = Callable[[Awaitable[None]], Awaitable[None]]
FOR_EVER = 1_000_000
MOST_AT_ONCE = 400
LONGEST_SECONDS = 120


@dataclass
class Crowd:
    """Everybody of a workspace. What they do returns what the sandbox answers."""

    town: Town
    session: aiohttp.ClientSession
    noted: list[Json] = field(default_factory=list)
    at_clock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def do(self, what: str, **fields: object) -> Json:
        """Call the control API; {} where there is nothing left to act on.

        Only the acks are of interest: what appears is read afterwards.
        """
        async with self.session.post(f"{self.town.hands.url}/_control/{what}", json=fields) as said:
            return dict(await said.json()) if said.status == 200 else {}

    async def look(self, path: str) -> Json:
        """Read something from the control API."""
        async with self.session.get(f"{self.town.hands.url}/_control/{path}") as said:
            return dict(await said.json())

    async def types(self, user: str, text: str, channel: str | None = None, **more: object) -> Json:
        """A slash command; returns once it is acked, or not."""
        name, _, rest = text.partition(" ")
        fields = {"user": user, "channel": channel or direct(user), "command": name, "text": rest}
        return await self.do("command", **{**fields, "blind": True, **more})

    async def clicks(self, user: str, message: Json, action: str) -> Json:
        """Press a button of a message."""
        place = {"channel": message["channel"], "message_ts": message["ts"]}
        return await self.do("interact", user=user, action_id=action, blind=True, **place)

    async def writes(self, user: str, text: str) -> Json:
        """A direct message."""
        return await self.do("message", user=user, channel=direct(user), text=text, blind=True)

    async def go_on_to(self, moment: datetime) -> None:
        """Set the clock of sandbox and bot to a moment, unless it is past; never back."""
        async with self.at_clock:
            if moment > self.town.now():
                await self.do("clock", now=moment.isoformat())
                self.town.follow(moment)

    async def note(self) -> None:
        """Take over what the sandbox logged since."""
        since = self.noted[-1]["number"] if self.noted else 0
        self.noted += (await self.look(f"log?since={since}"))["log"]


@asynccontextmanager
async def crowd(town: Town) -> AsyncIterator[Crowd]:
    """The people of a town. The sandbox's log is read on and on, since it forgets."""
    connector = aiohttp.TCPConnector(limit=MOST_AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=LONGEST_SECONDS)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        people = Crowd(town, session)
        noting = asyncio.create_task(_keep_noting(people))
        try:
            yield people
        finally:
            noting.cancel()
            with suppress(asyncio.CancelledError):
                await noting
            await people.note()


async def _keep_noting(people: Crowd) -> None:
    while True:
        await people.note()
        await asyncio.sleep(1)


@asynccontextmanager
async def side_by_side(most: int) -> AsyncIterator[Begin]:
    """So much at once: what is given begins as soon as there is room for it.

    Who is slow holds up nobody else; on leaving the block everything has ended.
    """
    turn = asyncio.Semaphore(most)

    async def done(work: Awaitable[None]) -> None:
        try:
            await work
        finally:
            turn.release()

    async with asyncio.TaskGroup() as together:

        async def begin(work: Awaitable[None]) -> None:
            await turn.acquire()
            together.create_task(done(work))

        yield begin
