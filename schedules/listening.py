"""Putting what fell due into the outbox: once, whatever the clock does.

What is due follows from the store, from the moment up to which everything was taken up
(`memory.heard_until`) and from now; a message's unique key makes looking twice harmless. A clock
that leaps forward finds what lies between; one that is set back finds nothing new.

Before anything is taken up, our clock is compared with Slack's. A wrong clock would say things on
the wrong day and use up their keys, so that nothing is taken up until both agree.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from sqlite_utils import Database

from schedules import memory
from schedules.changes.telling import tell_changes
from schedules.due import Occasion, Scene
from schedules.hours import moments_between, speaking
from schedules.occasions import occasions
from schedules.pausing import unless_paused
from schedules.scene import Made, Stage, read_stage
from schedules.sections import make
from schedules.settling import settle
from schedules.slack import Failed, Slack
from store import outbox, reminded, settings, subscriptions
from store.db import writing
from store.reminded import Told
from store.times import timetable

log = structlog.get_logger()

MOST_DIFFERENCE = 120.0


Maker = Callable[[Database, Stage, Occasion], Made | None]


def take_up(db: Database, slack: Slack, now: datetime, maker: Maker = make) -> list[str]:
    """Put every message that fell due since the last time into the outbox; the keys that are new.

    All of it is one transaction with the moment up to which it was taken up. Reminders that stand
    already are changed where a department has done all, whatever the hour. Changed values are told
    of when their hour is over. After a restore nothing is, until the operator releases it.
    """
    if memory.is_restored(db):
        return []
    told = settle(db, now) + tell_changes(db, now, lambda: _clocks_agree(db, slack, now))
    return told + _take_up(db, slack, now, maker)


def _take_up(db: Database, slack: Slack, now: datetime, maker: Maker) -> list[str]:
    since = memory.heard_until(db)
    if since is None or now < since:
        if _clocks_agree(db, slack, now):
            with writing(db):
                memory.hear_until(db, now)
        return []
    hours = {each.time for each in subscriptions.subscriptions(db)}
    if not speaking(now) or not moments_between(since, now, timetable(db), hours):
        return []
    if not _clocks_agree(db, slack, now):
        return []
    with writing(db):
        taken = _all_due(db, since, now, maker)
        memory.hear_until(db, now)
    return taken


def _all_due(db: Database, since: datetime, now: datetime, maker: Maker) -> list[str]:
    stage = read_stage(db, now.date())
    found = _found(db, stage.scene, since, now) if stage else []
    lapsed = [each for each in found if each.lapsed and _record_lapsed(db, each, now)]
    if lapsed:
        log.error("speaker.lapsed", count=len(lapsed), keys=[each.key for each in lapsed[:10]])
    timely = [(each, stage) for each in found if stage and not each.lapsed]
    return [each.key for each, stage in timely if put_out(db, stage, each, now, maker)]


def _found(db: Database, scene: Scene, since: datetime, now: datetime) -> list[Occasion]:
    return unless_paused(occasions(scene, since, now), settings.paused(db))


def _record_lapsed(db: Database, occasion: Occasion, now: datetime) -> bool:
    at = now.timestamp()
    return outbox.skip(db, occasion.key, occasion.audience, occasion.title, at, occasion.why)


def put_out(db: Database, stage: Stage, occasion: Occasion, now: datetime, maker: Maker) -> bool:
    """Make and enqueue one message. One that cannot be made is recorded and stops no other."""
    at = now.timestamp()
    try:
        made = maker(db, stage, occasion)
    except Exception:
        log.exception("speaker.cannot_make", key=occasion.key)
        why = "内容を作成できませんでした。ログを確認してください。"
        outbox.skip(db, occasion.key, occasion.audience, occasion.title, at, why)
        return False
    if made is None or not outbox.enqueue(
        db,
        occasion.key,
        occasion.audience,
        occasion.title,
        made.content.message,
        at,
        mark=made.mark,
        since=occasion.due.timestamp(),
    ):
        return False
    if occasion.subscription:
        subscriptions.tell(db, occasion.key, occasion.subscription.name)
    if occasion.topics:
        told = [Told(topic.matter, topic.department) for topic in occasion.topics]
        reminded.keep(db, occasion.key, stage.scene.plan, stage.scene.collection, told)
    return True


def _clocks_agree(db: Database, slack: Slack, now: datetime) -> bool:
    """Whether our clock and Slack's differ by two minutes at most. No contact counts as no."""
    try:
        theirs = slack.time()
    except Failed as failed:
        log.warning("speaker.no_contact", error=str(failed))
        return False
    difference = 0.0 if theirs is None else now.timestamp() - theirs
    if abs(difference) > MOST_DIFFERENCE:
        log.error("speaker.clock_differs", seconds=round(difference))
        why = f"時計がSlackと{abs(difference):.0f}秒ずれています。時刻合わせを確認してください。"
        with writing(db):
            memory.hold(db, why)
        return False
    if memory.held(db) is not None:
        with writing(db):
            memory.let_go(db)
    return True
