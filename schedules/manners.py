"""What was decided after a message was made, asked once more before it is posted.

A message may wait in the outbox: for its hour, for Slack, for a restart. Meanwhile planners may set
a quiet period, and its reader may choose hours (`store.manners`). Both hold for what is said by
itself. Whatever answers an act of a person always goes.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from schedules.due import Lapsed, reason_quiet
from schedules.hours import next_speaking_but
from store.fiscal import TOKYO
from store.outbox import Message
from store.quiet import quiet_periods

# What is told of values and stages is news however late; reminders and digests are of their day.
OF_THEIR_DAY = ("remind:", "nudge:", "digest:", "stage:")
NEWS = ("news:", "stage-closed:")


def may_be_heard(db: Database, message: Message, now: float) -> float:
    """The moment (epoch) from which a message may go to its reader; Lapsed when it must not go."""
    if not message.key.startswith((*OF_THEIR_DAY, *NEWS)):
        return now
    moment = datetime.fromtimestamp(now, TOKYO)
    periods = quiet_periods(db)
    if message.key.startswith(NEWS):
        return next_speaking_but(moment, periods).timestamp()
    if why := reason_quiet(periods, moment.date()):
        raise Lapsed(why)
    return now
