"""Slack says not now, or nothing sensible, again and again: no thread waits, nothing comes twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sqlite_utils import Database

from tests.crash.city import looking
from tests.crash.town import Town
from tests.sandbox.hands import Json
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.account import Toll, account
from tests.torture.wire.acts import Record, Scene
from tests.torture.wire.bots import bot, hall
from tests.torture.wire.crowd import ASKERS, crowd

TOGETHER = 25
MOST_SHOTS = 3
LONGEST_WAIT = 120
HEADERS: tuple[str, ...] = ("", "soon", "-5", "1e9", "nan")
# Of real time, while the clock leaps over every Retry-After; a thread that slept one out takes longer.
PATIENCE_SECONDS = 30.0
PROBE_MS = 3000.0
OF_CONTROL = 50


def storms(ask: Ask) -> Iterator[Line]:
    """So many storms of up to three refusals in a row; then through a poster that looks for nothing."""
    toll, blocked, fired = _weathered(ask.folder / "ours", ask.count, ask.seed, None)
    figures: dict[str, Figure] = {
        "refusals": fired,
        "thread_blocked": blocked,
        "answered": toll.rows,
        "lost": toll.acked_missing,
        "doubled": toll.doubled,
        "unsent": toll.unsent,
    }
    must = "refusals>=asked thread_blocked=0 answered>=asked lost=0 doubled=0 unsent=0"
    yield Line("storms", ask.count, figures, must)
    few = min(ask.count, OF_CONTROL)
    toll, _, _ = _weathered(ask.folder / "careless", few, ask.seed, "post-then-record")
    shown: dict[str, Figure] = {"poster": "post-then-record", "doubled": toll.doubled}
    yield Line("storms control", few, shown, "doubled>0")


def _weathered(folder: Path, count: int, seed: int, way: str | None) -> tuple[Toll, int, int]:
    with hall(folder) as (there, data):
        with bot(there, data, way), looking(data) as db:
            record, blocked, fired = asyncio.run(_all(there, db, count, Random(seed)))
        return account(there, data, record), blocked, fired


async def _all(there: Town, db: Database, count: int, chance: Random) -> tuple[Record, int, int]:
    blocked = 0
    async with crowd(there) as people:
        scene = Scene(people, db)
        async with scene.hurrying():
            for begun in range(0, count, TOGETHER):
                many = min(TOGETHER, count - begun)
                blocked += await _storm(scene, many, chance)
            await people.do("fault", kind="clear")
            await scene.settled()
        await people.note()
        return scene.record, blocked, sum(line["kind"] == "fault" for line in people.noted)


async def _storm(scene: Scene, many: int, chance: Random) -> int:
    """So many questions into as many storms; how many were not answered in time, or nobody was."""
    for _ in range(many):
        await scene.crowd.do("fault", **_refusal(chance))
    askers = [chance.choice(ASKERS) for _ in range(many)]
    await asyncio.gather(*(scene.asks(user, "1-1") for user in askers))
    probe = await scene.crowd.types("U0STAFF", "/kpi 1-1")
    begun = time.monotonic()
    await scene.settled()
    late = time.monotonic() - begun > PATIENCE_SECONDS
    return int(late) + int(not probe["acked"] or float(probe["ack_ms"]) > PROBE_MS)


def _refusal(chance: Random) -> Json:
    """A refusal of the next few posts."""
    fault: Json = {"method": "chat.postMessage", "times": chance.randint(1, MOST_SHOTS)}
    kind = chance.randrange(4)
    if kind == 0:
        effect, status = chance.choice(["before", "after"]), chance.choice([500, 502, 503])
        return {**fault, "kind": "server_error", "effect": effect, "status": status}
    if kind == 1:
        return {**fault, "kind": "rate_limit", "retry_after": chance.choice(HEADERS)}
    return {**fault, "kind": "rate_limit", "retry_after": chance.randint(1, LONGEST_WAIT)}
