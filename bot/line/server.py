"""An HTTP server for one application: within limits while it runs, and leaving nothing unanswered.

waitress reads each request whole, in one thread, before a worker has anything to do with it, so
that whoever sends slowly holds up nobody. Its loop is taken a step at a time here: that is how it
can be told to take no more and still to finish. (Its own end answers nobody; a test drains it.)
"""

from __future__ import annotations

import select
import threading
import time
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

if TYPE_CHECKING:
    import socket
    from wsgiref.types import WSGIApplication

MOST_HEADER_BYTES = 16 * 1024
MOST_CONNECTIONS = 200
STEP_SECONDS = 1.0
# For a request to arrive in whole, and for a connection on which nothing comes.
SLOW_SECONDS = 10.0
IDLE_SECONDS = 30
# After the port is closed, for what was on its way to it.
LINGER_SECONDS = 0.2
# Longer than Slack waits for an answer.
DRAIN_SECONDS = 10.0


class Server:
    """Serves an application on a listening socket, from its making until it is drained.

    A body is at most `most_bytes` long, a request at most `slow` seconds on its way.
    """

    def __init__(
        self,
        application: WSGIApplication,
        listening: socket.socket,
        most_bytes: int,
        workers: int,
        slow: float = SLOW_SECONDS,
    ) -> None:
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            application,
            map=self._sockets,
            sockets=[listening],
            threads=workers,
            connection_limit=MOST_CONNECTIONS,
            max_request_header_size=MOST_HEADER_BYTES,
            # Its limit is the first size that is too large.
            max_request_body_size=most_bytes + 1,
            # What people send stays in memory: nothing of it in temporary files.
            inbuf_overflow=2 * most_bytes,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=5,
            log_socket_errors=False,
            ident=None,
        )
        self._slow = slow
        self._leaving = threading.Event()
        self._turned = time.monotonic()
        self._arriving: dict[HTTPChannel, float] = {}
        self._thread = threading.Thread(target=self._serve, name="http", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.effective_port)

    @property
    def takes_requests(self) -> bool:
        """The port is open, and not all connections are in use."""
        is_open = self._thread.is_alive() and not self._leaving.is_set()
        return is_open and not self._server.in_connection_overflow

    @property
    def idle_for(self) -> float:
        """Seconds since the loop last looked about, which it does at least once a second."""
        return time.monotonic() - self._turned

    def drain(self) -> None:
        """Close the port; answer the requests that have arrived, and those just on their way."""
        self._leaving.set()
        self._server.pull_trigger()
        self._thread.join(DRAIN_SECONDS)
        self._server.task_dispatcher.shutdown()

    def _serve(self) -> None:
        while not self._leaving.is_set():
            self._step(STEP_SECONDS)
        self._close_port()
        until = time.monotonic() + LINGER_SECONDS
        while time.monotonic() < until or any(map(_in_hand, self._connections)):
            self._step(LINGER_SECONDS)
        wasyncore.close_all(self._sockets, ignore_all=True)

    @property
    def _connections(self) -> list[HTTPChannel]:
        return list(self._server.active_channels.values())

    def _step(self, seconds: float) -> None:
        wasyncore.loop(seconds, use_poll=True, map=self._sockets, count=1)
        self._turned = time.monotonic()
        self._cut_slow_ones()

    def _cut_slow_ones(self) -> None:
        """A request is here in whole soon after it began, or not at all."""
        arriving = [each for each in self._connections if each.request is not None]
        self._arriving = {each: self._arriving.get(each, self._turned) for each in arriving}
        for each, since in self._arriving.items():
            if self._turned - since > self._slow and not each.requests:
                each.will_close = True

    def _close_port(self) -> None:
        """Whoever is connected already is let in first."""
        while select.select([self._server.socket], [], [], 0)[0]:
            self._server.handle_accept()
        wasyncore.dispatcher.close(self._server)


def _in_hand(connection: HTTPChannel) -> bool:
    """A request that arrived is not answered yet, or its answer not sent."""
    return bool(connection.requests or connection.total_outbufs_len)
