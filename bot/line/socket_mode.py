"""A line to Slack over a socket that the bot opens, watched and made anew when it falls silent."""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocketApp, WebSocketException

from bot.desk import FAILURES
from bot.endpoint import Endpoint
from bot.line.workers import WORKERS
from bot.watchdog import RHYTHM, Rhythm, Watchdog, cut_what_is_left
from schedules.slack import Refused, meaning
from store.errors import CannotRun

log = structlog.get_logger()

GOODBYE_SECONDS = 2
LOOK_UP_SECONDS = 0.5


class SocketLine:
    """Socket Mode. It is open once Slack has said hello."""

    def __init__(self, app: App, app_token: str, web: WebClient, rhythm: Rhythm = RHYTHM) -> None:
        self.hello = threading.Event()
        self._handler = SocketModeHandler(
            app, app_token, ping_interval=rhythm.ping, concurrency=WORKERS
        )
        self.client: SocketModeClient = self._handler.client
        client, pace = self.client, rhythm.ping / RHYTHM.ping
        client.issue_new_wss_url = Endpoint(web, app_token, pace)  # type: ignore[method-assign]
        client.current_session_runner.interval_seconds *= pace
        cut_what_is_left(client)
        client.on_open_listeners.append(look_at_letters_once)
        client.message_listeners.append(self._heard)
        self.watchdog = Watchdog(client, rhythm)

    @property
    def address(self) -> None:
        """Nothing is sent here unasked."""

    @property
    def connected(self) -> bool:
        """There is a socket."""
        return self.hello.is_set() and self.client.is_connected()

    @property
    def silent_for(self) -> float:
        """Seconds since Slack last answered a ping."""
        return self.watchdog.silent_for

    @property
    def reconnects(self) -> int:
        """How often a silent socket was cut and made anew."""
        return self.watchdog.reconnects

    @property
    def answers(self) -> dict[int, int]:
        """No requests come over a socket."""
        return {}

    def open(self, patience: float) -> None:
        """Connect and begin to watch. Asks again while Slack has trouble of its own.

        Raises CannotRun when Slack refuses the app or has not said hello in `patience` seconds.
        """
        until = time.monotonic() + patience
        while not self._opened() and time.monotonic() < until:
            self.hello.wait(LOOK_UP_SECONDS)
        if not self.hello.wait(max(0.0, until - time.monotonic())):
            raise CannotRun("Slack から応答がありません。ネットワークを確かめてください。")
        self.watchdog.start()

    def _opened(self) -> bool:
        try:
            self._handler.connect()  # type: ignore[no-untyped-call]
        except FAILURES as error:
            if isinstance(error, SlackApiError) and isinstance(meaning(error), Refused):
                raise CannotRun(
                    f"Slack が SLACK_APP_TOKEN を受け付けません（{error.response['error']}）。"
                    "connections:write を付けたアプリレベルのトークンを確かめてください。"
                ) from error
            log.warning("slack.no_line", error=type(error).__name__)
            return False
        return True

    def drain(self) -> None:
        """Answer all envelopes that have come in, and for a moment those that still come."""
        self.watchdog.stop()
        client, until = self.client, time.monotonic() + GOODBYE_SECONDS
        client.default_auto_reconnect_enabled = client.auto_reconnect_enabled = False
        client.closed = True
        # Wakes who waits for the next one, so that it ends before the workers do.
        client.message_queue.put(None)
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        for message, raw in self._come_in():
            client.message_workers.submit(client.run_message_listeners, message, raw)
        client.message_workers.shutdown(wait=True)
        while time.monotonic() < until and (more := self._come_in()):
            for message, raw in more:
                client.run_message_listeners(message, raw)

    def _come_in(self) -> list[tuple[dict[str, Any], str]]:
        """Envelopes that nobody took yet. That Slack will close this line is no news any more."""
        queue = self.client.message_queue
        raws = [queue.get_nowait() for _ in range(queue.qsize())]
        found = [(json.loads(raw), raw) for raw in raws if raw and raw.startswith("{")]
        return [each for each in found if each[0].get("type") != "disconnect"]

    def close(self) -> None:
        """Say goodbye and let the reader end by itself; a line that doesn't answer is cut."""
        self._hang_up()
        self._handler.close()  # type: ignore[no-untyped-call]

    def _hang_up(self) -> None:
        session = self.client.current_session
        socket = session.sock if session is not None else None
        if session is None or socket is None:
            return
        # To the library the end that we wanted is an error.
        session.on_error = None
        with suppress(WebSocketException, OSError):
            socket.send_close()
        reader = self.client.current_session_runner
        reader.event.set()
        reader.thread.join(GOODBYE_SECONDS)
        if reader.is_alive():
            socket.abort()  # type: ignore[no-untyped-call]
            reader.thread.join(GOODBYE_SECONDS)
        socket.shutdown()  # type: ignore[no-untyped-call]

    def _heard(self, _: BaseSocketModeClient, message: dict[str, Any], __: str | None) -> None:
        if message.get("type") == "hello":
            self.hello.set()
            log.info("slack.hello", connections=message.get("num_connections"))


def look_at_letters_once(session: WebSocketApp) -> None:
    """Let the library only decode what comes in, which refuses what is no UTF-8.

    Before that it would look at every byte in Python, which takes longer than Bolt does.
    """
    if session.sock is not None:
        session.sock.cont_frame.skip_utf8_validation = True
