"""Cuts a line to Slack that has fallen silent, and makes a new one.

The library notices neither a line that never answers a ping nor one whose clock was set back: it
compares wall clock times, and only after a first answer. Here only the change of its last pong
counts, measured on a clock that nobody sets.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocketApp

log = structlog.get_logger()

LEAVE_SECONDS = 1.0


@dataclass(frozen=True)
class Rhythm:
    """How a line is felt: a ping each `ping` seconds, silent once `missed` of them went by without
    an answer, looked at each `look` seconds.
    """

    ping: float = 5.0
    missed: int = 4
    look: float = 1.0

    @property
    def patience(self) -> float:
        """How many seconds a line may be silent."""
        return self.missed * self.ping

    def slowed(self, times: float) -> Rhythm:
        """The same so many times slower; below 1 faster."""
        return Rhythm(self.ping * times, self.missed, self.look * times)


RHYTHM = Rhythm()


class Watchdog:
    """Looks at a client's line now and then while it is started. `clock` is monotonic."""

    def __init__(
        self,
        client: SocketModeClient,
        rhythm: Rhythm = RHYTHM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._rhythm = rhythm
        self._clock = clock
        self._seen: tuple[int, float] | None = None
        self._since = clock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self.reconnects = 0

    @property
    def silent_for(self) -> float:
        """Seconds since Slack last answered a ping, or since the line was made."""
        return self._clock() - self._since

    def start(self) -> None:
        """Begin to look."""
        self._since = self._clock()
        self._thread.start()

    def stop(self) -> None:
        """Look no more: the line is going to be closed on purpose."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> bool:
        """Look once; True when the line was silent for too long and a new one was made."""
        session = self._client.current_session
        mark = (id(session), session.last_pong_tm if session else 0.0)
        if mark != self._seen:
            self._seen, self._since = mark, self._clock()
        if self.silent_for <= self._rhythm.patience:
            return False
        log.error("slack.silent", seconds=round(self.silent_for))
        self.reconnects += 1
        # The next one has as long again, also where none can be made now.
        self._since = self._clock()
        self._client.connect_to_new_endpoint(force=True)
        return True

    def _watch(self) -> None:
        while not self._stopping.wait(self._rhythm.look):
            try:
                self.look()
            except Exception as error:
                log.warning("slack.not_reconnected", error=type(error).__name__)


def cut_what_is_left(client: SocketModeClient) -> None:
    """From now on the client cuts the line that is there before it makes a new one.

    The library closes it, which its reader notices up to ten seconds later where Slack says nothing
    any more; and only then does it read from the new one.
    """
    connect, opened = client.connect, list[WebSocketApp]()

    def connect_anew() -> None:
        while opened:
            _cut(opened.pop())
        connect()

    # What is read from may be another line than the newest, which waits for that one's end.
    client.on_open_listeners.append(opened.append)
    client.connect = connect_anew  # type: ignore[method-assign]


def _cut(session: WebSocketApp) -> None:
    """Cut a line and wait for its reader to leave: closed under its hands, it would not notice."""
    socket, until = session.sock, time.monotonic() + LEAVE_SECONDS
    if socket is None:
        return
    with suppress(OSError):
        socket.abort()  # type: ignore[no-untyped-call]
    while session.sock is not None and time.monotonic() < until:
        time.sleep(0.005)
