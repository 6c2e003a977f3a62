"""Payloads that no client of the workspace would let a person send: forged, late, by anybody.

They travel as real envelopes over the bot's socket, so that everything behind the socket is real.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox import payloads
from sandbox.ack import Ack
from sandbox.workspace import User
from tests.bot.office import Office
from tests.bot.people import words_of
from tests.sandbox.hands import Json

T = TypeVar("T")
CHANNEL = "C0STAFF"


@dataclass(frozen=True)
class Told:
    """What came back to whoever sent a payload: with the ack, or after it."""

    ack: Ack
    after: tuple[str, ...] = ()

    @property
    def errors(self) -> dict[str, str]:
        """The sentences beside fields."""
        found: dict[str, str] = (self.ack.payload or {}).get("errors") or {}
        return found

    @property
    def text(self) -> str:
        """All the words."""
        payload = self.ack.payload or {}
        view = words_of(payload["view"]) if "view" in payload else ""
        said = [payload.get("text", ""), view, *self.errors.values(), *self.after]
        return "\n".join(each for each in said if each)


@dataclass(frozen=True)
class Forger:
    """Sends what it likes in anybody's name."""

    office: Office

    def command(self, user: str, name: str, text: str, twice: bool = False) -> Told:
        """A slash command."""
        world = self.office.sandbox._world
        channel = world.people.channels[CHANNEL]

        def make() -> Json:
            return payloads.command(world, self._user(user), channel, name, text)

        return self._send("slash_commands", user, make, twice)

    def click(self, user: str, action_id: str, value: str | None, twice: bool = False) -> Told:
        """A click on a button of a message that the bot once posted."""
        return self._send("interactive", user, lambda: self._click(user, action_id, value), twice)

    def form(
        self,
        user: str,
        view: Json,
        values: Json | None = None,
        metadata: str | None = None,
        twice: bool = False,
    ) -> Told:
        """A form, as it was opened for somebody, sent with other values or metadata."""
        world = self.office.sandbox._world

        def make() -> Json:
            sent = {**view, "hash": world.views.new_hash()}
            sent["state"] = {"values": {**view["state"]["values"], **(values or {})}}
            if metadata is not None:
                sent["private_metadata"] = metadata
            return payloads.submission(world, self._user(user), sent, [])

        return self._send("interactive", user, make, twice)

    def picked(self, user: str, view: Json, indicator: str, twice: bool = False) -> Told:
        """An indicator chosen in a form's menu."""
        world = self.office.sandbox._world

        def make() -> Json:
            option = {"text": {"type": "plain_text", "text": "x"}, "value": indicator}
            action = {
                "type": "external_select",
                "action_id": "pick_indicator",
                "block_id": "indicator",
                "selected_option": option,
                "action_ts": world.messages.next_ts(),
            }
            return payloads.view_action(world, self._user(user), view, action)

        return self._send("interactive", user, make, twice)

    def suggested(self, user: str, view: Json, letters: str) -> Told:
        """Letters typed into the menu of indicators."""
        world = self.office.sandbox._world

        def make() -> Json:
            element = {"type": "external_select", "action_id": "pick_indicator"}
            place = payloads.view_container(view)
            block = {"block_id": "indicator"}
            return payloads.suggestion(world, self._user(user), place, (block, element), letters)

        return self._send("interactive", user, make)

    def _click(self, user: str, action_id: str, value: str | None) -> Json:
        world = self.office.sandbox._world
        posted = world.messages.post(CHANNEL, world.bot.user_id, by_app=True, text="もとの投稿")
        action: Json = {
            "type": "button",
            "action_id": action_id,
            "block_id": "row",
            "action_ts": world.messages.next_ts(),
        }
        if value is not None:
            action["value"] = value
        return payloads.message_action(world, self._user(user), posted, action, {})

    def _user(self, user: str) -> User:
        """Somebody of the workspace, or somebody it never heard of."""
        known = self.office.sandbox._world.people.users.get(user)
        return known or User(user, user.lower(), user, self.office.sandbox._world.workspace.team_id)

    def _send(self, kind: str, user: str, make: Callable[[], Json], twice: bool = False) -> Told:
        """Deliver, and wait for all that comes of it."""
        self.office.rests()
        world, before = self.office.sandbox._world, set(self._said_to(user).items())

        async def deliver() -> Ack:
            return await world.deliver(kind, make(), takes_payload=True)

        ack = (
            self.office.redelivered(lambda: self._run(deliver())) if twice else self._run(deliver())
        )
        assert ack.acked, ack
        self.office.rests()
        said = self._said_to(user).items()
        return Told(ack, tuple(text for ts, text in said if (ts, text) not in before))

    def _said_to(self, user: str) -> dict[str, str]:
        """What only this user sees of the channel in which they act, and their direct messages: by ts."""
        world, home = self.office.sandbox._world, f"D0{user.removeprefix('U0')}"

        async def read() -> dict[str, str]:
            return {
                message.ts: message.text
                for room in (CHANNEL, home)
                for message in world.messages.of_channel(room)
                if message.ephemeral_to == user or (room == home and not message.ephemeral_to)
            }

        return self._run(read())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        loop = self.office.sandbox._loop
        assert loop is not None
        return asyncio.run_coroutine_threadsafe(work, loop).result(10)
