"""Finding what a person acts on: an element in a message or a view before their eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox import payloads
from sandbox.control.body import Body
from sandbox.messages import Message
from sandbox.values import elements
from sandbox.visibility import sees
from sandbox.wire import ControlError, Json
from sandbox.workspace import User
from sandbox.world import World


@dataclass(frozen=True)
class MessagePlace:
    """A message, where `user` has filled in what `world.typed` keeps."""

    world: World
    user: User
    message: Message

    @property
    def blocks(self) -> Sequence[Json]:
        """The blocks to act in."""
        return self.message.blocks

    @property
    def filled(self) -> Json:
        """What the user has filled in so far."""
        return self.world.typed.get(self._key, {})

    def fill(self, values: Json) -> None:
        """Keep what the user has filled in."""
        self.world.remember_typed(self._key, values)

    def payload(self, action: Json) -> Json:
        """Return the payload of an action here."""
        return payloads.message_action(self.world, self.user, self.message, action, self.filled)

    def container(self) -> Json:
        """Return what a suggestion's payload says of this place."""
        return payloads.message_container(self.world, self.message)

    @property
    def _key(self) -> str:
        return f"{self.user.id} {self.message.channel} {self.message.ts}"


@dataclass(frozen=True)
class ViewPlace:
    """A modal or Home tab of `user`."""

    world: World
    user: User
    view_id: str

    @property
    def view(self) -> Json:
        """The view as it is now."""
        return self.world.views.find(self.view_id) or {}

    @property
    def blocks(self) -> Sequence[Json]:
        """The blocks to act in."""
        return list(self.view["blocks"])

    @property
    def filled(self) -> Json:
        """What the user has filled in so far."""
        return dict(self.view["state"]["values"])

    def fill(self, values: Json) -> None:
        """Keep what the user has filled in."""
        self.world.views.remember_values(self.view, values)

    def payload(self, action: Json) -> Json:
        """Return the payload of an action here."""
        return payloads.view_action(self.world, self.user, self.view, action)

    def container(self) -> Json:
        """Return what a suggestion's payload says of this place."""
        return payloads.view_container(self.view)


Place = MessagePlace | ViewPlace


def find_place(body: Body, user: User) -> Place:
    """Return the message or view that a control call names. ControlError if the user has none."""
    if body.maybe("view_id"):
        return ViewPlace(body.world, user, find_view(body, user)["id"])
    channel = body.channel_of(user)
    ts = body.text("message_ts")
    message = body.world.messages.find(channel.id, ts)
    if message is None or not sees(body.world, user.id, message):
        raise ControlError(f"{user.id} sees no message {ts} in {channel.id}", 404)
    return MessagePlace(body.world, user, message)


def find_view(body: Body, user: User) -> Json:
    """Return the user's view that a control call names. ControlError if there is none."""
    view_id = body.text("view_id")
    view = body.world.views.find(view_id)
    if view is None or view["sandbox"]["user"] != user.id:
        raise ControlError(f"{user.id} has no view {view_id!r} open", 404)
    return view


def find_element(body: Body, place: Place) -> tuple[Json, Json]:
    """Return the block and element that a control call names. ControlError if they aren't there."""
    action_id, block_id = body.text("action_id"), body.maybe("block_id")
    there = elements(place.blocks)
    for block, element in there:
        if element["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, element
    known = ", ".join(element["action_id"] for _, element in there) or "nothing to act on"
    at = f" in block {block_id!r}" if block_id else ""
    raise ControlError(f"there is no action {action_id!r}{at}; there is {known}", 404)
