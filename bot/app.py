"""The bot as a whole: Bolt on a socket, the desk behind it, the speaker beside it.

Order matters at the end: the scheduler stops first, then no envelope is taken, what is in hand is
finished and acked, and only then does the socket close.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]
from websocket import WebSocketException

from bot import sheet_work
from bot.desk import FAILURES, Desk
from bot.door import failed
from bot.endpoint import Endpoint
from bot.listeners import closed_channels, listen
from bot.watchdog import RHYTHM, Rhythm, Watchdog
from schedules.scheduler import Speaker
from schedules.slack import Refused, meaning
from store import drafts, inbox, sheets
from store.backup import back_up_nightly
from store.db import writing
from store.errors import CannotRun
from store.fiscal import TOKYO

log = structlog.get_logger()

# Envelopes handled at once. A listener holds its place until its act is durable and acked.
WORKERS = 32
GOODBYE_SECONDS = 2
LOOK_UP_SECONDS = 0.5
NIGHT_HOUR = 3
# Far longer than anything is redelivered.
KEEP_KEYS = timedelta(days=30)


def make_app(desk: Desk) -> App:
    """Bolt with everything the bot listens to.

    `process_before_response` makes the ack the last thing that happens: a listener commits, acks
    and returns, and an error before that is answered by the door instead of a lost ack.
    """
    app = App(
        # By itself it would look for a name among the files of all that is loaded.
        name="kpibot",
        client=desk.client,
        # By itself it would log the bodies of envelopes at DEBUG (see `bot.logs`).
        logger=logging.getLogger("slack_bolt"),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        raise_error_for_unhandled_request=True,
        url_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(1),
    )
    listen(app, desk)
    app.error(partial(failed, desk))
    return app


class Bot:
    """Talks while it is started. `start` returns once Slack has said hello.

    `rhythm` is how its line to Slack is felt.
    """

    def __init__(
        self, desk: Desk, speaker: Speaker, app_token: str, rhythm: Rhythm = RHYTHM
    ) -> None:
        self.desk = desk
        self.speaker = speaker
        self._hello = threading.Event()
        self._handler = SocketModeHandler(
            make_app(desk), app_token, ping_interval=rhythm.ping, concurrency=WORKERS
        )
        client, pace = self._handler.client, rhythm.ping / RHYTHM.ping
        client.issue_new_wss_url = Endpoint(desk.client, app_token, pace)  # type: ignore[method-assign]
        client.current_session_runner.interval_seconds *= pace
        client.message_listeners.append(self._heard)
        self.watchdog = Watchdog(client, rhythm)
        self._nights = BackgroundScheduler(timezone=TOKYO)
        self._nights.add_job(self.tidy, "cron", hour=NIGHT_HOUR, misfire_grace_time=None)

    def start(self, patience: float = 30) -> None:
        """Connect, learn who is in the workspace, then begin to speak.

        Raises CannotRun when Slack refuses the app or has not said hello in `patience` seconds.
        """
        self.learn_people()
        sheet_work.resume(self.desk)
        self._connect(patience)
        self.watchdog.start()
        self.speaker.start()
        self._nights.start()

    @property
    def connected(self) -> bool:
        """There is a line to Slack."""
        return self._hello.is_set() and self._handler.client.is_connected()

    def _connect(self, patience: float) -> None:
        """Ask again while Slack has trouble of its own; a refusal is final."""
        until = time.monotonic() + patience
        while not self._opened() and time.monotonic() < until:
            self._hello.wait(LOOK_UP_SECONDS)
        if not self._hello.wait(max(0.0, until - time.monotonic())):
            raise CannotRun("Slack から応答がありません。ネットワークを確かめてください。")

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

    def tidy(self) -> None:
        """Nightly: a copy of the database, who is in the workspace, and what nobody comes back for."""
        self._keep_copy()
        self.learn_people()
        closed_channels.leave_closed_channels(self.desk)
        now = self.desk.now()
        with writing(self.desk.db):
            inbox.forget(self.desk.db, now - KEEP_KEYS)
            drafts.forget(self.desk.db, now - KEEP_KEYS)
            sheets.forget(self.desk.db, now - KEEP_KEYS)

    def _keep_copy(self) -> None:
        """The doctor and the metrics tell of a copy that grows old."""
        folder = self.desk.connections.path.parent
        try:
            back_up_nightly(self.desk.db, folder, self.desk.now())
        except (CannotRun, OSError, sqlite3.Error):
            log.exception("backup.failed")

    def learn_people(self) -> None:
        """Refresh the directory from the workspace, a page at a time.

        Whoever is not learned of now is looked up when they turn up. Raises CannotRun when the app
        may not read users, because then everybody would be unknown.
        """
        try:
            self._learn_all()
        except FAILURES as error:
            if isinstance(error, SlackApiError) and error.response.get("error") == "missing_scope":
                raise CannotRun(
                    "アプリに利用者を読む権限（users:read）がありません。"
                    "manifest.json を反映し、アプリを再インストールしてください。"
                ) from error
            log.warning("people.not_learned", error=type(error).__name__)

    def _learn_all(self) -> None:
        cursor: str | None = None
        while cursor != "":
            page = self.desk.client.users_list(limit=200, cursor=cursor)
            self.desk.remember(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""

    def stop(self) -> None:
        """Finish what is in hand, answer it, and leave."""
        self.watchdog.stop()
        if self._nights.running:
            self._nights.shutdown()
        self.speaker.stop()
        self._finish()
        self.desk.afterwards.shutdown(wait=True)
        self._hang_up()
        self._handler.close()  # type: ignore[no-untyped-call]

    def _finish(self) -> None:
        """Answer all envelopes that have come in, and for a moment those that still come."""
        client, until = self._handler.client, time.monotonic() + GOODBYE_SECONDS
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
        queue = self._handler.client.message_queue
        raws = [queue.get_nowait() for _ in range(queue.qsize())]
        found = [(json.loads(raw), raw) for raw in raws if raw and raw.startswith("{")]
        return [each for each in found if each[0].get("type") != "disconnect"]

    def _hang_up(self) -> None:
        """Say goodbye and let the reader end by itself; a line that doesn't answer is cut."""
        client = self._handler.client
        session = client.current_session
        socket = session.sock if session is not None else None
        if session is None or socket is None:
            return
        # To the library the end that we wanted is an error.
        session.on_error = None
        with suppress(WebSocketException, OSError):
            socket.send_close()
        reader = client.current_session_runner
        reader.event.set()
        reader.thread.join(GOODBYE_SECONDS)
        if reader.is_alive():
            socket.abort()  # type: ignore[no-untyped-call]
            reader.thread.join(GOODBYE_SECONDS)
        socket.shutdown()  # type: ignore[no-untyped-call]

    def _heard(self, _: BaseSocketModeClient, message: dict[str, Any], __: str | None) -> None:
        if message.get("type") == "hello":
            self._hello.set()
            log.info("slack.hello", connections=message.get("num_connections"))
