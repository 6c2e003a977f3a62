"""Channels hear of a stage that was closed, once; taken back, the message says so where it stands.

Every function runs inside the act's transaction.
"""

from __future__ import annotations

from sqlite_utils import Database

from answers.closed_stage import stage_closed, stage_reopened
from answers.content import Content
from schedules.due import CLOSED, PAUSED
from store import news_channels, outbox, settings
from store.acts import By
from store.standing import Outlook

KIND, TITLE = "stage", "段階の完了のお知らせ"


def hearing(db: Database) -> list[str]:
    """The channels that are told of everything."""
    return [each.channel for each in news_channels.channels(db) if each.on and each.goal is None]


def tell_closed(db: Database, by: By, outlook: Outlook, stage: str) -> None:
    """Tell of a closing. `outlook` is as it stands after it; a channel that knows reads it anew."""
    said, at = stage_closed(outlook, stage), by.at.timestamp()
    stood = {each.audience for each in _told(db, outlook, stage)}
    _say_again(db, by, outlook, stage, said)
    for channel in (each for each in hearing(db) if each not in stood):
        key = f"{_keys(outlook, stage)}{channel}"
        if KIND in settings.paused(db):
            outbox.skip(db, key, channel, TITLE, at, PAUSED)
        else:
            outbox.enqueue(db, key, channel, TITLE, said.message, at)


def tell_reopened(db: Database, by: By, outlook: Outlook, stage: str) -> None:
    """What was told of a closing says that it was taken back."""
    _say_again(db, by, outlook, stage, stage_reopened(outlook, stage))


def _say_again(db: Database, by: By, outlook: Outlook, stage: str, said: Content) -> None:
    for each in _told(db, outlook, stage):
        times = len(outbox.messages(db, like=f"{each.key}:again%"))
        key, at = f"{each.key}:again{times + 1}", by.at.timestamp()
        outbox.enqueue(db, key, each.audience, TITLE, said.message, at, edits=each.key)


def _told(db: Database, outlook: Outlook, stage: str) -> list[outbox.Message]:
    made = outbox.messages(db, like=f"{_keys(outlook, stage)}%")
    return [each for each in made if each.edits is None and each.state != "skipped"]


def _keys(outlook: Outlook, stage: str) -> str:
    """How the keys of what is told of a stage's end begin; the channel follows."""
    return f"{CLOSED}{outlook.plan.id}:{outlook.cycle.collection}:{stage}:"
