"""What the experimenter does: faults, the clock, a reset, changes of users and channels."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sandbox import events
from sandbox.control.body import Body
from sandbox.faults import SOCKETS
from sandbox.objects import channel_object, user_object
from sandbox.visibility import shown
from sandbox.wire import ControlError, Json
from sandbox.workspace import Channel
from sandbox.world import World


async def fault(body: Body) -> Json:
    """Arm a fault, or with {"kind": "clear"} disarm all; answer what is armed."""
    if body.fields.get("kind") == "clear":
        body.world.faults.clear()
        body.world.connections.speak_again()
    else:
        armed = body.world.faults.arm(body.fields)
        if armed.kind in SOCKETS:
            await body.world.connections.misbehave(armed)
    return {"ok": True, "armed": body.world.faults.listing()}


async def clock(body: Body) -> Json:
    """Set the clock, let the bot tick and drain, and answer what it posted meanwhile."""
    world = body.world
    moment = _moment(body.text("now"))
    since = world.pulse.version
    world.clock.set(moment)
    world.keep_clock()
    world.pulse.beat()
    if world.on_clock is not None:
        await asyncio.to_thread(world.on_clock, world.clock.now())
    if wait := body.seconds("wait", 0.0):
        await asyncio.sleep(wait)
    changed = [m for m in world.messages.changed_since(since) if m.by_app and not m.deleted]
    posted = [shown(world, m) for m in changed]
    return {"ok": True, "now": world.clock.now().isoformat(), "posted": posted}


async def reset(body: Body) -> Json:
    """Make the workspace as configured, and empty the bot's data if asked to."""
    bot_data = body.flag("bot_data")
    world = body.world
    world.reset()
    world.connections.speak_again()
    if world.on_reset is not None:
        await asyncio.to_thread(world.on_reset, bot_data)
    return {"ok": True, "bot_data": bot_data and world.on_reset is not None}


async def user(body: Body) -> Json:
    """Change a user or add one; the bot hears team_join or user_change."""
    user_id = body.text("user")
    changes = {key: value for key, value in body.fields.items() if key not in ("user", "wait")}
    is_new = user_id not in body.world.people.users
    try:
        changed = body.world.people.change_user(user_id, changes)
    except TypeError as error:
        raise ControlError(f"a user can't be changed like that: {error}") from error
    kind = "team_join" if is_new else "user_change"
    ack = await events.tell(body.world, kind, events.user_event(body.world, kind, changed))
    acked = None if ack is None else ack.acked
    return {"ok": True, "acked": acked, "user": user_object(body.world, changed)}


async def channel(body: Body) -> Json:
    """Change a channel or add one; the bot hears who joined and left, and that it was shared."""
    channel_id = body.text("channel")
    changes = {key: value for key, value in body.fields.items() if key not in ("channel", "wait")}
    before = body.world.people.channels.get(channel_id)
    _check_members(body.world, changes)
    try:
        changed = body.world.people.change_channel(channel_id, changes)
    except TypeError as error:
        raise ControlError(f"a channel can't be changed like that: {error}") from error
    await _tell_of_members(body.world, changed, before.members if before else ())
    if changed.is_ext_shared and before and not before.is_ext_shared:
        event = events.shared_event(body.world, channel_id)
        await events.tell(body.world, "channel_shared", event)
    return {"ok": True, "channel": channel_object(body.world, changed)}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ControlError(f"now must be like 2026-05-11T08:59:00+09:00: {text!r}") from None
    if moment.tzinfo is None:
        raise ControlError(f"now needs an offset, like 2026-05-11T08:59:00+09:00: {text!r}")
    return moment


def _check_members(world: World, changes: Json) -> None:
    members = changes.get("members", [])
    if not isinstance(members, list) or any(m not in world.people.users for m in members):
        raise ControlError(f"members must be a list of users that exist: {members!r}")


async def _tell_of_members(world: World, channel: Channel, before: tuple[str, ...]) -> None:
    bot = world.bot.user_id
    for name in channel.members:
        if name not in before and bot in channel.members:
            await _tell(world, "member_joined_channel", channel, name)
    for name in before:
        if name not in channel.members and (name == bot or bot in channel.members):
            await _tell(world, "member_left_channel", channel, name)


async def _tell(world: World, kind: str, channel: Channel, name: str) -> None:
    event = events.member_event(world, kind, channel.id, world.people.users[name])
    await events.tell(world, kind, event)
