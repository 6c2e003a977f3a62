"""What comes back after the ack: response URLs, and payloads that ride on an ack."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from sandbox import limits
from sandbox.api.call import Call
from sandbox.api.chat import content
from sandbox.messages import Message
from sandbox.misbehaviour import misbehave
from sandbox.passes import ResponseUrl
from sandbox.wire import Json, SlackError
from sandbox.world import World


async def answer(world: World, request: web.Request) -> web.StreamResponse:
    """Answer one use of a response URL."""
    body = await _body(request)

    def carry_out() -> web.Response:
        try:
            url = world.passes.check_url(request.match_info["key"])
            respond(world, url, body)
            world.passes.use_url(url)
        except SlackError as refusal:
            world.note("response_url", ok=False, error=refusal.error)
            gone = refusal.error in ("expired_url", "used_url")
            return web.json_response(refusal.answer(), status=404 if gone else 400)
        world.note("response_url", ok=True, channel=url.channel)
        return web.Response(text="ok")

    return await misbehave(world, request, "response_url", carry_out)


def respond(world: World, url: ResponseUrl, body: Any) -> None:
    """Do what a response says: post, replace or delete. SlackError if it can't be taken."""
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    call = Call(world, body)
    original = world.messages.find(url.channel, url.ts) if url.ts else None
    if call.flag("delete_original"):
        _delete(world, original)
        return
    parts = content(world, body, limits.MESSAGE_TEXT)
    if call.flag("replace_original") and original is not None and original.by_app:
        world.messages.change(original, edited=world.messages.next_ts(), **parts)
        return
    in_channel = call.text("response_type", "ephemeral") == "in_channel"
    thread = call.text("thread_ts") or (
        url.thread_ts if not call.flag("replace_original") else None
    )
    post(world, url.channel, None if in_channel else url.user, thread_ts=thread, **parts)


def answer_command(world: World, channel: str, user: str, payload: Json) -> None:
    """Post the message that rides on the ack of a command. SlackError if it can't be taken."""
    parts = content(world, payload, limits.MESSAGE_TEXT)
    in_channel = payload.get("response_type") == "in_channel"
    post(world, channel, None if in_channel else user, **parts)


def post(world: World, channel: str, ephemeral_to: str | None, **parts: Any) -> Message:
    """Post as the bot; it needn't be in the channel to answer there."""
    bot = world.bot
    return world.messages.post(
        channel, bot.user_id, by_app=True, bot_id=bot.bot_id, ephemeral_to=ephemeral_to, **parts
    )


def _delete(world: World, original: Message | None) -> None:
    if original is not None and original.by_app:
        world.messages.delete(original)


async def _body(request: web.Request) -> Any:
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            return json.loads(str((await request.post()).get("payload", "")))
        return await request.json()
    except ValueError:
        return None
