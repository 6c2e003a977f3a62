"""Changed values that are being gathered, as they stand among what the bot will say next."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from answers.content import Content
from answers.planned import Planned
from schedules.changes.gathering import contents
from schedules.changes.telling import KIND, TITLE, audiences, ends, key_of
from store import news_hours


def planned(db: Database, now: datetime) -> list[Planned]:
    """One message for each who would hear of the hour that is open."""
    hour = news_hours.open_hour(db)
    if hour is None:
        return []
    due = ends(db, hour)
    return [
        Planned(key_of(hour, each), KIND, TITLE, due, (each,)) for each in audiences(db, hour, now)
    ]


def content(db: Database, now: datetime, key: str) -> Content | None:
    """The message with this key as it would be now."""
    hour = news_hours.open_hour(db)
    if hour is None:
        return None
    found = contents(db, hour.since, now.date())
    return next((said for each, said in found.items() if key_of(hour, each) == key), None)
