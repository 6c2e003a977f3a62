"""Channels in which nothing may be posted any more: what they follow and are told of ends.

Planners, who chose what a channel is told, hear of the end once.
"""

from __future__ import annotations

from typing import Any

import structlog

from answers.channel_closed import TITLE, channel_closed, why_silent
from answers.content import Content
from bot.channels import Closed, why_closed
from bot.desk import Desk
from bot.telling import say
from schedules.due import CHANNEL_CLOSED
from schedules.waiting import planners_today
from store import follows, news_channels, subscriptions
from store.acts import By
from store.db import writing

log = structlog.get_logger()


def shared_with_outsiders(desk: Desk, event: dict[str, Any]) -> None:
    """A channel was opened to another organisation: nothing is told there any more."""
    _end_all(desk, event["channel"], "outsiders")


def leave_closed_channels(desk: Desk) -> None:
    """Nightly: whatever a channel hears in which nothing may be posted any more ends."""
    told = (each.channel for each in news_channels.channels(desk.db) if each.on)
    digests = (each.channel for each in subscriptions.subscriptions(desk.db))
    for channel in dict.fromkeys((*follows.channels(desk.db), *told, *digests)):
        closed = why_closed(desk, channel)
        if closed in {"not there", "outsiders"}:
            _end_all(desk, channel, closed)


def _end_all(desk: Desk, channel: str, closed: Closed) -> None:
    """Where planners want outsiders to read along, being shared ends nothing that they chose."""
    shared = closed == "outsiders"
    by = desk.by("shell:kpibot", "event", f"チャンネル{why_silent(shared)}")
    with writing(desk.db):
        count = follows.end_all(desk.db, by, channel)
        off = news_channels.turn_off(desk.db, by, channel, unless_outsiders=shared)
        ended = subscriptions.end_all(desk.db, by, channel) if shared else ()
        if off or ended:
            _tell_planners(desk, by, channel, channel_closed(channel, ended, off, shared))
    if count or off or ended:
        desk.wake()
        log.warning(
            "channel.closed", channel=channel, followings=count, news=off, digests=len(ended)
        )


def _tell_planners(desk: Desk, by: By, channel: str, said: Content) -> None:
    for planner in planners_today(desk.db, by.at.date()):
        key = f"{CHANNEL_CLOSED}{channel}:{by.at:%Y%m%dT%H%M%S}:{planner}"
        say(desk.db, by, key, planner, said, TITLE)
