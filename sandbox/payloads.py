"""The payloads of commands and interactions, in Slack's shapes."""

from __future__ import annotations

from sandbox.messages import Message
from sandbox.objects import message_object
from sandbox.values import values_of
from sandbox.views import public
from sandbox.wire import Json
from sandbox.workspace import Channel, User
from sandbox.world import World


def command(world: World, user: User, channel: Channel, name: str, text: str) -> Json:
    """Return the payload of a slash command."""
    key = world.passes.issue_url(channel.id, user.id)
    return {
        "token": "sandbox",
        "team_id": user.team_id,
        "team_domain": world.workspace.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": world.bot.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(world, "commands", key),
        "trigger_id": world.passes.issue_trigger(user.id),
    }


def message_action(world: World, user: User, message: Message, action: Json, filled: Json) -> Json:
    """Return the block_actions payload of an action in a message."""
    channel = world.people.channels[message.channel]
    hidden = message.ephemeral_to is not None
    key = world.passes.issue_url(channel.id, user.id, message.ts, message.thread_ts)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": hidden,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        **_interaction(world, "block_actions", user),
        "container": container,
        "trigger_id": world.passes.issue_trigger(user.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values_of(message.blocks, filled)},
        "response_url": response_url(world, "actions", key),
        "actions": [action],
    }
    # Slack doesn't keep ephemeral messages and so can't hand them over.
    return payload if hidden else {**payload, "message": message_object(world, message)}


def view_action(world: World, user: User, view: Json, action: Json) -> Json:
    """Return the block_actions payload of an action in a modal or a Home tab."""
    return {
        **_interaction(world, "block_actions", user),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": world.passes.issue_trigger(user.id, view["id"]),
        "view": public(view),
        "actions": [action],
    }


def submission(world: World, user: User, view: Json, urls: list[Json]) -> Json:
    """Return the view_submission payload of a modal."""
    return {
        **_interaction(world, "view_submission", user),
        "trigger_id": world.passes.issue_trigger(user.id, view["id"]),
        "view": public(view),
        "response_urls": urls,
    }


def closing(world: World, user: User, view: Json, *, all_of_them: bool) -> Json:
    """Return the view_closed payload of a modal."""
    return {
        **_interaction(world, "view_closed", user),
        "view": public(view),
        "is_cleared": all_of_them,
    }


def suggestion(
    world: World, user: User, container: Json, element: tuple[Json, Json], typed: str
) -> Json:
    """Return the block_suggestion payload of an external select, given as (block, element)."""
    return {
        **_interaction(world, "block_suggestion", user),
        "action_id": element[1]["action_id"],
        "block_id": element[0]["block_id"],
        "value": typed,
        **container,
    }


def message_container(world: World, message: Message) -> Json:
    """Return what a suggestion says of the message it was asked in."""
    channel = world.people.channels[message.channel]
    container = {"type": "message", "channel_id": channel.id, "message_ts": message.ts}
    return {
        "container": {**container, "is_ephemeral": message.ephemeral_to is not None},
        "channel": {"id": channel.id, "name": channel_name(channel)},
    }


def view_container(view: Json) -> Json:
    """Return what a suggestion says of the view it was asked in."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": public(view)}


def response_url(world: World, kind: str, key: str) -> str:
    """Return the address of a response URL."""
    return f"{world.base_url}/{kind}/{world.workspace.team_id}/{key}"


def channel_name(channel: Channel) -> str:
    """Return a channel's name as payloads give it."""
    return "directmessage" if channel.is_im else channel.name


def _interaction(world: World, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id,
        },
        "api_app_id": world.bot.app_id,
        "token": "sandbox",
        "team": {"id": world.workspace.team_id, "domain": world.workspace.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
