"""files.*: uploading in three steps, and looking at what is there."""

from __future__ import annotations

from typing import Any

from sandbox import events
from sandbox.api.call import Call, page
from sandbox.files import File
from sandbox.messages import Message
from sandbox.objects import file_object
from sandbox.wire import Json, SlackError
from sandbox.workspace import Channel


def get_upload_url(call: Call) -> Json:
    """Announce an upload and hand out the address for its bytes."""
    name = call.required("filename")
    length = call.text("length")
    if not length.isdigit() or int(length) == 0:
        raise SlackError("invalid_arguments", ["[ERROR] must be greater than 0: length"])
    now = int(call.world.clock.now().timestamp())
    file = call.world.files.begin(name, int(length), call.world.bot.user_id, now)
    url = f"{call.world.base_url}/upload/v1/{file.upload_key}"
    return {"upload_url": url, "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Finish uploads and share them in one message, if a channel is given."""
    rows = call.json("files", "invalid_arguments")
    if not isinstance(rows, list) or not rows:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: files"])
    channels = [_open_to_bot(call, one) for one in _channel_ids(call)]
    uploads = [_upload(call, row) for row in rows]
    done = [_finish(call, file, title, channels) for file, title in uploads]
    for channel in channels:
        _share(call, done, channel)
    return {"files": [file_object(call.world, file) for file in done]}


def info(call: Call) -> Json:
    """Return one file."""
    file = call.world.files.find(call.required("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": file_object(call.world, file), "comments": [], "response_metadata": {}}


def listing(call: Call) -> Json:
    """Return the files, page by page."""
    part, metadata = page(call.world.files.complete_ones(), call, 100, 1000)
    shown = [file_object(call.world, file) for file in part]
    return {"files": shown, "response_metadata": metadata}


def share(call: Call, files: list[File], channel: Channel, **parts: str | None) -> Message:
    """Post the message that shares files, as the bot."""
    bot = call.world.bot
    return call.world.messages.post(
        channel.id,
        bot.user_id,
        by_app=True,
        bot_id=bot.bot_id,
        files=tuple(file.id for file in files),
        **parts,
    )


def _share(call: Call, files: list[File], channel: Channel) -> None:
    comment, thread = call.text("initial_comment"), call.text("thread_ts") or None
    share(call, files, channel, text=comment, thread_ts=thread)
    for file in files:
        event = events.file_event(call.world, file, channel.id, call.world.bot.user_id)
        call.world.spawn(events.tell(call.world, "file_shared", event))


def _channel_ids(call: Call) -> list[str]:
    several = call.text("channels").split(",")
    return [one for one in [call.text("channel_id"), *several] if one]


def _open_to_bot(call: Call, channel_id: str) -> Channel:
    channel = Call(call.world, {"channel": channel_id}).destination()
    if channel.is_archived:
        raise SlackError("is_archived")
    return call.member_only(channel)


def _upload(call: Call, row: Any) -> tuple[File, str | None]:
    """Return the upload that a row of `files` names, and the title it is to have."""
    if not isinstance(row, dict):
        raise SlackError("invalid_arguments", ["[ERROR] must be an object: files"])
    file = call.world.files.under_way(str(row.get("id")))
    if file is None or not file.received:
        raise SlackError("file_not_found")
    return file, None if row.get("title") is None else str(row["title"])


def _finish(call: Call, file: File, title: str | None, channels: list[Channel]) -> File:
    done = call.world.files.finish(file, title, None)
    for channel in channels:
        done = call.world.files.finish(done, title, channel.id)
    return done
