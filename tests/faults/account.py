"""The comparison: what the sandbox says it posted, against what the bot's database says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.shell.context import DATABASE
from store import outbox
from store.db import open_db
from tests.bot.terminal import kpibot
from tests.crash.lineage import elsewhere
from tests.crash.town import Town, message_key
from tests.faults.kinds import Fault
from tests.sandbox.hands import Json


@dataclass(frozen=True)
class Row:
    """One message as the database has it."""

    state: str
    place: tuple[str | None, str | None]
    via: str | None


@dataclass(frozen=True)
class Ledger:
    """The outbox by key; where something ended unknown, what `kpibot doctor` prints."""

    rows: Mapping[str, Row]
    doctor: str


@dataclass(frozen=True)
class Toll:
    """What came of one fault.

    `lost` counts messages that stand nowhere, or not where the database says, `doubled` how many
    stand there too often; `unknown` what ended so, and `told` of it by the doctor.
    """

    fault: Fault
    way: str
    messages: int
    injected: int
    lost: int
    doubled: int
    looked_up: int
    unknown: int
    told: int
    seed: int

    def __str__(self) -> str:
        who = f"fault={self.fault.name}" + ("" if self.way == "ledger" else f" control={self.way}")
        came = (
            f"lost={self.lost} doubled={self.doubled} by_lookup={self.looked_up}"
            if self.fault.settled
            else f"resent={self.doubled} unknown={self.unknown} operator_told={self.told}"
        )
        return f"{who} messages={self.messages} injected={self.injected} {came} seed={self.seed}"

    @property
    def is_clean(self) -> bool:
        """Nothing lost and nothing doubled; what could not be looked up is left to the operator."""
        if self.injected < self.messages or self.doubled:
            return False
        if self.fault.settled:
            return (self.lost, self.unknown) == (0, 0)
        return self.unknown == self.told == self.messages


def account(town: Town, fault: Fault, way: str, folder: Path, kills: int, seed: int) -> Toll:
    """Compare by key. The database is read by a process that opens it only now."""
    there = defaultdict[str, list[tuple[str | None, str | None]]](list)
    ledger = elsewhere(_look, folder)
    for message in town.messages():
        if key := message_key(message):
            there[key].append((message["channel"], message["ts"]))
    lost = [key for key, row in ledger.rows.items() if row.place not in there[key]]
    states = Counter(row.state for row in ledger.rows.values())
    return Toll(
        fault,
        way,
        len(ledger.rows),
        kills if fault.step else len(_shots(town)),
        len(lost),
        sum(max(0, len(places) - 1) for places in there.values()),
        sum(row.via == "lookup" for row in ledger.rows.values()),
        states["unknown"],
        sum(f"（{key}）" in ledger.doctor for key in ledger.rows),
        seed,
    )


def _shots(town: Town) -> list[Json]:
    return [each for each in town.hands.log("fault") if each["method"] == "chat.postMessage"]


def _look(folder: Path) -> Ledger:
    found = outbox.messages(open_db(folder / DATABASE))
    rows = {each.key: Row(each.state, (each.channel, each.ts), each.via) for each in found}
    asked = any(row.state == "unknown" for row in rows.values())
    return Ledger(rows, kpibot("doctor", data=folder).out if asked else "")
