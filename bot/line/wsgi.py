"""The one address that Slack sends to: let in by the guard, answered by Bolt, counted and timed."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App, BoltRequest, BoltResponse

from bot.line.guard import Body, Refused, is_certificate_check, let_in

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = structlog.get_logger()

RETRY = ("x-slack-retry-num", "x-slack-retry-reason")
PLAIN = ("Content-Type", "text/plain; charset=utf-8")


class Application:
    """A WSGI application. Whatever is sent to it, it answers; what it refuses leaves one log line."""

    def __init__(self, app: App, secret: str, now: Callable[[], datetime]) -> None:
        self._app = app
        self._secret = secret
        self._now = now
        self._lock = threading.Lock()
        self._answers: Counter[int] = Counter()
        self._begun: dict[int, float] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request. Nothing of the answer is on its way before all of it is made."""
        with self._timed():
            status, headers, body = self._answer(environ)
        with self._lock:
            self._answers[status] += 1
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    @property
    def answers(self) -> dict[int, int]:
        """How many requests were answered with each status."""
        with self._lock:
            return dict(self._answers)

    @property
    def oldest(self) -> float:
        """For how many seconds the oldest request in hand has been worked on; 0 without any."""
        with self._lock:
            begun = min(self._begun.values(), default=None)
        return 0.0 if begun is None else time.monotonic() - begun

    @contextmanager
    def _timed(self) -> Iterator[None]:
        me = threading.get_ident()
        with self._lock:
            self._begun[me] = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                del self._begun[me]

    def _answer(self, environ: WSGIEnvironment) -> tuple[int, list[tuple[str, str]], bytes]:
        if is_certificate_check(environ):
            return 200, [PLAIN], b""
        try:
            said = self._dispatch(let_in(environ, self._secret, self._now()), environ)
        except Refused as no:
            log.warning("http.refused", status=no.status.value, why=str(no))
            allow = [("Allow", "POST")] if no.status == HTTPStatus.METHOD_NOT_ALLOWED else []
            return no.status.value, [PLAIN, *allow], f"{no.status.phrase}\n".encode()
        return said.status, list(said.first_headers().items()), said.body.encode()

    def _dispatch(self, body: Body, environ: WSGIEnvironment) -> BoltResponse:
        """As over a socket: the same payload, with the headers that tell of a retry.

        An error that even the door could not answer is not acked, so that Slack brings it again.
        """
        told = {name: environ.get(f"HTTP_{name.upper().replace('-', '_')}") for name in RETRY}
        try:
            headers = {name: value for name, value in told.items() if value is not None}
            request = BoltRequest(mode="socket_mode", body=body, headers=headers)
            return self._app.dispatch(request)
        except Exception:
            log.exception("http.failed", reference=secrets.token_hex(4))
            return BoltResponse(status=500, body="")
