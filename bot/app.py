"""The bot as a whole: Bolt on a line to Slack, the desk behind it, the speaker beside it.

Order matters at the end: the scheduler stops first, then nothing more is taken, what is in hand is
finished and acked, and only then does the line close.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot import sheet_work
from bot.desk import FAILURES, Desk
from bot.door import failed
from bot.guarding import history_is_whole
from bot.line.keys import Keys
from bot.line.line import make_line
from bot.listeners import closed_channels, listen
from bot.watchdog import RHYTHM, Rhythm
from schedules.scheduler import Speaker
from store import drafts, inbox, sheets
from store.backup import back_up_nightly, forget_old_nights, newest_copy
from store.db import writing
from store.errors import CannotRun
from store.fiscal import TOKYO

log = structlog.get_logger()

NIGHT_HOUR = 3
DAY_SECONDS = 24 * 3600
# Far longer than anything is redelivered.
KEEP_KEYS = timedelta(days=30)


def make_app(desk: Desk) -> App:
    """Bolt with everything the bot listens to.

    `process_before_response` makes the ack the last thing that happens: a listener commits, acks
    and returns, and an error before that is answered by the door instead of a lost ack. Who may
    send is the line's to say: whatever is dispatched here counts as sent by Slack.
    """
    app = App(
        # By itself it would look for a name among the files of all that is loaded.
        name="kpibot",
        client=desk.client,
        # By itself it would log the bodies of envelopes at DEBUG (see `bot.logs`).
        logger=logging.getLogger("slack_bolt"),
        process_before_response=True,
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
        listener_executor=ThreadPoolExecutor(1),
    )
    listen(app, desk)
    app.error(partial(failed, desk))
    return app


class Bot:
    """Talks while it is started. `start` returns once Slack can reach it.

    `rhythm` is how a socket to Slack is felt.
    """

    def __init__(self, desk: Desk, speaker: Speaker, keys: Keys, rhythm: Rhythm = RHYTHM) -> None:
        self.desk = desk
        self.speaker = speaker
        self.line = make_line(make_app(desk), keys, desk, rhythm)
        self._nights = BackgroundScheduler(timezone=TOKYO)
        self._nights.add_job(self.tidy, "cron", hour=NIGHT_HOUR, misfire_grace_time=None)

    def start(self, patience: float = 30) -> None:
        """Learn who is in the workspace, open the line, then begin to speak.

        Raises CannotRun when the line can't be opened, for a socket within `patience` seconds.
        """
        self.learn_people()
        sheet_work.resume(self.desk)
        self.line.open(patience)
        self.speaker.start()
        self._nights.start()

    def make_up_for_the_night(self) -> None:
        """Soon, in the background: the machine may be off at that hour every night."""
        self._nights.add_job(self.tidy_if_missed, misfire_grace_time=None)

    def tidy_if_missed(self) -> None:
        """Tidy unless there is a copy of the last day."""
        copy = newest_copy(self.desk.connections.path.parent)
        if copy is None or self.desk.now().timestamp() - copy.stat().st_mtime > DAY_SECONDS:
            self.tidy()

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
        """The doctor and the metrics tell of a copy that grows old.

        Once history was altered no older copy goes: it may be the last one that is whole.
        """
        db, folder = self.desk.db, self.desk.connections.path.parent
        try:
            back_up_nightly(db, folder, self.desk.now())
            if history_is_whole(db):
                forget_old_nights(folder)
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
        if self._nights.running:
            self._nights.shutdown()
        self.speaker.stop()
        self.line.drain()
        self.desk.afterwards.shutdown(wait=True)
        self.line.close()
