"""Everybody at once: two hundred commands within a second, while twenty forms take two seconds each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles

from sqlite_utils import Database

from store.people_file import PeopleFile
from tests.crash.city import Figure as Given
from tests.crash.city import count, looking, staff
from tests.crash.city import figures as what_can_be_given
from tests.crash.town import Town
from tests.sandbox.hands import Json
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.acts import Scene
from tests.torture.wire.bots import bot, hall
from tests.torture.wire.crowd import ASKERS, crowd

COMMANDS = 200
FORMS = 20
WORDS = ("1-1", "待機児童", "未達成", "目標1", "1-1b R5", "こども課", "ヘルプ", "")
LATE_MS = 3000
OWNER = "U0CHILD"


@dataclass
class Toll:
    """How long each ack took (ms). `unanswered`: none within three seconds; of these, `no_receipt`
    got none when the same was sent again; `missing`: acked, or with a receipt, and not there once.
    """

    commands: list[float] = field(default_factory=list)
    forms: list[float] = field(default_factory=list)
    unanswered: int = 0
    no_receipt: int = 0
    missing: int = 0


def bursts(ask: Ask) -> Iterator[Line]:
    """So many bursts. Then one through a bot with as many workers as Bolt has by itself."""
    toll = _burst(ask.folder / "ours", ask.count, ask.seed, "slow-forms")
    late = sum(ms > LATE_MS for ms in toll.commands + toll.forms)
    figures: dict[str, Figure] = {
        "commands": len(toll.commands),
        "forms": len(toll.forms),
        "unanswered": toll.unanswered,
        "late": late,
        "without_receipt": toll.no_receipt,
        "commands_p99_ms": round(quantiles(toll.commands, n=100)[98]),
        "forms_max_ms": round(max(toll.forms)),
        "acked_missing": toll.missing,
    }
    must = "commands>0 forms>0 without_receipt=0 acked_missing=0"
    yield Line("bursts", ask.count, figures, must)
    toll = _burst(ask.folder / "few", 1, ask.seed, "few-workers")
    yield Line("bursts control", 1, {"workers": 5, "unanswered": toll.unanswered}, "unanswered>0")


def _burst(folder: Path, count: int, seed: int, way: str) -> Toll:
    toll = Toll()
    with hall(folder, _people()) as (there, data):
        for user in _members():
            there.hands.do("user", user=user)
        with bot(there, data, way), looking(data) as db:
            asyncio.run(_all(there, db, count, Random(seed), toll))
    return toll


async def _all(there: Town, db: Database, count: int, chance: Random, toll: Toll) -> None:
    async with crowd(there) as people:
        scene = Scene(people, db)
        for turn in range(count):
            forms = [await _open(scene, user, lot) for user, lot in _lots()]
            filled = [
                _send(scene, *each, f"K{turn:03d}{n:03d}K", toll) for n, each in enumerate(forms)
            ]
            asked = [_ask(scene, chance.random(), chance, toll) for _ in range(COMMANDS)]
            await asyncio.gather(*filled, *asked)


async def _open(scene: Scene, user: str, lot: Given) -> tuple[str, Json]:
    """The form of a figure, once it is there."""
    await scene.crowd.types(user, f"/kpi-submit {lot.about}")
    for _ in range(1000):
        views = (await scene.crowd.look(f"views/{user}"))["views"]
        if views:
            return user, {**views[-1], "typed": lot.typed}
        await asyncio.sleep(0.01)
    raise AssertionError("no form")


async def _send(scene: Scene, user: str, view: Json, key: str, toll: Toll) -> None:
    values = {"value:": {"typed": {"value": view["typed"]}}, "source": {"typed": {"value": key}}}
    sent = {"user": user, "view_id": view["id"], "values": values, "blind": True}
    said = await scene.crowd.do("submit-view", **sent)
    _count(said, toll, toll.forms)
    if not said["acked"]:
        # Slack says that it didn't work, and the form is still there: people send it again.
        said = await scene.crowd.do("submit-view", **sent)
        toll.no_receipt += not said["acked"]
    rows = count(scene.db, "submissions WHERE source = ?", key)
    toll.missing += bool(said["acked"]) and rows != 1
    for each in (await scene.crowd.look(f"views/{user}"))["views"]:
        await scene.crowd.do("close-view", user=user, view_id=each["id"], all=True)


async def _ask(scene: Scene, after: float, chance: Random, toll: Toll) -> None:
    user, words = chance.choice(ASKERS), chance.choice(WORDS)
    await asyncio.sleep(after)
    said = await scene.crowd.types(user, f"/kpi {words}")
    _count(said, toll, toll.commands)
    if not said["acked"]:
        toll.no_receipt += not (await scene.crowd.types(user, f"/kpi {words}"))["acked"]


def _count(said: Json, toll: Toll, times: list[float]) -> None:
    toll.unanswered += not said["acked"]
    if said["acked"]:
        times.append(float(said["ack_ms"]))


def _members() -> list[str]:
    return [f"U0FORM{number:02d}" for number in range(FORMS)]


def _lots() -> list[tuple[str, Given]]:
    """Each member has a figure of their own."""
    mine = [lot for lot in what_can_be_given() if lot.user == OWNER]
    return list(zip(_members(), mine, strict=False))


def _people() -> PeopleFile:
    people = staff()
    first, *others = people.departments
    assert OWNER in first.leads
    more = first.model_copy(update={"members": (*first.members, *_members())})
    return people.model_copy(update={"departments": (more, *others)})
