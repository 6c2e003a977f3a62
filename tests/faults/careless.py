"""Ways of delivering that look right and are not: the faults have to show it.

`post-then-record` has slack_sdk's default client, which sends again by itself, and looks for
nothing; `record-then-post` counts a message as sent before it is; `short-wait` is the real poster,
which looks for a message before Slack can have shown it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient
from sqlite_utils import Database

from schedules.delivery import Poster
from schedules.slack import Failed, Slack, SlackWeb, posting_client
from store import outbox
from store.db import writing
from store.outbox import Message


class PostThenRecord(Poster):
    """Posts, then says so; without an answer it posts again."""

    def _post(self, db: Database, message: Message) -> None:
        channel = self._channel(db, message)
        if channel is None:
            return
        try:
            ts = self.slack.post(channel, message.payload, message.key)
        except Failed as failed:
            self._put_back(db, message, 1.0, str(failed))
        else:
            self._sent(db, message, channel, ts, "post")


class RecordThenPost(Poster):
    """Says that a message is sent, then posts it."""

    def _post(self, db: Database, message: Message) -> None:
        channel = self._channel(db, message)
        if channel is None:
            return
        with writing(db):
            outbox.mark_sent(db, message.key, channel, "0", "post")
        try:
            ts = self.slack.post(channel, message.payload, message.key)
        except Failed:
            return
        self._sent(db, message, channel, ts, "post")


@dataclass(frozen=True)
class ShortWait(Poster):
    """Waits for a second where Slack may need two minutes."""

    wait: float = 1.0


WAYS: dict[str, type[Poster]] = {
    "ledger": Poster,
    "post-then-record": PostThenRecord,
    "record-then-post": RecordThenPost,
    "short-wait": ShortWait,
}


def poster_of(way: str, slack: Slack, clock: Callable[[], float]) -> Poster:
    """A poster that works in this way."""
    return WAYS[way](slack, clock)


def slack_of(way: str, token: str, url: str, timeout: float) -> SlackWeb:
    """Slack over the client that goes with a way of working."""
    client = posting_client(token, url)
    slack = SlackWeb(client)
    if way == "post-then-record":
        client.retry_handlers = WebClient(token).retry_handlers
    client.timeout = int(timeout) if timeout >= 1 else timeout  # type: ignore[assignment]
    return slack
