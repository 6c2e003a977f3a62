"""What people do in channels: type commands, write messages, drop files, open the Home tab."""

from __future__ import annotations

import re

from sandbox import events, payloads, responses
from sandbox.ack import Ack
from sandbox.control.body import Body
from sandbox.control.watch import watch
from sandbox.files import File
from sandbox.objects import file_object
from sandbox.views import public
from sandbox.wire import ControlError, Json, SlackError
from sandbox.workspace import Channel, User
from sandbox.world import World

_USER = re.compile(r"(?<![<\w])@([^\s<>@#]+)")
_CHANNEL = re.compile(r"(?<![<\w])#([^\s<>@#]+)")


async def command(body: Body) -> Json:
    """Run a slash command."""
    user = body.user()
    channel = body.channel_of(user)
    name, text = body.text("command"), body.text("text", "")
    known = body.world.manifest.command(name)
    if known is None or not name.startswith("/"):
        raise ControlError(f"{name} is not a command of this app")
    if known.should_escape:
        text = escape(body.world, text)
    look = watch(body, user.id)
    payload = payloads.command(body.world, user, channel, name, text.strip())

    async def run() -> Ack:
        ack = await body.world.deliver("slash_commands", payload, takes_payload=True)
        return _post_answer(body.world, channel, user, ack)

    return await look.outcome(run())


async def message(body: Body) -> Json:
    """Write a message in a channel, a thread or the direct messages."""
    user = body.user()
    channel = body.channel_of(user)
    _check_writable(body.world, channel)
    thread = _thread(body, channel)
    files = tuple(_shared(body, channel))
    text = body.text("text", "")
    if not text and not files:
        raise ControlError("a message needs text or files")
    posted = body.world.messages.post(
        channel.id, user.id, text=text, thread_ts=thread, files=files, bot_id=user.bot_id
    )
    look = watch(body, user.id)

    async def tell() -> Ack | None:
        for file_id in files:
            await _tell_of_file(body.world, file_id, channel, user)
        return await events.tell_of_message(body.world, posted)

    answer = await look.outcome(tell())
    return {**answer, "ts": posted.ts}


async def upload(body: Body) -> Json:
    """Drop a file into a channel or the direct messages."""
    content = body.fields.get("content")
    if not isinstance(content, bytes) or not content:
        raise ControlError("content must be the file's bytes, in base64 or as a multipart file")
    user = body.user()
    channel = body.channel_of(user)
    file = _new_file(body.world, body.text("filename"), content, user)
    fields = {**body.fields, "files": [file.id]}
    answer = await message(Body(body.world, fields))
    shared = body.world.files.find(file.id)
    return {**answer, "file": file_object(body.world, shared or file), "channel": channel.id}


async def open_home(body: Body) -> Json:
    """Open the app's Home tab, or with `tab: "messages"` the direct messages with it."""
    user, tab = body.user(), body.text("tab", "home")
    _check_tab(body.world, tab)
    look = watch(body, user.id)
    channel = body.world.people.channels
    direct = next(c.id for c in channel.values() if c.is_im and c.user == user.id)
    event = events.home_event(body.world, user, direct, tab)
    answer = await look.outcome(events.tell(body.world, "app_home_opened", event))
    home = body.world.views.home(user.id)
    return {**answer, "view": public(home) if home else None}


def _check_tab(world: World, tab: str) -> None:
    if tab not in ("home", "messages"):
        raise ControlError(f"tab must be home or messages: {tab!r}")
    if tab == "home" and not world.manifest.home_tab:
        raise ControlError("the app's manifest has no Home tab")


def escape(world: World, text: str) -> str:
    """Turn @name and #channel as typed into <@U…> and <#C…|name>, as `should_escape` asks."""

    def user(found: re.Match[str]) -> str:
        for one in world.people.users.values():
            if found[1] in (one.id, one.name, one.real_name):
                return f"<@{one.id}>"
        return found[0]

    def channel(found: re.Match[str]) -> str:
        for one in world.people.channels.values():
            if not one.is_im and found[1] in (one.id, one.name):
                return f"<#{one.id}|{one.name}>"
        return found[0]

    return _CHANNEL.sub(channel, _USER.sub(user, text))


def _post_answer(world: World, channel: Channel, user: User, ack: Ack) -> Ack:
    if not ack.payload:
        return ack
    try:
        responses.answer_command(world, channel.id, user.id, ack.payload)
    except SlackError as refusal:
        what = "invalid_command_response"
        world.complain(what, error=refusal.error, messages=refusal.messages)
        return Ack(True, ack.ms, ack.payload, error=what)
    return ack


def _check_writable(world: World, channel: Channel) -> None:
    if channel.is_archived:
        raise ControlError(f"{channel.id} is archived")
    if channel.is_im and not world.manifest.messages_tab:
        raise ControlError("the app's manifest doesn't let people write to it")


def _thread(body: Body, channel: Channel) -> str | None:
    """Return the ts of the thread to reply in; naming a reply means its thread."""
    named = body.maybe("thread_ts")
    if not named:
        return None
    root = body.world.messages.find(channel.id, named)
    if root is None:
        raise ControlError(f"there is no message {named} in {channel.id} to reply to", 404)
    return root.thread_ts or root.ts


def _shared(body: Body, channel: Channel) -> list[str]:
    ids = body.fields.get("files") or []
    if not isinstance(ids, list):
        raise ControlError("files must be a list of file ids")
    for file_id in ids:
        file = body.world.files.find(str(file_id))
        if file is None:
            raise ControlError(f"there is no file {file_id!r}", 404)
        body.world.files.finish(file, None, channel.id)
    return [str(file_id) for file_id in ids]


def _new_file(world: World, name: str, content: bytes, user: User) -> File:
    now = int(world.clock.now().timestamp())
    file = world.files.begin(name, len(content), user.id, now)
    return world.files.finish(world.files.receive(file, content), None, None)


async def _tell_of_file(world: World, file_id: str, channel: Channel, user: User) -> None:
    file = world.files.find(file_id)
    if file is not None and world.bot.user_id in channel.members:
        event = events.file_event(world, file, channel.id, user.id)
        world.spawn(events.tell(world, "file_shared", event))
