"""Ways of working that lose or double: with each of them the same kills have to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.acting import act_once
from bot.desk import Desk
from schedules.delivery import Poster
from store import outbox
from store.db import writing
from store.inbox import Reply
from store.outbox import Message
from tests.crash.steps import replace

LONGER_THAN_SLACK_MS = 8000


def act_later(desk: Desk, key: str, work: Callable[[], Reply]) -> Reply:
    """A click is acked first and written afterwards."""
    if not key.startswith("click:"):
        return act_once(desk, key, work)
    desk.after(lambda: act_once(desk, key, work))
    return {"text": "提出しました。"}


def act_each_time(db: Database, _key: str, _at: datetime, work: Callable[[], Reply]) -> Reply:
    """Nothing is remembered of what was delivered before."""
    with writing(db):
        return work()


@contextmanager
def writing_piecemeal(db: Database) -> Iterator[Database]:
    """Every statement is durable by itself."""
    yield db


def mark_nothing(db: Database, key: str, channel: str) -> None:
    """Nothing says before the call that the message may be out, so that nothing is looked for."""


def record_then_post(poster: Poster, db: Database, message: Message) -> None:
    """A message counts as sent before it is."""
    channel: Any = poster._channel(db, message)
    with writing(db):
        outbox.mark_sent(db, message.key, channel, "0", "post")
    poster.slack.post(channel, message.payload, message.key)


WAYS: dict[str, tuple[str, Any]] = {
    "ack-first": ("bot.listeners.submitting:act_once", act_later),
    "piecemeal": ("store.inbox:writing", writing_piecemeal),
    "no-inbox": ("bot.acting:once", act_each_time),
    "post-then-record": ("store.outbox:mark_verify", mark_nothing),
    "waits-longer": ("store.db:BUSY_MS", LONGER_THAN_SLACK_MS),
    "record-then-post": ("schedules.delivery:Poster._post", record_then_post),
}


def work_in(way: str) -> None:
    """From now on this process works in a broken way."""
    place, instead = WAYS[way]
    replace(place, lambda _real: instead)
