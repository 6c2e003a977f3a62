"""The door of the control API: which call is answered by what, and reading what is sent."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.control import act, look, steer, talk
from sandbox.control.body import Body
from sandbox.wire import ControlError, Json
from sandbox.world import World

DOES: dict[str, Callable[[Body], Awaitable[Json]]] = {
    "channel": steer.channel,
    "clock": steer.clock,
    "close-view": act.close_view,
    "command": talk.command,
    "fault": steer.fault,
    "interact": act.interact,
    "message": talk.message,
    "open-home": talk.open_home,
    "reset": steer.reset,
    "submit-view": act.submit_view,
    "suggest": act.suggest,
    "upload": talk.upload,
    "user": steer.user,
}
"""Every control call that does something."""

SHOWS: dict[str, Callable[[World, web.Request], Json]] = {
    "appeared/{id}": lambda world, request: look.appearances(
        world, request.match_info["id"], request.query.get("since", "")
    ),
    "agent/{id}": lambda world, request: look.agent(world, request.match_info["id"]),
    "faults": lambda world, _request: {"armed": world.faults.listing()},
    "files": lambda world, _request: look.files(world),
    "home/{id}": lambda world, request: look.home(world, request.match_info["id"]),
    "log": lambda world, request: look.log(world, request.query.get("since", "0")),
    "messages/{id}": lambda world, request: look.messages(
        world, request.match_info["id"], request.query.get("as")
    ),
    "state": lambda world, _request: look.state(world),
    "views/{id}": lambda world, request: look.views(world, request.match_info["id"]),
}
"""Every control call that only looks."""

_SHOWN_IN_PAGE = ("image/png", "image/jpeg", "image/gif")


def routes(world: World) -> list[web.RouteDef]:
    """Return the addresses of the control API."""

    async def do(request: web.Request) -> web.StreamResponse:
        run = DOES.get(request.match_info["what"])
        if run is None:
            raise ControlError(f"there is no {request.path}; there are {', '.join(DOES)}", 404)
        return answer(await run(Body(world, await _fields(request))))

    async def changes(request: web.Request) -> web.StreamResponse:
        return answer(await look.changes(world, request.query.get("since", "")))

    async def download(request: web.Request) -> web.StreamResponse:
        user_id = request.query.get("as", "")
        return _file(*look.file(world, request.match_info["id"], user_id))

    return [
        web.post("/_control/{what}", do),
        web.get("/_control/changes", changes),
        web.get("/_control/file/{id}", download),
        *[web.get(f"/_control/{path}", _showing(world, show)) for path, show in SHOWS.items()],
    ]


def answer(body: Any, status: int = 200) -> web.Response:
    """Return a JSON answer that no browser keeps or takes for something else."""
    text = json.dumps(body, ensure_ascii=False)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=text, status=status, content_type="application/json", headers=headers)


def _showing(
    world: World, show: Callable[[World, web.Request], Json]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        return answer(show(world, request))

    return handle


def _file(body: bytes, name: str, mimetype: str) -> web.Response:
    shown = "inline" if mimetype in _SHOWN_IN_PAGE else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=body, content_type=mimetype, headers=headers)


async def _fields(request: web.Request) -> Json:
    """Read a call's body; a file comes as bytes under `content`."""
    is_upload = request.match_info["what"] == "upload"
    if is_upload and request.content_type == "multipart/form-data":
        return await _multipart(request)
    if request.content_type != "application/json":
        raise ControlError("send Content-Type: application/json", 415)
    try:
        fields = await request.json()
    except ValueError:
        raise ControlError("the body is not JSON") from None
    if not isinstance(fields, dict):
        raise ControlError("the body must be a JSON object")
    if is_upload:
        fields["content"] = _bytes(fields.get("content", fields.get("content_base64")))
    return fields


async def _multipart(request: web.Request) -> Json:
    fields: Json = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            fields |= {"content": value.file.read(), "filename": value.filename}
        else:
            fields[name] = value
    return fields


def _bytes(content: Any) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise ControlError("content must be the file's bytes in base64") from None
