"""HTTP: which address is answered by what, and what every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path

from aiohttp import web

from sandbox import responses
from sandbox.api import door, transfer
from sandbox.control.door import answer, routes
from sandbox.gate import refusal
from sandbox.wire import ControlError
from sandbox.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Answerer = Callable[[World, web.Request], Awaitable[web.StreamResponse]]

PAGE = Path(__file__).with_name("page")
POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
UPLOAD_BYTES = 64 * 1024 * 1024


def application(world: World) -> web.Application:
    """Return the whole of the sandbox as a web application."""
    app = web.Application(middlewares=[_guard], client_max_size=UPLOAD_BYTES)

    async def stamp(_request: web.Request, response: web.StreamResponse) -> None:
        now = world.clock.now().astimezone(UTC)
        response.headers["Date"] = format_datetime(now, usegmt=True)

    app.on_response_prepare.append(stamp)
    app.add_routes(
        [
            web.route("*", "/api/{method}", _with(world, door.answer)),
            web.get("/link/", world.connections.connect),
            web.post("/{kind:commands|actions|app}/{team}/{key}", _with(world, responses.answer)),
            web.post("/upload/v1/{key}", _with(world, transfer.receive)),
            web.get("/files-pri/{file}/{name}", _with(world, transfer.send)),
            web.get("/files-pri/{file}/download/{name}", _with(world, transfer.send)),
            *routes(world),
            web.get("/{name:.*}", _page),
        ]
    )
    return app


def _with(world: World, answerer: Answerer) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await answerer(world, request)

    return handle


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in only who may ask, and put refusals into a sentence."""
    reason = refusal(request)
    if reason is not None:
        return answer({"ok": False, "error": reason}, 403)
    try:
        return await handler(request)
    except ControlError as no:
        return answer({"ok": False, "error": str(no)}, no.status)
    except web.HTTPException as error:
        if request.path.startswith("/_control/"):
            sentence = f"{request.method} {request.path}: {error.reason}"
            return answer({"ok": False, "error": sentence}, error.status)
        raise


async def _page(request: web.Request) -> web.StreamResponse:
    """Serve the page's own files, and nothing outside their folder."""
    folder = PAGE.resolve()
    path = (folder / (request.match_info["name"] or "index.html")).resolve()
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
    if path.is_relative_to(folder) and path.is_file():
        return web.FileResponse(path, headers=headers)
    if request.path == "/":
        return web.Response(text="The sandbox is running; its page is missing.", headers=headers)
    raise web.HTTPNotFound
