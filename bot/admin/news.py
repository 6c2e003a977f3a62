"""`/kpi-admin お知らせ`: which channels are told of verdicts that change and stages that end."""

from __future__ import annotations

from answers.content import Content
from answers.news_page import MOST_HISTORY, NewsSeen, news_page
from bot.admin.page import Request
from bot.desk import Desk
from schedules.changes.gathering import changed_since
from schedules.changes.telling import ends
from store import directory, news_channels, news_hours, settings


def page(desk: Desk, _: Request) -> Content:
    """The channels, what is being gathered, and the newest of the history."""
    return shown(desk)


def shown(desk: Desk, note: str = "") -> Content:
    """The page as it stands."""
    db, hour = desk.db, news_hours.open_hour(desk.db)
    until = ends(db, hour) if hour else None
    seen = NewsSeen(
        desk.plan,
        news_channels.channels(db),
        news_channels.history(db, MOST_HISTORY),
        directory.names(db),
        desk.today,
        settings.paused(db),
        f"{until.month}/{until.day} {until:%H:%M}" if until else None,
        len(changed_since(db, hour.since, desk.today)) if hour else 0,
    )
    return news_page(seen, note)
