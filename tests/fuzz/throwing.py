"""Many envelopes thrown at a running office, some at once, and what came of them.

Afterwards the workspace is looked through: everything acked, nothing refused by Slack, nobody
pinged by what somebody typed, no error that the bot did not foresee, and not a row by who may do
nothing.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import structlog
from structlog.types import EventDict

from tests.bot.office import Office, open_office
from tests.fuzz.talking import OUTSIDERS, PEOPLE, TALKING, Morning, in_loop, mornings
from tests.fuzz.words import PINGS

AT_ONCE = 8
# What Slack may say: a form was opened too late for its trigger, or over a list that is not there,
# or a channel that somebody named is not there. The person is told so.
MAY_BE_SAID = {"expired_trigger_id", "exchanged_trigger_id", "channel_not_found", "not_found"}
NOT_A_NUMBER = (
    "SELECT count(*) AS n FROM actual_values WHERE value NOT NULL AND value GLOB '*[^-0-9.]*'"
)


@dataclass
class Witness:
    """Hears every error that is logged, and how it came about."""

    heard: list[str] = field(default_factory=list)

    def __call__(self, _: Any, method: str, event: EventDict) -> str:
        """As the last processor of structlog."""
        if method in {"error", "exception", "critical"}:
            self.hear(str(event.get("event")), event.get("exc_info"))
        return ""

    def hear(self, what: str, error: Any) -> None:
        """Keep one line: what was logged, the error and where it arose."""
        found = error if isinstance(error, BaseException) else None
        at = traceback.extract_tb(found.__traceback__)[-1] if found else None
        place = f" at {Path(at.filename).name}:{at.lineno}" if at else ""
        self.heard.append(f"{what}: {found!r:.200}{place}" if found else what)


@contextmanager
def thrown_at(folder: Path) -> Iterator[tuple[Office, Witness]]:
    """An office whose log is heard, until the block is left."""
    witness = Witness()
    structlog.configure(processors=[witness], logger_factory=structlog.ReturnLoggerFactory())
    logging.disable(logging.CRITICAL)
    try:
        with open_office(folder) as office:
            yield office, witness
    finally:
        structlog.reset_defaults()
        logging.disable(logging.NOTSET)


def throw(
    office: Office, witness: Witness, entries: Sequence[str], count: int, seed: int
) -> Counter[str]:
    """`count` envelopes to each entry: "acked", and all that should not have come of them."""
    chance, came = Random(f"{entries} {seed}"), Counter[str]()
    for morning, share in mornings(office, count):
        witness.heard.clear()
        for entry, begun in product(entries, range(0, share, AT_ONCE)):
            came += _batch(morning, chance, entry, min(AT_ONCE, share - begun))
        office.settles()
        came.update(_found(office, morning, witness))
    return came


def _batch(morning: Morning, chance: Random, entry: str, count: int) -> Counter[str]:
    """Some at once, by people of the office or by people who may do nothing."""
    office, outside = morning.office, chance.random() < 0.3
    users = [chance.choice(OUTSIDERS if outside else PEOPLE) for _ in range(count)]
    before = _written(office) if outside else {}

    async def together() -> list[Any]:
        return await asyncio.gather(*(TALKING[entry](morning, chance, user) for user in users))

    acks = in_loop(office, together())
    came = Counter("acked" if ack.acked else f"not acked: {ack.error}" for ack in acks)
    came.update("pinged in an ack" for ack in acks if pings(ack.payload))
    if outside and _written(office) != before:
        came["written by who may nothing"] += 1
    return came


def _written(office: Office) -> dict[str, int]:
    """Rows of business; what is to be said grows by itself as time passes."""
    return {table: n for table, n in office.business().items() if table != "outbox"}


def _found(office: Office, morning: Morning, witness: Witness) -> Iterator[str]:
    """What is to be seen in the workspace, the log and the database at the end of a morning."""
    yield from witness.heard
    for line in office.refused_by_slack():
        if line.get("error") not in MAY_BE_SAID:
            yield f"refused by Slack: {line}"
    world = morning.world
    for room in list(world.people.channels):
        for said in list(world.messages.of_channel(room)):
            if said.by_app and pings({"text": said.text, "blocks": list(said.blocks)}):
                yield f"pinged in a message: {said.text[:80]!r}"
    for user in PEOPLE:
        if any(map(pings, [*world.views.stack(user), world.views.home(user)])):
            yield "pinged in a form"
    if office.rows(NOT_A_NUMBER)[0]["n"]:
        yield "stored what is no number"


def pings(shown: Any) -> bool:
    """Whether anything in what is shown would ping somebody, as Slack reads it."""
    if isinstance(shown, list | tuple):
        return any(map(pings, shown))
    if not isinstance(shown, dict):
        return False
    if shown.get("type", "mrkdwn") == "mrkdwn" and any(p in str(shown.get("text")) for p in PINGS):
        return True
    return any(pings(each) for name, each in shown.items() if name != "state")


def in_an_office(entry: str, count: int, seed: int, folder: Path) -> Counter[str]:
    """The same at an office of its own, opened in this folder."""
    with thrown_at(folder) as (office, witness):
        return throw(office, witness, (entry,), count, seed)
