"""Waiting for the bot: what a control call answers after something was sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass

from sandbox.ack import Ack
from sandbox.control.body import Body
from sandbox.visibility import appeared
from sandbox.wire import Json
from sandbox.world import World

WAIT_SECONDS = 2.0


@dataclass
class Watch:
    """Looks at the workspace through one user's eyes, from the moment it was made.

    A `blind` one sees nothing: for when many do much at once and only the acks are of interest.
    """

    world: World
    user_id: str
    wait: float
    since: int
    begun: float
    blind: bool = False

    async def outcome(self, delivery: Awaitable[Ack | None]) -> Json:
        """Wait for the ack (or 3 s), then until something appeared or `wait` seconds passed.

        Returns the answer of the control call. A delivery of None had nothing to tell the bot.
        """
        if self.blind:
            return self.answer(await delivery, None)
        seen = asyncio.ensure_future(self._first_appearance())
        try:
            ack = await delivery
            sent = ack is not None and ack.error != "dispatch_failed"
            if sent and not seen.done() and self.wait > 0:
                await asyncio.wait([seen], timeout=self.wait)
            answer_ms = seen.result() if seen.done() else None
        finally:
            seen.cancel()
        return self.answer(ack, answer_ms)

    def answer(self, ack: Ack | None, answer_ms: float | None) -> Json:
        """Return the answer of a control call."""
        nothing: tuple[list[Json], list[Json]] = ([], [])
        messages, views = nothing if self.blind else appeared(self.world, self.user_id, self.since)
        answer: Json = {
            "ok": ack is None or (ack.acked and not ack.error),
            "acked": None if ack is None else ack.acked,
            "ack_ms": None if ack is None else ack.ms,
            "answer_ms": answer_ms,
            "since": self.since,
            "messages": messages,
            "views": views,
        }
        if ack is not None and ack.error:
            answer["error"] = ack.error
        return answer

    async def _first_appearance(self) -> float:
        version = self.since
        while True:
            if any(appeared(self.world, self.user_id, self.since)):
                return round((time.monotonic() - self.begun) * 1000, 3)
            version = await self.world.pulse.wait(version, 3600)


def watch(body: Body, user_id: str) -> Watch:
    """Begin to watch for what appears before a user from now on."""
    wait, blind = body.seconds("wait", WAIT_SECONDS), body.flag("blind")
    return Watch(body.world, user_id, wait, body.world.pulse.version, time.monotonic(), blind)
