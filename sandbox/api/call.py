"""One call of a Web API method: its arguments, however they came, and the checks all share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.wire import Json, SlackError
from sandbox.workspace import Channel, User
from sandbox.world import World

_YES, _NO = ("true", "1", "yes"), ("false", "0", "no", "")


@dataclass(frozen=True)
class Call:
    """A call with its arguments. Each reader raises SlackError as Slack would."""

    world: World
    args: Json

    def text(self, name: str, default: str = "") -> str:
        """Return a string argument; a JSON client may send numbers, Slack takes those too."""
        value = self.args.get(name)
        if value is None:
            return default
        if isinstance(value, dict | list):
            raise SlackError("invalid_arguments", [f"[ERROR] must be a string: {name}"])
        return str(value)

    def required(self, name: str) -> str:
        """Return a string argument that has to be there."""
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean argument."""
        value = str(self.args.get(name, default)).lower()
        if value not in (*_YES, *_NO):
            raise SlackError("invalid_arguments", [f"[ERROR] must be a boolean: {name}"])
        return value in _YES

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 1 to `most`; a larger one counts as `most`."""
        try:
            value = int(self.args.get(name) or default)
        except (ValueError, TypeError):
            raise SlackError("invalid_limit") from None
        if value < 1:
            raise SlackError("invalid_limit")
        return min(value, most)

    def json(self, name: str, error: str) -> Any:
        """Return an argument that is JSON, as itself or in a string; None if absent."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def need(self, scope: str) -> None:
        """Check that the app has a scope. SlackError missing_scope if not."""
        granted = self.world.manifest.scopes
        if granted is not None and scope not in granted:
            provided = ",".join(sorted(granted))
            raise SlackError("missing_scope", needed=scope, provided=provided)

    def channel(self, name: str = "channel") -> Channel:
        """Return the channel an argument names. A private one without the bot isn't found."""
        channel = self.world.people.channels.get(self.required(name))
        if channel is None or (channel.is_private and not self.is_member(channel)):
            raise SlackError("channel_not_found")
        return channel

    def destination(self) -> Channel:
        """Return the channel to post to; a user's id stands for their direct messages."""
        named = self.required("channel")
        if named not in self.world.people.users:
            return self.channel()
        return self.direct_messages(self.user_named(named))

    def direct_messages(self, user: User) -> Channel:
        """Return the direct messages with a user. SlackError cannot_dm_bot with a bot."""
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
        channels = self.world.people.channels.values()
        return next(c for c in channels if c.is_im and c.user == user.id)

    def user(self, name: str = "user") -> User:
        """Return the user an argument names."""
        return self.user_named(self.required(name))

    def user_named(self, user_id: str) -> User:
        """Return a user by id. SlackError user_not_found if there is none."""
        user = self.world.people.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def is_member(self, channel: Channel) -> bool:
        """Tell whether the bot is in a channel."""
        return self.world.bot.user_id in channel.members

    def member_only(self, channel: Channel) -> Channel:
        """Check that the bot is in a channel. SlackError not_in_channel if not."""
        if not self.is_member(channel):
            raise SlackError("not_in_channel")
        return channel


def kind_of(channel: Channel) -> str:
    """Return the word in the scopes for a kind of channel: im, groups or channels."""
    return "im" if channel.is_im else "groups" if channel.is_private else "channels"


def page(items: list[Any], call: Call, default: int, most: int) -> tuple[list[Any], Json]:
    """Cut one page out of a list by `cursor` and `limit`; return it and the next cursor."""
    limit = call.number("limit", default, most)
    cursor = call.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise SlackError("invalid_cursor")
    begin = int(cursor.removeprefix("next:") or 0)
    rest = begin + limit < len(items)
    return items[begin : begin + limit], {"next_cursor": f"next:{begin + limit}" if rest else ""}
