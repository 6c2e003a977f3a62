"""The bytes of files: taken at an upload URL, given out at a file's private URL."""

from __future__ import annotations

from aiohttp import web

from sandbox.files import File
from sandbox.misbehaviour import misbehave
from sandbox.world import World

SIGN_IN = "<!DOCTYPE html><title>Sign in</title><p>Sign in to see this file."


async def receive(world: World, request: web.Request) -> web.StreamResponse:
    """Take the bytes of an announced upload, raw or as a form."""
    body = await _body(request)

    def carry_out() -> web.Response:
        file = world.files.by_upload_key(request.match_info["key"])
        if file is None or file.complete:
            return web.Response(status=404, text="not found")
        if len(body) != file.size:
            world.complain("upload_of_other_length", announced=file.size, sent=len(body))
        world.files.receive(file, body)
        world.note("upload", file=file.id, size=len(body))
        return web.Response(text=f"OK - {len(body)}")

    return await misbehave(world, request, "upload", carry_out)


async def send(world: World, request: web.Request) -> web.StreamResponse:
    """Give out a file to the bot.

    Without a good token and files:read Slack answers 200 and a page to sign in, not an error.
    """
    file = _file_in(world, request.match_info["file"])

    def carry_out() -> web.Response:
        if not _may_read(world, request):
            return web.Response(text=SIGN_IN, content_type="text/html")
        if file is None:
            return web.Response(status=404, text="not found")
        return web.Response(body=world.files.read(file), content_type=file.mimetype)

    return await misbehave(world, request, "download", carry_out)


def _may_read(world: World, request: web.Request) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    granted = world.manifest.scopes
    return token == world.bot.token and (granted is None or "files:read" in granted)


def _file_in(world: World, part: str) -> File | None:
    """Return the file that T0…-F0… in a private URL names."""
    return world.files.find(part.partition("-")[2])


async def _body(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
