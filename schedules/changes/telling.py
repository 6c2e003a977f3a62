"""The hour of changed values: opened by the first, told at its end, or when the bot next speaks.

The hour is a row (`store.news_hours`), so that a restart forgets nothing. What is told is made at
its end from what then stands, in one transaction with the end of the hour: once, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlite_utils import Database

from answers.content import Content
from schedules.changes.gathering import by_audience, changed_since, contents
from schedules.due import NEWS, PAUSED
from schedules.hours import next_speaking_but
from schedules.news import newest_decision
from store import news_hours, outbox, quiet, settings
from store.db import writing
from store.news_hours import Hour

log = structlog.get_logger()

KIND, TITLE = "news", "値・判定のお知らせ"
WITHIN = timedelta(hours=1)
NOT_MADE = "内容を作成できませんでした。ログを確認してください。"


def notice(db: Database, since: int, at: datetime) -> None:
    """Open the hour when a decision after `since` changed a value; inside the act's transaction."""
    if news_hours.open_hour(db) is None and changed_since(db, since, at.date()):
        news_hours.begin(db, at, since)


def ends(db: Database, hour: Hour) -> datetime:
    """When the hour is told of: its end, or the first moment after it at which the bot speaks."""
    return next_speaking_but(hour.opened_at + WITHIN, quiet.quiet_periods(db))


def tell_changes(db: Database, now: datetime, agreed: Callable[[], bool]) -> list[str]:
    """Tell of an hour that is over; the keys of the messages that are new.

    `agreed` asks whether the clock can be trusted, when it matters.
    """
    hour = news_hours.open_hour(db)
    if hour is None:
        return []
    if now < hour.opened_at:
        with writing(db):
            news_hours.begin_again(db, hour, now)
        return []
    # It may be over since long: whether the bot speaks now is asked anew.
    if now < ends(db, hour) or next_speaking_but(now, quiet.quiet_periods(db)) > now:
        return []
    if not agreed():
        return []
    with writing(db):
        return _tell(db, hour, now)


def key_of(hour: Hour, audience: str) -> str:
    """The key of what an audience is told of an hour."""
    return f"{NEWS}{hour.id}:{audience}"


def audiences(db: Database, hour: Hour, now: datetime) -> list[str]:
    """Who would hear of the hour as things stand."""
    return list(by_audience(db, changed_since(db, hour.since, now.date()), now.date()))


def _tell(db: Database, hour: Hour, now: datetime) -> list[str]:
    """Tell everybody and end the hour. What cannot be made is recorded and opens it for no longer."""
    news_hours.end(db, hour, now, newest_decision(db))
    try:
        made = contents(db, hour.since, now.date())
    except Exception:
        log.exception("news.cannot_make", hour=hour.id)
        outbox.skip(db, key_of(hour, "all"), "", TITLE, now.timestamp(), NOT_MADE)
        return []
    put = _skip if KIND in settings.paused(db) else _put
    return [key_of(hour, each) for each in made if put(db, hour, each, made[each], now)]


def _put(db: Database, hour: Hour, audience: str, content: Content, now: datetime) -> bool:
    key, at, since = key_of(hour, audience), now.timestamp(), hour.opened_at.timestamp()
    return outbox.enqueue(db, key, audience, TITLE, content.message, at, since=since)


def _skip(db: Database, hour: Hour, audience: str, _: Content, now: datetime) -> bool:
    outbox.skip(db, key_of(hour, audience), audience, TITLE, now.timestamp(), PAUSED)
    return False
