"""Who may ask: this machine only, under its own names, and no page of another origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

NAMES = ("127.0.0.1", "localhost", "[::1]")


def refusal(request: web.Request) -> str | None:
    """Return why a request is refused, None if it may pass.

    Host has to be a name of this machine, which keeps rebound DNS names out; Origin has to be
    absent or the very address that was asked, which keeps other pages out.
    """
    host = request.headers.get("Host", "")
    if _name(host) not in NAMES:
        return f"Host must be 127.0.0.1 or localhost: {host!r}"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return f"Origin must be absent or http://{host}: {origin!r}"
    return None


def _name(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        return ""
    return host.removesuffix(f":{port}") if port is not None else host
