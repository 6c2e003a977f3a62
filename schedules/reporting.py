"""Planners hear of what did not go out: in the bot's hours, once a day at most, all in one message.

They hear once of a history that was altered.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from answers.troubles import altered_told, troubles_told
from schedules import memory
from schedules.due import PAUSED, QUIET_WHY
from schedules.hours import speaking
from schedules.waiting import planners_today
from store import outbox
from store.db import writing
from store.manners import BY_WISH
from store.outbox import Message
from store.reported import TROUBLE, report, reported_on, troubles, unreported

TITLE = "送れなかったお知らせ"
TITLE_ALTERED = "履歴が書き換えられています"
LOOK_BACK = timedelta(days=14)
# What somebody decided is not to be said is recorded, and no trouble.
WANTED_SO = (PAUSED, QUIET_WHY, BY_WISH)


def recent(db: Database, now: datetime) -> list[Message]:
    """What did not go out in the last two weeks, told or not, oldest first."""
    return troubles(db, (now - LOOK_BACK).timestamp(), WANTED_SO)


def report_troubles(db: Database, now: datetime) -> list[str]:
    """Put one message to each planner into the outbox when there is anything new; their keys."""
    day, since = f"{now:%Y-%m-%d}", (now - LOOK_BACK).timestamp()
    if not speaking(now) or not unreported(db, since, WANTED_SO):
        return []
    with writing(db):
        planners = planners_today(db, now.date())
        if not planners or reported_on(db, day):
            return []
        found = unreported(db, since, WANTED_SO)
        said = troubles_told(found).message
        report(db, found, now)
        keys = [f"{TROUBLE}{day}:{each}" for each in planners]
        return [
            key
            for key, each in zip(keys, planners, strict=True)
            if outbox.enqueue(db, key, each, TITLE, said, now.timestamp())
        ]


def report_altered(db: Database, now: datetime) -> list[str]:
    """Put one message to each planner into the outbox when something new was altered; their keys."""
    mark = memory.altered(db)
    if mark is None or not speaking(now):
        return []
    said = altered_told().message
    with writing(db):
        keys = {f"{TROUBLE}{mark}:{each}": each for each in planners_today(db, now.date())}
        return [
            key
            for key, each in keys.items()
            if outbox.enqueue(db, key, each, TITLE_ALTERED, said, now.timestamp())
        ]
