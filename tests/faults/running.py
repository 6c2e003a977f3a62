"""One fault after another, and what came of each: by the ledger, and by a careless way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from random import Random

from schedules.delivery import WAIT_SECONDS
from tests.crash.city import found, nobody
from tests.crash.lanes import towns
from tests.crash.town import Town
from tests.faults.account import Toll, account
from tests.faults.kinds import FAULTS, Fault
from tests.faults.posting import Life, Round

LEDGER = "ledger"

Suffer = Callable[[str, str, int], Future[Toll]]


@contextmanager
def suffering(folder: Path, count: int, seed: int) -> Iterator[Suffer]:
    """Gives `suffer(fault, way, messages)`, which goes on by itself in one of `count` sandboxes."""
    with towns(folder, count) as begin:

        def suffer(name: str, way: str, messages: int) -> Future[Toll]:
            data = folder / f"{name}-{way}"
            return begin(lambda town: deliver(town, FAULTS[name], way, messages, data, seed))

        yield suffer


def deliver(town: Town, fault: Fault, way: str, messages: int, folder: Path, seed: int) -> Toll:
    """So many messages through one fault, each of which meets it; and the account of it."""
    town.reset()
    found(folder, nobody())
    life = Life(folder, town.api_url, town.ahead, way, fault.timeout)
    there = Round(town, fault, life, Random(f"{seed}:{fault.name}"))
    there.run(messages)
    there.db.conn.close()
    town.leap(WAIT_SECONDS)
    return account(town, fault, way, folder, there.kills, seed)


def bites(toll: Toll) -> bool:
    """Whether a careless way of working lost or doubled something."""
    return toll.lost + toll.doubled > 0
