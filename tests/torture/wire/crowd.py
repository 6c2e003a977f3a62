"""Many people at once: the control API over connections that stay open, without a thread each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp

from tests.crash.town import Town
from tests.sandbox.hands import Json

T = TypeVar("T")

MOST_AT_ONCE = 400
LONGEST_SECONDS = 120
GLANCE_SECONDS = 0.05


@dataclass
class Crowd:
    """Everybody of a workspace. What they do returns what the sandbox answers."""

    town: Town
    session: aiohttp.ClientSession
    noted: list[Json] = field(default_factory=list)

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

    async def reads(self, user: str) -> list[Json]:
        """Their direct messages with the bot."""
        return list((await self.look(f"messages/{direct(user)}?as={user}"))["messages"])

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


async def side_by_side(work: Iterable[Awaitable[T]], most: int = MOST_AT_ONCE) -> list[T]:
    """Do all of it, so much at once; what came of each, in order."""
    turn = asyncio.Semaphore(most)

    async def one(each: Awaitable[T]) -> T:
        async with turn:
            return await each

    return list(await asyncio.gather(*map(one, work)))


def direct(user: str) -> str:
    """The channel of a user's direct messages with the bot."""
    return f"D{user[1:]}"
