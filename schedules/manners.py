"""What was decided after a message was made, asked once more before it is posted.

A message may wait in the outbox: for its hour, for Slack, for a restart. Meanwhile planners may set
a quiet period, and its reader may choose hours or have reminders on Home only (`store.manners`).
Both hold for what is said by itself. Whatever answers an act of a person always goes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlite_utils import Database

from schedules.due import WHENEVER, Lapsed, reason_quiet
from schedules.hours import next_speaking_but
from store.fiscal import TOKYO
from store.manners import BY_WISH, Manners, manners
from store.outbox import Message
from store.quiet import Quiet, quiet_periods
from store.workdays import on_or_after

REMINDERS = ("remind:", "nudge:")
OF_THEIR_DAY = (*REMINDERS, "digest:", "stage:")
HOME_ONLY = f"{BY_WISH}により、ホームにだけ表示しました。"


def may_be_heard(db: Database, message: Message, now: float) -> float:
    """The moment (epoch) from which a message may go to its reader; Lapsed when it must not go."""
    if not message.key.startswith((*OF_THEIR_DAY, *WHENEVER)):
        return now
    moment, periods = datetime.fromtimestamp(now, TOKYO), quiet_periods(db)
    person = message.audience.startswith(("U", "W"))
    wish = manners(db, message.audience) if person else Manners()
    if message.key.startswith(WHENEVER):
        return _next(moment, wish, periods).timestamp()
    if why := reason_quiet(periods, moment.date()):
        raise Lapsed(why)
    if wish.home_only and message.key.startswith(REMINDERS):
        raise Lapsed(HOME_ONLY)
    # Nights and days off are the bot's own hours (`schedules.hours`), nobody's choice.
    return now if wish == Manners() else _today(moment, wish).timestamp()


def next_heard(moment: datetime, wish: Manners) -> datetime:
    """The first moment from `moment` on that lies within somebody's hours of a working day."""
    here = moment.astimezone(TOKYO)
    if wish.first <= here.hour < wish.last:
        return moment
    day = here.date() if here.hour < wish.first else here.date() + timedelta(days=1)
    return datetime.combine(on_or_after(day), time(wish.first, tzinfo=TOKYO))


def _today(moment: datetime, wish: Manners) -> datetime:
    """The same for what is of its day. Lapsed when there is no such moment left in it."""
    start = next_heard(moment, wish)
    if start.date() > moment.date():
        said = f"{BY_WISH}（受け取る時間 {wish.hours}）により、その日に送れませんでした。"
        raise Lapsed(f"{said}ホームに表示しました。")
    return start


def _next(moment: datetime, wish: Manners, periods: tuple[Quiet, ...]) -> datetime:
    """The same for news, which waits for the hours of both: planners' and its reader's."""
    start = next_speaking_but(moment, periods)
    while (heard := next_heard(start, wish)) != start:
        start = next_speaking_but(heard, periods)
    return start
