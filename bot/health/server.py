"""`/healthz`, `/readyz` and `/metrics` for this machine alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import structlog

from bot.health.metrics import CONTENT_TYPE, metrics
from bot.health.signs import Signs, ailing, unready
from store.errors import CannotRun

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
PLAIN = "text/plain; charset=utf-8"
Answer = tuple[int, str, bytes]


@contextmanager
def serving(take_signs: Callable[[], Signs], port: int) -> Iterator[int]:
    """Answer on a port of loopback (0: any free one) until the block is left; yields the port.

    One request at a time, in one thread, so that monitors share one connection to the database.
    Raises CannotRun when the port is busy.
    """
    try:
        server = HTTPServer((LOOPBACK, port), _handler(take_signs))
    except OSError as error:
        raise CannotRun(
            f"KPIBOT_HEALTH_PORT のポート {port} は使えません（{error.strerror}）。"
            "別の番号にしてください。"
        ) from error
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(path: str, signs: Signs) -> Answer:
    """What a path is answered with: 200 when all is well, 503 with the reasons else."""
    if path == "/metrics":
        return 200, CONTENT_TYPE, metrics(signs)
    bad = ailing(signs) if path == "/healthz" else unready(signs)
    return (503 if bad else 200), PLAIN, ("\n".join(bad or ["ok"]) + "\n").encode()


def _handler(take_signs: Callable[[], Signs]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            status, kind, body = 404, PLAIN, b"not found\n"
            if self.path in {"/healthz", "/readyz", "/metrics"}:
                status, kind, body = answer(self.path, take_signs())
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002  # theirs
            log.debug("health.asked", path=self.path)

    return Handler
