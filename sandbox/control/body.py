"""Reading the body of a control call: one clear sentence for whatever is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.wire import ControlError, Json
from sandbox.workspace import Channel, User
from sandbox.world import World


@dataclass(frozen=True)
class Body:
    """A control call's body. Each reader raises ControlError with a sentence."""

    world: World
    fields: Json

    def text(self, name: str, default: str | None = None) -> str:
        """Return a string; without a default it has to be there."""
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise ControlError(f"{name} must be a string: {value!r}")
        return value

    def maybe(self, name: str) -> str | None:
        """Return a string that may be absent or null."""
        return None if self.fields.get(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        """Return a boolean, false if absent."""
        value = self.fields.get(name, False)
        if not isinstance(value, bool):
            raise ControlError(f"{name} must be true or false: {value!r}")
        return value

    def seconds(self, name: str, default: float, most: float = 60.0) -> float:
        """Return a number of seconds."""
        value: Any = self.fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise ControlError(f"{name} must be a number of seconds from 0 to {most:g}: {value!r}")
        return float(value)

    def user(self) -> User:
        """Return the acting user."""
        name = self.text("user")
        user = self.world.people.users.get(name)
        if user is None:
            known = ", ".join(sorted(self.world.people.users))
            raise ControlError(f"there is no user {name!r}; there are {known}", 404)
        return user

    def channel_of(self, user: User) -> Channel:
        """Return the channel meant, which the acting user has to be in."""
        channel = named_channel(self.world, self.text("channel"))
        if user.id not in channel.members:
            raise ControlError(f"{user.id} is not in {channel.id}")
        return channel


def named_channel(world: World, name: str) -> Channel:
    """Return a channel by id. ControlError if there is none."""
    channel = world.people.channels.get(name)
    if channel is None:
        known = ", ".join(sorted(world.people.channels))
        raise ControlError(f"there is no channel {name!r}; there are {known}", 404)
    return channel
