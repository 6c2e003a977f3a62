"""The speaker: wakes every few seconds and when it is woken, takes up what fell due, and posts.

APScheduler is only the alarm clock; all truth is in the store (`schedules.listening`,
`schedules.delivery`). One thing happens at a time, whoever called for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlite_utils import Database

from schedules import memory
from schedules.delivery import WAIT_SECONDS, Poster
from schedules.listening import take_up
from schedules.reporting import report_altered, report_troubles
from schedules.slack import Slack
from store import outbox
from store.db import Connections, writing
from store.fiscal import TOKYO

log = structlog.get_logger()

TICK_SECONDS = 5
SOON_SECONDS = 3.0
PATIENCE_SECONDS = 20.0
STOP_SECONDS = 15.0


class Speaker:
    """Speaks by itself for one data folder. `now` is the bot's clock, aware, in Tokyo.

    The clock may be set at any time, forwards or back; `wait` and every other wait follow it.
    """

    def __init__(
        self,
        connections: Connections,
        slack: Slack,
        now: Callable[[], datetime],
        wait: float = WAIT_SECONDS,
    ) -> None:
        self._connections = connections
        self._slack = slack
        self._now = now
        self._poster = Poster(slack, lambda: now().timestamp(), wait)
        self._turn = threading.RLock()
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._seen: datetime | None = None
        self._ticked = time.monotonic()
        self._alarm = BackgroundScheduler(
            timezone=TOKYO, executors={"default": {"type": "threadpool", "max_workers": 1}}
        )
        self._alarm.add_job(
            self._tick_unless_busy,
            "interval",
            seconds=TICK_SECONDS,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._thread = threading.Thread(target=self._post_when_woken, name="speaker", daemon=True)

    def start(self) -> None:
        """Begin to speak: take up what fell due while nobody spoke, then listen to the clock."""
        with self._turn:
            self._take_up()
        self._alarm.start()
        self._thread.start()
        self.wake()

    def stop(self) -> None:
        """Finish the post in hand and fall silent; what else is due stays in the outbox."""
        self._stopping.set()
        self._woken.set()
        if self._alarm.running:
            self._alarm.shutdown(wait=True)
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def wake(self) -> None:
        """Something was put in the outbox: post it now, in the speaker's own thread."""
        self._woken.set()

    @property
    def since_tick(self) -> float:
        """Seconds (of real time) since it last looked for what is due, or since it was made."""
        return time.monotonic() - self._ticked

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Say nothing while the block runs; what falls due meanwhile is said after it."""
        with self._turn:
            yield

    def tick(self) -> list[str]:
        """Take up what fell due and post what can be posted; the keys of what now stands in Slack."""
        with self._turn:
            self._take_up()
            delivered = self.drain()
            self._ticked = time.monotonic()
            return delivered

    def drain(self) -> list[str]:
        """Post what can be posted now; the keys of what now stands in Slack."""
        with self._turn:
            self._notice_clock()
            delivered = []
            for message in self._poster.deliver(self._connections()):
                if message.state == "sent":
                    delivered.append(message.key)
                if self._stopping.is_set():
                    break
            return delivered

    def run_until_drained(
        self,
        patience: float = PATIENCE_SECONDS,
        pass_time: Callable[[float], object] | None = None,
    ) -> list[str]:
        """Tick, and go on until nothing is due within seconds: after the clock was set."""
        with self._turn:
            self._take_up()
            delivered = self.drain_with_next(patience, pass_time)
            self._ticked = time.monotonic()
            return delivered

    def drain_with_next(
        self,
        patience: float = PATIENCE_SECONDS,
        pass_time: Callable[[float], object] | None = None,
    ) -> list[str]:
        """Post what can be posted now and within seconds; the keys of what now stands in Slack.

        What Slack told to rest is not waited for. `patience` is in seconds of real time. A clock
        that can be set is set on by `pass_time`; without one the seconds are waited for.
        """
        give_up = time.monotonic() + patience
        with self._turn:
            delivered = self.drain()
            while (rest := self._rest()) is not None and rest <= SOON_SECONDS:
                if time.monotonic() + rest > give_up:
                    break
                (pass_time or self._stopping.wait)(rest)
                if self._stopping.is_set():
                    break
                delivered += self.drain()
            return delivered

    def _take_up(self) -> None:
        """Whatever goes wrong here must not keep approvals from being posted."""
        db = self._connections()
        try:
            take_up(db, self._slack, self._now())
            report_troubles(db, self._now())
            report_altered(db, self._now())
        except Exception:
            log.exception("speaker.cannot_take_up")
            with writing(db):
                memory.hold(db, "定期の投稿を用意できません。ログを確認してください。")

    def _notice_clock(self) -> None:
        """A clock that was set back leaves nothing waiting for a time that was."""
        now = self._now()
        if self._seen is None or now < self._seen:
            db = self._connections()
            if _waits_beyond(db, now.timestamp() + self._poster.wait):
                with writing(db):
                    outbox.pull_in(db, now.timestamp(), self._poster.wait)
        self._seen = now

    def _rest(self) -> float | None:
        """Seconds until something can be posted, None when nothing waits."""
        now = self._now().timestamp()
        due = outbox.next_due(self._connections(), now)
        return None if due is None else max(0.05, due - now)

    def _tick_unless_busy(self) -> None:
        if self._turn.acquire(blocking=False):
            try:
                self.tick()
            finally:
                self._turn.release()

    def _post_when_woken(self) -> None:
        rest: float | None = None
        while True:
            self._woken.wait(rest)
            self._woken.clear()
            if self._stopping.is_set():
                return
            try:
                self.drain()
                rest = self._rest()
            except Exception:
                log.exception("speaker.failed")
                rest = TICK_SECONDS
            # The bot's clock may be set, so that no wait is trusted for longer than a tick.
            rest = None if rest is None else min(rest, TICK_SECONDS)


def _waits_beyond(db: Database, moment: float) -> bool:
    return any(message.next_at > moment for message in outbox.messages(db, "due"))
