"""chat.*: posting, changing and deleting messages."""

from __future__ import annotations

import json
from typing import Any

from sandbox import events, faults, limits
from sandbox.api.call import Call
from sandbox.blocks import mistakes_in_blocks, with_ids
from sandbox.messages import Message
from sandbox.objects import message_object
from sandbox.wire import Json, SlackError
from sandbox.workspace import Channel
from sandbox.world import World


def post_message(call: Call) -> Json:
    """Post a message as the bot."""
    channel = call.destination()
    _check_may_post(call, channel)
    parts = _content(call, limits.MESSAGE_TEXT)
    parts["metadata"] = _metadata(call)
    message = _post(call, channel, **parts)
    late = call.world.faults.take(("late_visibility",))
    if late:
        call.world.messages.hide(message, late.seconds)
    if channel.is_im:
        call.world.spawn(events.tell_of_message(call.world, message))
    shown = message_object(call.world, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    """Post a message that only one user sees. Its metadata is ignored, as by Slack."""
    channel = call.channel()
    user = call.user()
    _check_may_post(call, channel)
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _post(call, channel, **_content(call, limits.MESSAGE_TEXT), ephemeral_to=user.id)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Change a message of the bot's own. What isn't given stays: blocks go only with `[]`."""
    message = _own_message(call, "cant_update_message")
    if call.world.people.channels[message.channel].is_archived:
        raise SlackError("is_inactive")
    given = _content(call, limits.UPDATE_TEXT)
    names = {"text" if name == "markdown_text" else name for name in call.args}
    kept = {name: part for name, part in given.items() if name in names}
    if "metadata" in call.args:
        kept["metadata"] = _metadata(call)
    edited = call.world.messages.next_ts()
    changed = call.world.messages.change(message, edited=edited, **kept)
    if call.world.people.channels[message.channel].is_im:
        event = events.changed_event(call.world, changed, message)
        call.world.spawn(events.tell(call.world, "message.im", event))
    shown = message_object(call.world, changed)
    return {"channel": message.channel, "ts": message.ts, "text": changed.text, "message": shown}


def delete(call: Call) -> Json:
    """Delete a message of the bot's own."""
    message = _own_message(call, "cant_delete_message")
    call.world.messages.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """Return a link to a message."""
    channel = call.channel()
    message = call.world.messages.find(channel.id, call.required("message_ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    link = f"{call.world.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def content(world: World, args: Json, most: int) -> dict[str, Any]:
    """Return text, blocks and attachments of a message to be, checked. SlackError as Slack's."""
    return _content(Call(world, args), most)


def _content(call: Call, most: int) -> dict[str, Any]:
    text, markdown = call.text("text"), call.text("markdown_text")
    blocks = call.json("blocks", "invalid_blocks_format")
    if markdown and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if len(text) > most or len(markdown) > limits.MARKDOWN_CHARACTERS:
        raise SlackError("msg_too_long")
    attachments = _attachments(call)
    if blocks:
        mistakes = mistakes_in_blocks(blocks, "message", call.world.is_file)
        mistakes = mistakes or _charts_not_there_yet(call.world, blocks)
        if mistakes:
            raise SlackError("invalid_blocks", mistakes, errors=mistakes)
    if not ((text or markdown).strip() or blocks or attachments):
        raise SlackError("no_text")
    return {"text": text or markdown, "blocks": with_ids(blocks or ()), "attachments": attachments}


def _charts_not_there_yet(world: World, blocks: list[Json]) -> list[str]:
    charts = [at for at, block in enumerate(blocks) if block["type"] == "data_visualization"]
    if not charts or not world.faults.take(faults.CHARTS):
        return []
    return [
        f"[ERROR] unsupported type: data_visualization [json-pointer:/blocks/{at}/type]"
        for at in charts
    ]


def _attachments(call: Call) -> tuple[Json, ...]:
    given = call.json("attachments", "invalid_attachments") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise SlackError("invalid_attachments")
    if len(given) > limits.ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return tuple(given)


def _metadata(call: Call) -> Json | None:
    given = call.json("metadata", "invalid_metadata_format")
    if given in (None, {}):
        return None
    well_formed = (
        isinstance(given, dict)
        and isinstance(given.get("event_type"), str)
        and isinstance(given.get("event_payload"), dict)
    )
    if not well_formed:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(given, ensure_ascii=False).encode()) > limits.METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def _check_may_post(call: Call, channel: Channel) -> None:
    if channel.is_archived:
        raise SlackError("is_archived")
    if not call.is_member(channel):
        granted = call.world.manifest.scopes
        if granted is None or "chat:write.public" not in granted:
            raise SlackError("not_in_channel")


def _post(call: Call, channel: Channel, **parts: Any) -> Message:
    bot = call.world.bot
    return call.world.messages.post(
        channel.id,
        bot.user_id,
        by_app=True,
        bot_id=bot.bot_id,
        thread_ts=_thread(call, channel),
        **parts,
    )


def _thread(call: Call, channel: Channel) -> str | None:
    """Return the ts of the thread to reply in; naming a reply means its thread."""
    named = call.text("thread_ts")
    if not named:
        return None
    root = call.world.messages.find(channel.id, named)
    if root is None or root.ephemeral_to:
        raise SlackError("thread_not_found")
    return root.thread_ts or root.ts


def _own_message(call: Call, error: str) -> Message:
    channel = call.channel()
    message = call.world.messages.find(channel.id, call.required("ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    if not message.by_app:
        raise SlackError(error)
    return message
