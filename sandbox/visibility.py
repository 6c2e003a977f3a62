"""Who sees what: messages and views as one user has them before their eyes."""

from __future__ import annotations

from sandbox.messages import Message
from sandbox.objects import file_object
from sandbox.views import public
from sandbox.wire import Json
from sandbox.world import World


def sees(world: World, user_id: str, message: Message) -> bool:
    """Tell whether a user sees a message: in the channel, and not somebody else's ephemeral."""
    channel = world.people.channels.get(message.channel)
    if channel is None or user_id not in channel.members:
        return False
    return message.ephemeral_to in (None, user_id)


def shown(world: World, message: Message) -> Json:
    """Return a message as the control API gives it."""
    given: Json = {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": list(message.blocks),
        "metadata": message.metadata,
    }
    more = {
        "ephemeral_to": message.ephemeral_to,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "deleted": message.deleted or None,
        "files": [file_object(world, f) for i in message.files if (f := world.files.find(i))],
        "attachments": list(message.attachments),
    }
    return given | {name: value for name, value in more.items() if value}


def messages_of(world: World, channel: str, user_id: str | None) -> list[Json]:
    """Return the messages of a channel that a user sees, oldest first; all for None."""
    everything = world.messages.of_channel(channel)
    return [shown(world, m) for m in everything if user_id is None or sees(world, user_id, m)]


def appeared(world: World, user_id: str, since: int) -> tuple[list[Json], list[Json]]:
    """Return the messages and views that appeared or changed before a user's eyes since then."""
    changed = world.messages.changed_since(since)
    messages = [shown(world, m) for m in changed if sees(world, user_id, m)]
    messages.sort(key=lambda m: str(m["ts"]))
    return messages, [public(view) for view in world.views.changed_since(user_id, since)]
