"""The bot as a whole: Bolt on a socket, the desk behind it, the speaker beside it.

Order matters at the end: the scheduler stops first, then no envelope is taken, what is in hand is
finished and acked, and only then does the socket close.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.desk import Desk
from bot.door import failed
from bot.listeners import listen
from schedules.scheduler import Speaker
from store import drafts, inbox
from store.db import writing
from store.fiscal import TOKYO

log = structlog.get_logger()

# Envelopes handled at once. A listener holds its place until its act is durable and acked.
WORKERS = 32
PING_SECONDS = 5
NIGHT_HOUR = 3
# Far longer than anything is redelivered.
KEEP_KEYS = timedelta(days=30)


def make_app(desk: Desk) -> App:
    """Bolt with everything the bot listens to.

    `process_before_response` makes the ack the last thing that happens: a listener commits, acks
    and returns, and an error before that is answered by the door instead of a lost ack.
    """
    app = App(
        client=desk.client,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(1),
    )
    listen(app, desk)
    app.error(partial(failed, desk))
    return app


class Bot:
    """Talks while it is started. `start` returns once Slack has said hello."""

    def __init__(self, desk: Desk, speaker: Speaker, app_token: str) -> None:
        self.desk = desk
        self.speaker = speaker
        self._hello = threading.Event()
        self._handler = SocketModeHandler(
            make_app(desk), app_token, ping_interval=PING_SECONDS, concurrency=WORKERS
        )
        self._handler.client.message_listeners.append(self._heard)
        self._nights = BackgroundScheduler(timezone=TOKYO)
        self._nights.add_job(self.tidy, "cron", hour=NIGHT_HOUR, misfire_grace_time=None)

    def start(self, patience: float = 30) -> None:
        """Connect, learn who is in the workspace, then begin to speak.

        Raises TimeoutError when Slack has not said hello in `patience` seconds.
        """
        self.learn_people()
        self._handler.connect()  # type: ignore[no-untyped-call]
        if not self._hello.wait(patience):
            raise TimeoutError("Slack did not say hello")
        self.speaker.start()
        self._nights.start()

    def tidy(self) -> None:
        """Nightly: learn of people anew, drop keys and drafts that nobody can come back for."""
        self.learn_people()
        now = self.desk.now()
        with writing(self.desk.db):
            inbox.forget(self.desk.db, now - KEEP_KEYS)
            drafts.forget(self.desk.db, now - KEEP_KEYS)

    def learn_people(self) -> None:
        """Refresh the directory from the workspace, a page at a time."""
        cursor: str | None = None
        while cursor != "":
            page = self.desk.client.users_list(limit=200, cursor=cursor)
            self.desk.remember(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""

    def stop(self) -> None:
        """Finish what is in hand, answer it, and leave."""
        self._nights.shutdown()
        self.speaker.stop()
        client = self._handler.client
        client.auto_reconnect_enabled = False
        client.closed = True
        client.message_workers.shutdown(wait=True)
        self.desk.afterwards.shutdown(wait=True)
        self._handler.close()  # type: ignore[no-untyped-call]

    def _heard(self, _: BaseSocketModeClient, message: dict[str, Any], __: str | None) -> None:
        if message.get("type") == "hello":
            self._hello.set()
            log.info("slack.hello", connections=message.get("num_connections"))
