"""A day of a city hall in fast-forward, with every fault at one per cent.

A Monday three days before figures are due: digest and reminders go out at nine, people ask from
seven in the morning to late at night, figures are given and approved in office hours. The clock
goes on by minutes; who is slow holds up nobody but those who wait for the same lane.

A bot is warm at noon. A third of the questions are asked by then, and each of its workers, with a
connection of its own that keeps pages and statements, came to most kinds of work. What it takes
more from then on, with two thirds of the questions ahead, is what counts as growth.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlite_utils import Database

from tests.crash.city import count, looking, staff
from tests.crash.city import figures as what_can_be_given
from tests.crash.town import Town
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.account import Toll, account
from tests.torture.wire.acts import Record, Scene
from tests.torture.wire.bots import HOARDED_KB, bot, hall
from tests.torture.wire.crowd import FOR_EVER, crowd, side_by_side
from tests.torture.wire.hours import MIDNIGHT, MINUTES, NOON, Day
from tests.torture.wire.vitals import Vitals

# More than the bot has workers, so that all of them work from the beginning.
LANES = 40
OF_CONTROL = 600
MUST = (
    "commands>=asked digests=1 reminders>0 lost=0 doubled=0 rss_growth_pct<10 fds_more<5 wal_mb<16 "
    "integrity=ok"
)


@dataclass(frozen=True)
class Lived:
    """What came of a day."""

    day: Day
    vitals: Vitals
    spoken: dict[str, int]
    toll: Toll


def day(ask: Ask) -> Iterator[Line]:
    """A day with so many commands; a short one each of a bot that posts twice and of one that leaks."""
    yield Line("day", ask.count, _figures(_live(ask.folder / "ours", ask.count, ask.seed)), MUST)
    few = min(ask.count, OF_CONTROL)
    careless = _live(ask.folder / "careless", few, ask.seed, "post-then-record")
    doubled: dict[str, Figure] = {"poster": "post-then-record", "doubled": careless.toll.doubled}
    yield Line("day control", few, doubled, "doubled>0")
    leaking = _live(ask.folder / "leaking", few, ask.seed, "hoards")
    grown = {"kept_kb_a_question": HOARDED_KB, "rss_growth_pct": leaking.vitals.growth_pct}
    yield Line("day control", few, grown, "rss_growth_pct>20")


def _figures(lived: Lived) -> dict[str, Figure]:
    toll, vitals, passed = lived.toll, lived.vitals, lived.day
    return {
        "hours": 24,
        "commands": passed.commands,
        "faults": passed.faults,
        "unanswered": passed.unanswered,
        **lived.spoken,
        "acts": toll.acts,
        "lost": toll.acked_missing + toll.unsent,
        "doubled": toll.doubled,
        "rss_mb": round(vitals.end.kb / 1024),
        "rss_growth_pct": vitals.growth_pct,
        "fds_more": vitals.fds_more,
        "wal_mb": vitals.wal_mb,
        "integrity": toll.integrity,
    }


def _live(folder: Path, asked: int, seed: int, way: str | None = None) -> Lived:
    people = staff().model_copy(update={"digest_channels": ("C0DIGEST",)})
    with hall(folder, people) as (there, data):
        there.set_clock(MIDNIGHT)
        with bot(there, data, way) as process, looking(data) as db:
            vitals = Vitals(process.pid, data)
            passed, record = asyncio.run(_pass(there, db, vitals, asked, Random(seed)))
            spoken = _spoken(db)
        return Lived(passed, vitals, spoken, account(there, data, record))


async def _pass(
    there: Town, db: Database, vitals: Vitals, asked: int, chance: Random
) -> tuple[Day, Record]:
    free = deque(chance.sample(what_can_be_given(), len(what_can_be_given())))
    async with crowd(there) as people:
        scene = Scene(people, db)
        await people.do("fault", kind="retry_events", times=FOR_EVER, seconds=0.5)
        async with scene.hurrying():
            async with side_by_side(LANES) as begin:
                passing = Day(scene, asked, chance, begin, free)
                for minute in MINUTES:
                    await passing.minutes(minute)
                    vitals.see_wal()
                    if minute == NOON:
                        vitals.is_warm()
            await scene.settled()
        vitals.is_over()
        return passing, scene.record


def _spoken(db: Database) -> dict[str, int]:
    """What the bot said by itself."""
    sent = "outbox WHERE state = 'sent' AND key LIKE ?"
    return {"digests": count(db, sent, "digest:%"), "reminders": count(db, sent, "%remind%")}
