"""The door of the Web API: arguments, token, faults, the method itself, and the log."""

from __future__ import annotations

import json
import time
from typing import Any

from aiohttp import web

from sandbox.api.call import Call
from sandbox.api.methods import METHODS, Method
from sandbox.misbehaviour import misbehave
from sandbox.wire import Json, SlackError
from sandbox.world import World


async def answer(world: World, request: web.Request) -> web.StreamResponse:
    """Answer one Web API call, as Slack would or as the armed fault wants it."""
    name = request.match_info["method"]
    begun = time.monotonic()
    args = await _arguments(request)

    def carry_out() -> web.Response:
        body = _carry_out(world, name, args, _token(request, args))
        ms = round((time.monotonic() - begun) * 1000, 3)
        about = {key: args[key] for key in ("channel", "user", "ts") if key in args}
        about |= {key: body[key] for key in ("ts",) if key in body}
        world.note("api", method=name, ok=body["ok"], error=body.get("error"), ms=ms, **about)
        return web.json_response(body, dumps=_dumps)

    return await misbehave(world, request, name, carry_out)


def _dumps(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)


def _carry_out(world: World, name: str, args: Json, token: str) -> Json:
    method = METHODS.get(name)
    if method is None:
        world.complain("unknown_method", method=name)
        return SlackError("unknown_method", req_method=name).answer()
    call = Call(world, args)
    try:
        _check_token(world, method, token)
        if method.scope:
            call.need(method.scope)
        return {"ok": True, **method.run(call)}
    except SlackError as refusal:
        return refusal.answer()


def _check_token(world: World, method: Method, token: str) -> None:
    if not token:
        raise SlackError("not_authed")
    if token not in (world.bot.token, world.bot.app_token):
        raise SlackError("invalid_auth")
    if (token == world.bot.app_token) is not method.app_token:
        raise SlackError("not_allowed_token_type")


def _token(request: web.Request, args: Json) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else str(args.get("token") or "")


async def _arguments(request: web.Request) -> Json:
    """Gather the arguments from the query and the body, JSON or form."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            return args
        if isinstance(body, dict):
            args |= body
    elif request.method == "POST":
        form = await request.post()
        args |= {key: value for key, value in form.items() if isinstance(value, str)}
    return args
