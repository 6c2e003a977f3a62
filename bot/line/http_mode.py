"""A line to Slack over requests that Slack sends, to a port behind the proxy that keeps the certificate."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog
from slack_bolt import App

from bot.line.guard import MOST_BYTES
from bot.line.keys import HttpKeys
from bot.line.server import Server
from bot.line.workers import WORKERS
from bot.line.wsgi import Application
from store.errors import CannotRun

log = structlog.get_logger()


class HttpLine:
    """HTTP mode. It is open once the port is."""

    def __init__(self, app: App, keys: HttpKeys, now: Callable[[], datetime]) -> None:
        self._application = Application(app, keys.signing_secret, now)
        self._keys = keys
        self._server: Server | None = None

    @property
    def address(self) -> str | None:
        """Where on this machine requests are sent to, once it is open."""
        return replace(self._keys, port=self._server.port).url if self._server else None

    @property
    def connected(self) -> bool:
        """The port is open and takes connections."""
        return self._server is not None and self._server.takes_requests

    @property
    def silent_for(self) -> float:
        """Seconds since the server last looked about, or for which a request has been in hand."""
        return max(self._server.idle_for if self._server else 0.0, self._application.oldest)

    @property
    def reconnects(self) -> int:
        """There is nothing to make anew."""
        return 0

    @property
    def answers(self) -> dict[int, int]:
        """How many requests were answered with each HTTP status."""
        return self._application.answers

    def open(self, patience: float) -> None:  # noqa: ARG002  # a port is open at once
        """Listen. Raises CannotRun when host and port can't be used."""
        listening = _listen(self._keys.host, self._keys.port)
        self._server = Server(self._application, listening, MOST_BYTES, WORKERS)
        log.info("http.open", address=self.address)

    def drain(self) -> None:
        """Close the port; finish the requests that have arrived and answer them."""
        if self._server is not None:
            self._server.drain()

    def close(self) -> None:
        """There is nothing left to leave."""


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CannotRun(
            f"KPIBOT_HTTP_HOST と KPIBOT_HTTP_PORT の {host}:{port} は使えません"
            f"（{error.strerror or error}）。別の番号にしてください。"
        ) from error
