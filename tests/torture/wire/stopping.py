"""SIGTERM while people wait for their acks: all of them get one, and the bot leaves in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlite_utils import Database

from tests.crash.city import figures as what_can_be_given
from tests.crash.city import looking
from tests.crash.town import Town
from tests.sandbox.hands import soon
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.account import account
from tests.torture.wire.acts import Record, let_out
from tests.torture.wire.bots import Process, bot, hall, kill_at_once
from tests.torture.wire.crowd import Crowd, crowd

MOST = 20
LONGEST_SECONDS = 15.0
OF_CONTROL = 3
HANG_SECONDS = 60


@dataclass
class Toll:
    """What came of every SIGTERM."""

    in_flight: int = 0
    acked: int = 0
    bad_exits: int = 0
    errors: int = 0
    worst: float = 0.0


def stopping(ask: Ask) -> Iterator[Line]:
    """So many ends with up to twenty in flight; with a call of the bot's own that hangs; killed."""
    chance, record = Random(ask.seed), Record()
    with hall(ask.folder) as (there, data):
        toll = Toll()
        for _ in range(ask.count):
            _stop(there, data, record, toll, chance.randint(0, MOST))
        asyncio.run(let_out(there, data))
        kept = account(there, data, record)
        figures: dict[str, Figure] = {
            "in_flight": toll.in_flight,
            "acked": toll.acked,
            "bad_exits": toll.bad_exits,
            "errors_logged": toll.errors,
            "max_s": round(toll.worst, 1),
            "acked_missing": kept.acked_missing,
            "doubled": kept.doubled,
        }
        must = f"acked=in_flight bad_exits=0 errors_logged=0 max_s<{LONGEST_SECONDS:g}"
        yield Line("stopping", ask.count, figures, f"{must} acked_missing=0 doubled=0")
        few, toll = min(ask.count, OF_CONTROL), Toll()
        for _ in range(few):
            _stop(there, data, record, toll, MOST, killed=True)
        killed: dict[str, Figure] = {"in_flight": toll.in_flight, "acked": toll.acked}
        yield Line("stopping control", few, {"ended_by": "SIGKILL", **killed}, "acked<in_flight")


def hanging(ask: Ask) -> Iterator[Line]:
    """SIGTERM while a form is to be opened and Slack does not answer."""
    worst, exits = 0.0, set[int | None]()
    with hall(ask.folder) as (there, data):
        for _ in range(ask.count):
            code, seconds = _hang(there, data)
            exits.add(code)
            worst = max(worst, seconds)
    figures: dict[str, Figure] = {"overdue": int(exits == {1}), "max_s": round(worst, 1)}
    yield Line(
        "stopping while Slack hangs", ask.count, figures, f"overdue=1 max_s<{LONGEST_SECONDS:g}"
    )


def _stop(
    there: Town, data: Path, record: Record, toll: Toll, count: int, *, killed: bool = False
) -> None:
    with bot(there, data) as process, looking(data) as db:
        asyncio.run(_with_many(there, process, db, record, count, toll, killed))
        toll.errors += process.log().count('"level": "error"') * (not killed)


async def _with_many(
    there: Town,
    process: Process,
    db: Database,
    record: Record,
    count: int,
    toll: Toll,
    killed: bool,
) -> None:
    """Nobody gets an ack before SIGTERM: until then the database is another process's."""
    async with crowd(there) as people:
        db.execute("BEGIN IMMEDIATE")
        acts = [asyncio.create_task(_act(people, record, n, count)) for n in range(count)]
        while (await people.look("state"))["in_flight"] < count:
            await asyncio.sleep(0.005)
        begun = time.monotonic()
        (kill_at_once if killed else Process.is_told_to_stop)(process)
        db.rollback()
        acked = sum(await asyncio.gather(*acts))
        code = await asyncio.to_thread(process.ended, LONGEST_SECONDS)
    toll.in_flight += count
    toll.acked += acked
    toll.bad_exits += code != 0
    toll.worst = max(toll.worst, time.monotonic() - begun)


async def _act(people: Crowd, record: Record, number: int, count: int) -> bool:
    """A preview of a figure, or a question."""
    figure = what_can_be_given()[number]
    if number % 3 == 2:
        said = await people.writes(figure.user, figure.indicator)
        record.questions[said["ts"]] = bool(said["acked"])
    else:
        key = f"K{len(record.previews):06d}K"
        record.previews[key] = False
        said = await people.types(figure.user, f"/kpi-submit {figure.about} {figure.typed} {key}")
        record.previews[key] = bool(said["acked"])
    return bool(said["acked"])


def _hang(there: Town, data: Path) -> tuple[int | None, float]:
    """The exit code and how long the end took."""
    with bot(there, data) as process:
        before = len(there.hands.log("fault"))
        there.hands.arm("hang", method="views.open", seconds=HANG_SECONDS)
        there.hands.command("U0CHILD", "D0CHILD", "/kpi-submit", wait=0)
        assert soon(lambda: len(there.hands.log("fault")) > before)
        begun = time.monotonic()
        process.is_told_to_stop()
        code = process.ended(LONGEST_SECONDS)
        return code, time.monotonic() - begun
