"""A day of a city hall in fast-forward, with every fault at one per cent.

A Monday three days before figures are due: digest and reminders go out at nine, people ask from
seven in the morning to late at night, figures are given and approved in office hours. The clock
goes on by minutes; what a minute holds is done at once.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlite_utils import Database

from bot.shell.context import DATABASE
from store.fiscal import TOKYO
from tests.crash.city import Figure as Given
from tests.crash.city import count, looking, staff
from tests.crash.city import figures as what_can_be_given
from tests.crash.town import Town
from tests.sandbox.hands import Json
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.account import Toll, account
from tests.torture.wire.acts import PLANNERS, Record, Scene
from tests.torture.wire.bots import Process, bot, hall
from tests.torture.wire.bursts import WORDS
from tests.torture.wire.crowd import ASKERS, FOR_EVER, crowd, side_by_side

MIDNIGHT = datetime(2025, 6, 9, 0, 0, tzinfo=TOKYO)
MINUTES = 24 * 60
STEP = 5
BUSY = range(7 * 60, 22 * 60)
OFFICE = range(8 * 60 + 30, 17 * 60 + 15)
ONE_PER_CENT = 0.01
GIVEN_AMONG = 40
ASKED_AMONG = 40
LANES = 24
WARM_PART = 0.25
MEGABYTE = 1024 * 1024
MOST_WAL = 16
POST = {"method": "chat.postMessage"}
FAULTS: tuple[Json, ...] = (
    {"kind": "rate_limit", "retry_after": 20, **POST},
    {"kind": "server_error", "effect": "after", **POST},
    {"kind": "server_error", "effect": "before"},
    {"kind": "drop", "effect": "after", **POST},
    {"kind": "drop", "effect": "before", **POST},
    {"kind": "bad_body", "effect": "after", **POST},
    {"kind": "slow", "seconds": 0.5},
    {"kind": "late_visibility", "seconds": 60},
    {"kind": "duplicate_envelope"},
    {"kind": "ack_lost", "redeliver": True},
    {"kind": "refresh"},
    {"kind": "disconnect", "abrupt": True},
)
# One in so many of these comes about: a new line takes a second in which nobody is
# served, which is a minute here.
OF_LINES = 10
LINES = {"refresh", "disconnect"}


@dataclass
class Signs:
    """What the process and its files take, warm and in the end."""

    warm_kb: int = 0
    end_kb: int = 0
    warm_fds: int = 0
    end_fds: int = 0
    most_wal: int = 0
    commands: int = 0
    unanswered: int = 0
    faults: int = 0


def day(ask: Ask) -> Iterator[Line]:
    """A day with so many commands."""
    people, signs = staff().model_copy(update={"digest_channels": ("C0DIGEST",)}), Signs()
    with hall(ask.folder, people) as (there, data):
        there.set_clock(MIDNIGHT)
        with bot(there, data) as process, looking(data) as db:
            record = asyncio.run(_live(there, db, process, ask, signs))
            spoken = _spoken(db)
        toll = account(there, data, record)
    yield Line("day", ask.count, _figures(toll, signs, spoken), _must())


def _figures(toll: Toll, signs: Signs, spoken: dict[str, int]) -> dict[str, Figure]:
    growth = (signs.end_kb - signs.warm_kb) / signs.warm_kb * 100
    return {
        "hours": 24,
        "commands": signs.commands,
        "faults": signs.faults,
        "unanswered": signs.unanswered,
        **spoken,
        "acts": toll.acts,
        "lost": toll.acked_missing + toll.unsent,
        "doubled": toll.doubled,
        "rss_mb": round(signs.end_kb / 1024),
        "rss_growth_pct": round(growth, 1),
        "fds_more": signs.end_fds - signs.warm_fds,
        "wal_mb": round(signs.most_wal / MEGABYTE, 1),
        "integrity": toll.integrity,
    }


def _must() -> str:
    return (
        "commands>=asked digests=1 reminders>0 lost=0 doubled=0 rss_growth_pct<10 fds_more<5 "
        f"wal_mb<{MOST_WAL} integrity=ok"
    )


def _spoken(db: Database) -> dict[str, int]:
    """What the bot said by itself."""
    sent = "outbox WHERE state = 'sent' AND key LIKE ?"
    return {"digests": count(db, sent, "digest:%"), "reminders": count(db, sent, "%remind%")}


async def _live(there: Town, db: Database, process: Process, ask: Ask, signs: Signs) -> Record:
    chance = Random(ask.seed)
    async with crowd(there) as people:
        scene = Scene(people, db)
        await people.do("fault", kind="retry_events", times=FOR_EVER, seconds=0.5)
        async with scene.hurrying():
            for minute in range(0, MINUTES, STEP):
                await _set(scene, MIDNIGHT + timedelta(minutes=minute))
                await _minutes(scene, minute, ask.count, chance, signs)
                signs.most_wal = max(signs.most_wal, _wal(ask.folder / "data"))
                if signs.commands < ask.count * WARM_PART:
                    signs.warm_kb, signs.warm_fds = _memory(process.pid), _files(process.pid)
            await scene.settled()
        signs.end_kb, signs.end_fds = _memory(process.pid), _files(process.pid)
        return scene.record


async def _set(scene: Scene, moment: datetime) -> None:
    """Go on to a moment, unless waits for messages went past it already."""
    if moment > scene.crowd.town.now():
        await scene.crowd.set_clock(moment)


async def _minutes(scene: Scene, minute: int, count: int, chance: Random, signs: Signs) -> None:
    """What people do in a few minutes."""
    if minute not in BUSY:
        return
    many = -(-count * STEP // len(BUSY))
    work = list[Awaitable[None]]()
    for number in range(many):
        await _maybe_fault(scene, chance, signs)
        work.append(_ask(scene, chance.choice(ASKERS), chance.choice(WORDS), signs))
        if minute in OFFICE and number % GIVEN_AMONG == 0:
            work.append(_give(scene, chance.choice(what_can_be_given()), chance.choice(PLANNERS)))
        if number % ASKED_AMONG == 1:
            work.append(scene.asks(chance.choice(ASKERS), chance.choice(WORDS) or "1-1"))
    await side_by_side(work, LANES)


async def _ask(scene: Scene, user: str, words: str, signs: Signs) -> None:
    said = await scene.crowd.types(user, f"/kpi {words}")
    signs.commands += 1
    signs.unanswered += not said["acked"]


async def _give(scene: Scene, figure: Given, planner: str) -> None:
    """A figure is given and approved at once."""
    await scene.approves(await scene.submits(figure), planner)


async def _maybe_fault(scene: Scene, chance: Random, signs: Signs) -> None:
    for fault in FAULTS:
        rare = fault["kind"] in LINES
        if chance.random() < ONE_PER_CENT / (OF_LINES if rare else 1):
            await scene.crowd.do("fault", **fault)
            signs.faults += 1


def _memory(pid: int) -> int:
    """Resident memory, in kB."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def _files(pid: int) -> int:
    """Open file descriptors."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def _wal(data: Path) -> int:
    wal = data / f"{DATABASE}-wal"
    return wal.stat().st_size if wal.exists() else 0
