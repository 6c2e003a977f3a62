"""Posting what is in the outbox: nothing lost and nothing doubled, whatever happens on the way.

Between the moment Slack keeps a message and our commit of its ts lies a window that no order of two
systems closes. So the row says *before* the call that the message may be out (`verify`), and a
message that may be out is looked for by its key before it is posted again, after a wait that is
longer than our timeout and Slack's lateness together. What cannot be looked for is never sent
again by itself: the operator is told. One process posts for a data folder (`store.holding.only_one`),
one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog
from sqlite_utils import Database

from schedules.due import Lapsed
from schedules.slack import Failed, Refused, Slack, TooMany, Unsure
from schedules.timely import may_start
from store import outbox
from store.db import writing
from store.outbox import Message

log = structlog.get_logger()

WAIT_SECONDS = 120.0
LOOK_BACK_SECONDS = 120.0
PAUSE_SECONDS = 15.0
LONGEST_PAUSE = 600.0
LOOK_UPS = 20
BAD_BLOCKS, CHART = "invalid_blocks", "data_visualization"


@dataclass(frozen=True)
class Poster:
    """Posts from the outbox to `slack`. `clock` gives the bot's time in epoch seconds.

    `wait` is how long a message whose outcome is unknown rests before it is looked for.
    `may_start(db, message, now)` gives the moment from which it may go out, or raises Lapsed.
    """

    slack: Slack
    clock: Callable[[], float]
    wait: float = WAIT_SECONDS
    may_start: Callable[[Database, Message, float], float] = may_start

    def drain(self, db: Database) -> list[str]:
        """Deliver until nothing more is due; the keys of what now stands in Slack."""
        return [message.key for message in self.deliver(db) if message.state == "sent"]

    def deliver(self, db: Database) -> Iterator[Message]:
        """Bring each message that is due as far as it goes, and yield it as it then is."""
        self.recover(db)
        while (claimed := self._claim(db)) is not None:
            self._deliver(db, claimed)
            message = outbox.message(db, claimed.key)
            if message is not None:
                yield message

    def recover(self, db: Database) -> None:
        """Make due again what a sender that is no more had in hand."""
        if outbox.in_hand(db):
            with writing(db):
                outbox.recover(db, self.clock(), self.wait)

    def _claim(self, db: Database) -> Message | None:
        now = self.clock()
        due = outbox.next_due(db, now)
        if due is None or due > now:
            return None
        with writing(db):
            return outbox.claim(db, now)

    def _deliver(self, db: Database, message: Message) -> None:
        """Bring a claimed message to an end or put it back; a bug of ours puts it back too."""
        try:
            if message.edits is None:
                self._post(db, message)
            else:
                self._edit(db, message, message.edits)
        except Exception:
            log.exception("outbox.failed", key=message.key)
            self._put_back(db, message, self.wait, "internal error")

    def _post(self, db: Database, message: Message) -> None:
        if not message.verify and not self._timely(db, message):
            return
        channel = self._channel(db, message)
        if channel is None or (message.verify and self._settled_by_look_up(db, message, channel)):
            return
        if message.verify and not self._timely(db, message):
            return
        with writing(db):
            outbox.mark_verify(db, message.key, channel)
        try:
            ts = self.slack.post(channel, message.payload, message.key)
        except Refused as refused:
            self._refused(db, message, str(refused))
        except TooMany as wait:
            self._put_back(db, message, wait.retry_after, str(wait), verify=message.verify)
        except Unsure as unsure:
            self._put_back(db, message, self.wait, str(unsure))
        else:
            self._sent(db, message, channel, ts, "post")

    def _refused(self, db: Database, message: Message, reason: str) -> None:
        """Nothing is out. Not every workspace has Slack's charts: what has one goes without it."""
        if reason == BAD_BLOCKS:
            with writing(db):
                plainer = outbox.drop_blocks(db, message.key, CHART)
            if plainer:
                self._put_back(db, message, 0.0, reason, verify=message.verify)
                return
        self._end(db, message, "dead", reason, verify=message.verify)

    def _timely(self, db: Database, message: Message) -> bool:
        now = self.clock()
        try:
            start = self.may_start(db, message, now)
        except Lapsed as lapsed:
            self._end(db, message, "skipped", str(lapsed))
            return False
        if start > now:
            self._put_back(db, message, start - now, None)
        return start <= now

    def _channel(self, db: Database, message: Message) -> str | None:
        """Where the message goes; None when that cannot be found out now, which is then recorded."""
        if message.channel or not message.audience.startswith(("U", "W")):
            return message.channel or message.audience
        try:
            return self.slack.open(message.audience)
        except Refused as refused:
            end = "unknown" if message.verify else "dead"
            self._end(db, message, end, f"conversations.open: {refused}")
        except (TooMany, Unsure) as failed:
            self._put_back(db, message, _pause(message, failed), str(failed))
        return None

    def _settled_by_look_up(self, db: Database, message: Message, channel: str) -> bool:
        """Look for a message that may be out. False says that it is not, and may be posted."""
        try:
            oldest, thread = self._oldest(message), message.payload.get("thread_ts")
            ts = self.slack.find(channel, message.key, oldest, thread)
        except (TooMany, Unsure) as failed:
            if isinstance(failed, TooMany) and message.attempt >= LOOK_UPS:
                self._end(db, message, "unknown", f"look-up: {failed}")
            else:
                self._put_back(db, message, _pause(message, failed), f"look-up: {failed}")
            return True
        except Refused as refused:
            self._end(db, message, "unknown", f"look-up: {refused}")
            return True
        if ts is not None:
            self._sent(db, message, channel, ts, "lookup")
        return ts is not None

    def _oldest(self, message: Message) -> float:
        """Where the look-up begins, on Slack's clock: ours may be ahead of it."""
        now, theirs = self.clock(), self.slack.time()
        ahead = 0.0 if theirs is None else max(0.0, now - theirs)
        return min(message.first_at or message.made_at, now) - ahead - LOOK_BACK_SECONDS

    def _edit(self, db: Database, message: Message, edits: str) -> None:
        """Put the message in the place of an earlier one; doing so twice changes nothing."""
        earlier = outbox.message(db, edits)
        if earlier is None or earlier.state in {"skipped", "dead", "unknown"}:
            self._end(db, message, "skipped", "元の投稿がありません。")
        elif outbox.edited_again(db, message):
            self._end(db, message, "skipped", "より新しい内容で書き換えます。")
        elif earlier.channel is None or earlier.ts is None:
            self._put_back(db, message, max(1.0, earlier.next_at - self.clock()), None)
        else:
            self._update(db, message, earlier.channel, earlier.ts)

    def _update(self, db: Database, message: Message, channel: str, ts: str) -> None:
        try:
            self.slack.update(channel, ts, message.payload)
        except Refused as refused:
            self._end(db, message, "dead", str(refused))
        except (TooMany, Unsure) as failed:
            self._put_back(db, message, _pause(message, failed), str(failed))
        else:
            self._sent(db, message, channel, ts, "update")

    def _sent(self, db: Database, message: Message, channel: str, ts: str, via: str) -> None:
        with writing(db):
            outbox.mark_sent(db, message.key, channel, ts, via)
        log.info("outbox.sent", key=message.key, via=via, attempt=message.attempt)

    def _put_back(
        self,
        db: Database,
        message: Message,
        seconds: float,
        error: str | None,
        verify: bool | None = None,
    ) -> None:
        with writing(db):
            outbox.put_back(db, message.key, self.clock() + max(1.0, seconds), error, verify)
        if error:
            log.warning("outbox.put_back", key=message.key, seconds=seconds, error=error)

    def _end(
        self, db: Database, message: Message, state: str, reason: str, verify: bool | None = None
    ) -> None:
        with writing(db):
            outbox.settle(db, message.key, state, reason, verify)
        tell = log.info if message.edits and state == "skipped" else log.error
        tell(f"outbox.{state}", key=message.key, title=message.title, reason=reason)


def _pause(message: Message, failed: Failed) -> float:
    """How long to rest before a call that changes nothing is made again, in seconds."""
    if isinstance(failed, TooMany):
        return failed.retry_after
    return min(PAUSE_SECONDS * 2.0 ** min(message.attempt - 1, 10), LONGEST_PAUSE)
