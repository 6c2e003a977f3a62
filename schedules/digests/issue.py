"""An issue of a subscription: made of what stands, regular or asked for."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from schedules.digests.digest import Issue, digest
from schedules.digests.occasions import TITLES, day_of, digest_key, moment
from schedules.digests.scoping import scoped
from schedules.news import news
from schedules.scene import Made, Stage
from store import outbox, subscriptions
from store.errors import Stale
from store.subscriptions import Subscription

GONE = "対象の目標または課が、いまの計画にありません。範囲を選び直してください。"
ON_ITS_WAY = "同じ週報を送っているところです。届いてから、もう一度お試しください。"
ASKED = "（随時）"


def make_digest(
    db: Database, stage: Stage, subscription: Subscription, asked: bool = False
) -> Made:
    """What changed since its channel's last issue, or since it began to get any.

    Raises Stale when what it is about is not there any more.
    """
    view = scoped(stage.outlook, stage.known, subscription.scope)
    if view is None:
        raise Stale(GONE)
    since = subscriptions.told_until(db, subscription)
    last = subscriptions.last_told(db, subscription)
    found = news(db, view.outlook, since)
    own = view.department is not None and view.department.channel == subscription.channel
    first = last is None or last < subscription.since
    noted = stage.head.short if stage.head else None
    issue = Issue(view, found, subscription.rhythm, first, stage.coming, own, asked, noted)
    return Made(digest(issue), found.mark)


def post_now(db: Database, stage: Stage, subscription: Subscription, now: datetime) -> bool:
    """Put an issue in the outbox at once. True when it stands in for the regular one of today.

    On its day and before its hour it is that very issue, so that nothing comes twice; at any other
    time it comes beside the regular ones, and the next of these tells only what is newer. Raises
    Stale while another issue is on its way. Runs inside a transaction.
    """
    there = subscriptions.issues(db, subscription)
    if any(each["state"] in {"due", "sending"} for each in there):
        raise Stale(ON_ITS_WAY)
    today, key = now.date(), digest_key(subscription, now.date())
    comes = day_of(subscription, today) == today and now < moment(subscription, today)
    early = comes and key not in {each["key"] for each in there}
    asked = f"digest-asked:{len(there) + 1}:{subscription.name}"
    made = make_digest(db, stage, subscription, asked=not early)
    _enqueue(db, subscription, key if early else asked, made, now, early)
    return early


def _enqueue(
    db: Database, each: Subscription, key: str, made: Made, now: datetime, early: bool
) -> None:
    title = TITLES[each.rhythm] + ("" if early else ASKED)
    due = moment(each, now.date()).timestamp() if early else None
    at, said = now.timestamp(), made.content.message
    outbox.enqueue(db, key, each.channel, title, said, at, mark=made.mark, since=due)
    subscriptions.tell(db, key, each.name)
