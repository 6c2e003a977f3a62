"""Events: what the Events API tells the bot, and to whom it matters."""

from __future__ import annotations

import re
import secrets

from sandbox.ack import Ack
from sandbox.files import File
from sandbox.messages import Message
from sandbox.objects import message_object, user_object
from sandbox.views import public
from sandbox.wire import Json
from sandbox.workspace import User
from sandbox.world import World

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


async def tell(world: World, subscription: str, event: Json) -> Ack | None:
    """Send an event to the bot. None if its manifest doesn't subscribe to it.

    `subscription` is the event's name in the manifest, such as "message.im".
    """
    if subscription not in world.manifest.events:
        return None
    body = {
        "token": "sandbox",
        "team_id": world.workspace.team_id,
        "context_team_id": world.workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": world.bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": "Ev0" + secrets.token_hex(5).upper(),
        "event_time": int(world.clock.now().timestamp()),
        "authorizations": [_authorization(world)],
        "is_ext_shared_channel": _is_shared(world, event),
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }
    return await world.deliver("events_api", body, takes_payload=False)


async def tell_of_message(world: World, message: Message) -> Ack | None:
    """Tell the bot of a message someone wrote, as far as it hears of it. None if it doesn't."""
    channel = world.people.channels[message.channel]
    if channel.is_im:
        return await tell(world, "message.im", message_event(world, message))
    heard: Ack | None = None
    if world.bot.user_id in channel.members:
        kind = "message.groups" if channel.is_private else "message.channels"
        heard = await tell(world, kind, message_event(world, message))
    if world.bot.user_id in _MENTION.findall(message.text) and world.bot.user_id in channel.members:
        return await tell(world, "app_mention", mention_event(world, message))
    return heard


def message_event(world: World, message: Message) -> Json:
    """Return the message event of a message."""
    channel = world.people.channels[message.channel]
    kind = "im" if channel.is_im else "group" if channel.is_private else "channel"
    event = {
        **message_object(world, message),
        "channel": message.channel,
        "event_ts": message.ts,
        "channel_type": kind,
        "client_msg_id": None if message.bot_id else secrets.token_hex(16),
    }
    if message.files:
        event["subtype"] = "file_share"
    team_id = event["team"]
    if team_id != world.workspace.team_id:
        event |= {"user_team": team_id, "source_team": team_id}
    return {key: value for key, value in event.items() if value is not None}


def mention_event(world: World, message: Message) -> Json:
    """Return the app_mention event of a message."""
    event = message_event(world, message)
    for key in ("channel_type", "subtype"):
        event.pop(key, None)
    return {**event, "type": "app_mention"}


def changed_event(world: World, message: Message, before: Message) -> Json:
    """Return the message event that tells of a change."""
    ts = world.messages.next_ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": message_object(world, message),
        "previous_message": message_object(world, before),
        "channel": message.channel,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": "im",
    }


def home_event(world: World, user: User, channel: str, tab: str) -> Json:
    """Return the app_home_opened event of the "home" or the "messages" tab."""
    event = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel,
        "tab": tab,
        "event_ts": world.messages.next_ts(),
    }
    home = world.views.home(user.id)
    return {**event, "view": public(home)} if home and tab == "home" else event


def shared_event(world: World, channel: str) -> Json:
    """Return the channel_shared event: a channel was opened to another organisation."""
    ts = world.messages.next_ts()
    return {
        "type": "channel_shared",
        "connected_team_id": "T0OTHER",
        "channel": channel,
        "event_ts": ts,
    }


def file_event(world: World, file: File, channel: str, user: str) -> Json:
    """Return the file_shared event."""
    return {
        "type": "file_shared",
        "file_id": file.id,
        "user_id": user,
        "file": {"id": file.id},
        "channel_id": channel,
        "event_ts": world.messages.next_ts(),
    }


def user_event(world: World, kind: str, user: User) -> Json:
    """Return the team_join or user_change event."""
    shown = user_object(world, user)
    return {"type": kind, "user": shown, "event_ts": world.messages.next_ts()}


def member_event(world: World, kind: str, channel: str, user: User) -> Json:
    """Return the member_joined_channel or member_left_channel event."""
    return {
        "type": kind,
        "user": user.id,
        "channel": channel,
        "channel_type": "C",
        "team": user.team_id,
        "event_ts": world.messages.next_ts(),
    }


def _authorization(world: World) -> Json:
    return {
        "enterprise_id": None,
        "team_id": world.workspace.team_id,
        "user_id": world.bot.user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }


def _is_shared(world: World, event: Json) -> bool:
    channel = world.people.channels.get(event.get("channel", ""))
    return channel is not None and channel.is_ext_shared
