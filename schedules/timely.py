"""When a message that waits in the outbox may go out, and when it is too late for it."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlite_utils import Database

from schedules.digests.occasions import PREFIX, is_late
from schedules.digests.occasions import due_of as digest_due
from schedules.due import WHENEVER, Lapsed, reason_lapsed
from schedules.hours import is_day_over, next_speaking
from schedules.manners import may_be_heard
from store.fiscal import TOKYO
from store.outbox import Message
from store.times import DEFAULTS, UNCHANGED, Timetable, timetable

_DAILY_KEY = re.compile(r"(?:remind|nudge|stage):(?:.*:)?(\d{4}-\d{2}-\d{2}):[^:]+\Z")


def may_start(db: Database, message: Message, now: float) -> float:
    """The moment (epoch) from which a message of the outbox may go to its reader; else Lapsed is raised."""
    start = may_go(message.key, now, message.due_at, timetable(db))
    return max(start, may_be_heard(db, message, now))


def may_go(
    key: str, now: float, due_at: float | None = None, table: Timetable = UNCHANGED
) -> float:
    """The same by the hours of the bot, whoever is to read it; Lapsed when it is too late.

    Digests and reminders keep their hours even when Slack was down at the time, and so does what is
    told of changed values, of stages and channels that ended, for which it is never too late; whatever
    answers an act of a person may always go. `due_at` is when it fell due; where that was not kept, the key
    tells it. How late it may be is that of the day on which it fell due, as it was for the occasion.
    """
    moment = datetime.fromtimestamp(now, TOKYO)
    if key.startswith(WHENEVER):
        return next_speaking(moment).timestamp()
    due = due_of(key) if due_at is None else datetime.fromtimestamp(due_at, TOKYO)
    if due is None:
        return now
    digest = key.startswith(PREFIX)
    if is_late(table, key, due, moment) if digest else is_day_over(table, due, moment):
        raise Lapsed(reason_lapsed(due))
    return next_speaking(moment).timestamp()


def due_of(key: str) -> datetime | None:
    """When a message of which nothing but the key is known was due: then every morning was at 09:00.

    None for one that is not of an occasion.
    """
    if day := _DAILY_KEY.match(key):
        return datetime.combine(date.fromisoformat(day[1]), DEFAULTS.hour, TOKYO)
    return digest_due(key)
