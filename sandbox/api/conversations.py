"""conversations.*: channels, who is in them, and what was said."""

from __future__ import annotations

from sandbox.api.call import Call, kind_of, page
from sandbox.messages import Message, micros
from sandbox.objects import channel_object, message_object
from sandbox.wire import Json, SlackError
from sandbox.workspace import Channel

_END = 10**17
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def info(call: Call) -> Json:
    """Return one conversation."""
    channel = call.channel()
    call.need(f"{kind_of(channel)}:read")
    return {"channel": channel_object(call.world, channel)}


def listing(call: Call) -> Json:
    """Return the conversations of some types, page by page."""
    wanted = [name.strip() for name in call.text("types", "public_channel").split(",")]
    for name in wanted:
        if name not in _TYPES:
            raise SlackError("invalid_types")
        call.need(f"{_TYPES[name]}:read")
    kinds = {_TYPES[name] for name in wanted}
    archived = not call.flag("exclude_archived")
    found = [
        channel
        for channel in call.world.people.channels.values()
        if kind_of(channel) in kinds
        and (archived or not channel.is_archived)
        and (not channel.is_private or call.is_member(channel))
    ]
    part, metadata = page(found, call, 100, 1000)
    shown = [channel_object(call.world, channel) for channel in part]
    return {"channels": shown, "response_metadata": metadata}


def members(call: Call) -> Json:
    """Return who is in a conversation, page by page."""
    channel = call.channel()
    call.need(f"{kind_of(channel)}:read")
    part, metadata = page(list(channel.members), call, 100, 1000)
    return {"members": part, "response_metadata": metadata}


def history(call: Call) -> Json:
    """Return a conversation's messages, newest first, page by page. Threads' replies aren't in."""
    channel = _readable(call)
    found = [m for m in _between(call, channel) if m.thread_ts in (None, m.ts)]
    return _messages(call, found[::-1], 100)


def replies(call: Call) -> Json:
    """Return a thread: its first message and the replies, oldest first, page by page."""
    channel = _readable(call)
    root = call.world.messages.find(channel.id, call.required("ts"))
    if root is None or root.ephemeral_to:
        raise SlackError("thread_not_found")
    thread = [m for m in _between(call, channel) if m.thread_ts == root.ts and m.ts != root.ts]
    return _messages(call, [root, *thread], 999)


def opening(call: Call) -> Json:
    """Open the direct messages with one user."""
    if call.text("channel"):
        channel = call.channel()
        if not channel.is_im:
            raise SlackError("method_not_supported_for_channel_type")
    else:
        channel = _direct_messages(call)
    shown = channel_object(call.world, channel) if call.flag("return_im") else {"id": channel.id}
    return {"no_op": True, "already_open": True, "channel": shown}


def _direct_messages(call: Call) -> Channel:
    users = [one.strip() for one in call.text("users").split(",") if one.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("too_many_users")
    user = call.user_named(users[0])
    if user.deleted:
        raise SlackError("user_disabled")
    return call.direct_messages(user)


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need(f"{kind_of(channel)}:history")
    return call.member_only(channel)


def _between(call: Call, channel: Channel) -> list[Message]:
    oldest, latest = _moment(call, "oldest", 0), _moment(call, "latest", _END)
    inclusive = call.flag("inclusive")

    def is_in(message: Message) -> bool:
        at = micros(message.ts)
        return oldest < at < latest or (inclusive and at in (oldest, latest))

    everything = call.world.messages.of_channel(channel.id)
    return [
        m
        for m in everything
        if not m.ephemeral_to and not call.world.messages.is_hidden(m) and is_in(m)
    ]


def _moment(call: Call, name: str, default: int) -> int:
    given = call.text(name)
    if not given:
        return default
    try:
        return micros(given)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _messages(call: Call, found: list[Message], usual: int) -> Json:
    part, cursor = page(found, call, usual, 999)
    with_metadata = call.flag("include_all_metadata")
    shown = [message_object(call.world, m, metadata=with_metadata) for m in part]
    more = bool(cursor["next_cursor"])
    answer: Json = {"messages": shown, "has_more": more, "pin_count": 0}
    return {**answer, "response_metadata": cursor} if more else answer
