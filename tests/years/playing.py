"""The four years, from open day to open day: the real bot in its sandbox, under a clock that is set.

What the bot waits for within seconds is not waited for: the clock is set on instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.shell.run import in_sandbox
from store import outbox
from store.fiscal import TOKYO
from store.holding import only_one
from tests.bot.office import Office
from tests.sandbox.hands import Hands
from tests.years.calendar import STORY, days_of
from tests.years.facts import DIGESTS, FIRST
from tests.years.story import Story

MORNING, AFTERNOON, EVENING = time(9), time(14), time(16)
SOON_SECONDS = 3.0


@contextmanager
def four_years(folder: Path) -> Iterator[Story]:
    """The office as it is in the evening of the last day, and what its people did."""
    begins = datetime.combine(FIRST, time(8), TOKYO)
    with only_one(folder), in_sandbox(folder, 0, begins, False) as (sandbox, bot):
        story = Story(Office(folder, sandbox, bot, Hands(sandbox.url)))
        live(story)
        yield story


def live(story: Story) -> None:
    """Let each open day begin, and on its afternoon do what is to be done."""
    deeds, digest_days = story.deeds(), {each: set(days_of(each)) for each in DIGESTS}
    for day in STORY:
        be(story.office, day, MORNING)
        hear_later(story.office, day)
        for each in DIGESTS:
            if each.hour > MORNING.hour and day in digest_days[each]:
                be(story.office, day, time(each.hour))
        if day in deeds:
            be(story.office, day, AFTERNOON)
            for deed in deeds[day]:
                deed()
                drain(story.office)
            be(story.office, day, EVENING)


def hear_later(office: Office, day: date) -> None:
    """What has to wait for its reader's hours is said in them."""
    due = outbox.next_due(office.bot.desk.db, office.now.timestamp())
    if due is not None and datetime.fromtimestamp(due, TOKYO).date() == day:
        office.sandbox.clock.set(datetime.fromtimestamp(due + 1, TOKYO))
        drain(office)


def be(office: Office, day: date, hour: time) -> None:
    """Make it that hour, and let all be said that is due."""
    office.sandbox.clock.set(datetime.combine(day, hour, TOKYO))
    office.bot.speaker.tick()
    drain(office)


def drain(office: Office) -> None:
    """Let everything be posted that can be within seconds."""
    clock, db = office.sandbox.clock, office.bot.desk.db
    office.bot.speaker.tick()
    while (due := outbox.next_due(db, clock.now().timestamp())) is not None:
        rest = due - clock.now().timestamp()
        if rest > SOON_SECONDS:
            return
        clock.set(clock.now() + timedelta(seconds=max(0.0, rest) + 0.01))
        office.bot.speaker.drain()
