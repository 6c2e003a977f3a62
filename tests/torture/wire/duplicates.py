"""Every envelope up to three times, shuffled, while the connection is made anew again and again."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.crash.city import Figure, figures, looking
from tests.crash.town import Town
from tests.torture.campaign import Ask
from tests.torture.lines import Line
from tests.torture.wire.account import Toll, account
from tests.torture.wire.acts import PLANNERS, Record, Scene
from tests.torture.wire.bots import bot, hall
from tests.torture.wire.crowd import FOR_EVER, crowd

COPIES = 3
SHUFFLED_SECONDS = 0.3
LANES = 40
MOST_PREVIEWS = 9
ACTS_A_RECONNECT = 50
OF_CONTROL = 60
ENDS = (
    {"kind": "refresh"},
    {"kind": "disconnect"},
    {"kind": "disconnect", "abrupt": True},
    {"kind": "warning", "seconds": 0.2},
)
FAULTS = (
    {"kind": "scatter", "copies": COPIES, "seconds": SHUFFLED_SECONDS},
    {"kind": "retry_events", "seconds": 1},
)
QUESTIONS = ("1-1", "待機児童", "未達成", "目標1", "1-1b R5", "ヘルプ")


def duplicates(ask: Ask) -> Iterator[Line]:
    """So many acts; one reconnect for each fifty. Then the same without an inbox."""
    toll, reconnects = _played(ask.folder / "sound", ask.count, ask.seed, None)
    figures = {"reconnects": reconnects, **dataclasses.asdict(toll)}
    must = "acts>=asked rows>=acked doubled=0 acked_missing=0 unsent=0 integrity=ok"
    must += f" reconnects>={ask.count // ACTS_A_RECONNECT}"
    yield Line("duplicates", ask.count, figures, must)
    few = min(ask.count, OF_CONTROL)
    toll, _ = _played(ask.folder / "broken", few, ask.seed, "no-inbox")
    yield Line("duplicates control", few, {"inbox": "off", "doubled": toll.doubled}, "doubled>0")


def _played(folder: Path, acts: int, seed: int, broken: str | None) -> tuple[Toll, int]:
    with hall(folder) as (there, data):
        with bot(there, data, broken):
            record, reconnects = asyncio.run(_play(there, data, acts, Random(seed)))
        return account(there, data, record), reconnects


async def _play(there: Town, data: Path, acts: int, chance: Random) -> tuple[Record, int]:
    with looking(data) as db:
        async with crowd(there) as people:
            return await _hall(Scene(people, db), acts, chance)


async def _hall(scene: Scene, acts: int, chance: Random) -> tuple[Record, int]:
    for wanted in FAULTS:
        await scene.crowd.do("fault", times=FOR_EVER, seed=chance.randrange(FOR_EVER), **wanted)
    lots = figures()
    chance.shuffle(lots)
    chances = [Random(chance.random()) for _ in range(LANES)]
    async with scene.hurrying():
        cutting = asyncio.create_task(_cut(scene, acts // ACTS_A_RECONNECT, chance))
        await asyncio.gather(
            *(_act(scene, lots[lane::LANES], acts, chances[lane]) for lane in range(LANES))
        )
        await cutting
        await scene.settled()
    await scene.crowd.note()
    return scene.record, sum(line["kind"] == "connected" for line in scene.crowd.noted)


async def _act(scene: Scene, lots: list[Figure], acts: int, chance: Random) -> None:
    """One lane: figures are given, asked about and approved, until there were enough acts."""
    turn = 0
    while scene.record.acts < acts:
        figure = lots[turn % len(lots)]
        turn += 1
        for _ in range(chance.randrange(MOST_PREVIEWS)):
            await scene.previews(figure)
        number = await scene.submits(figure)
        await scene.asks(figure.user, chance.choice(QUESTIONS))
        await scene.approves(number, chance.choice(PLANNERS))


async def _cut(scene: Scene, times: int, chance: Random) -> None:
    """End the connection in every way; an ack gets lost each time as well."""
    for turn in range(times):
        while scene.record.acts < turn * ACTS_A_RECONNECT:
            await asyncio.sleep(0.02)
        await scene.crowd.do("fault", kind="ack_lost", redeliver=True, times=1)
        await scene.crowd.do("fault", **chance.choice(ENDS))
