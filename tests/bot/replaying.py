"""Payloads of anybody that come twice, one after the other, and what is said to them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sandbox.ack import Ack
from sandbox.messages import Message
from tests.bot.forging import CHANNEL, Forger, Told
from tests.bot.people import words_of
from tests.sandbox.hands import Json

_NUMBERS = itertools.count(1)
_NO_ACK = Ack(acked=True)


@dataclass(frozen=True)
class Replayer(Forger):
    """Sends what it likes in anybody's name, and waits for all that comes of it."""

    def event(self, user: str, told: Json, *, private: bool) -> Told:
        """Something that Slack tells of somebody."""
        world = self.office.sandbox._world
        number = next(_NUMBERS)
        channel = f"D0{user.removeprefix('U0')}" if private else CHANNEL
        about = {"user": user, "channel": channel, "ts": f"1748900000.{number:06}"}
        body = {
            "type": "event_callback",
            "token": "sandbox",
            "team_id": world.workspace.team_id,
            "api_app_id": world.bot.app_id,
            "event": {**about, "team": self._user(user).team_id, **told},
            "event_id": f"Ev0WALK{number:04}",
            "is_ext_shared_channel": False,
        }

        async def both() -> None:
            for _ in range(2):
                assert (await world.deliver("events_api", body, takes_payload=False)).acked

        self._run(both())
        self.office.rests()
        if told["type"] == "app_home_opened":
            return Told(_NO_ACK, tuple(self._home_of(user)))
        key = f"%{body['event_id']}%"
        said = "SELECT payload FROM outbox WHERE key LIKE ?"
        found = [json.loads(row["payload"] or "{}") for row in self.office.rows(said, key)]
        return Told(_NO_ACK, tuple(payload["text"] for payload in found))

    def _home_of(self, user: str) -> Iterator[str]:
        """What their Home tab says."""
        view = self.office.sandbox._world.views.home(user)
        if view is not None:
            yield words_of(view)

    def _send(self, kind: str, user: str, make: Callable[[], Json], twice: bool = False) -> Told:
        """Deliver, and again; all that comes of it is waited for."""
        world = self.office.sandbox._world

        async def deliver() -> tuple[int, list[Ack]]:
            payload, before = make(), world.pulse.version
            times = 2 if twice else 1
            acks = [await world.deliver(kind, payload, takes_payload=True) for _ in range(times)]
            return before, acks

        before, acks = self._run(deliver())
        assert all(ack.acked for ack in acks), acks
        self.office.rests()
        return Told(acks[0], tuple(m.text for m in self._heard(user, before)))

    def _heard(self, user: str, since: int) -> list[Message]:
        """What only this user sees, what is new in their direct messages, and what a button's message
        became.
        """
        world, home = self.office.sandbox._world, f"D0{user.removeprefix('U0')}"

        async def read() -> list[Message]:
            return [
                message
                for message in world.messages.changed_since(since)
                if message.ephemeral_to == user
                or message.channel == home
                or (message.channel == CHANNEL and message.edited)
            ]

        return self._run(read())
