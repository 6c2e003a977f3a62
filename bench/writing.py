"""Durable submissions a second, beside plain sqlite3 that does the same inserts and fsyncs.

Ours is first what makes a submission durable, once and for good: the ledger's rows and the inbox row,
in one transaction. Then it is the whole act of a person: who may, how it would be judged, and the
request to approve that planners get. What is written is noted down in a rehearsal and written again,
row by row, by plain sqlite3 into the same tables without their triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import mean
from time import perf_counter
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bench.filling import SUBMITTED, empty
from bench.table import Row, compared
from bot import rounds
from store import departments, shelf
from store.acts import rows
from store.db import connect
from store.inbox import once
from store.owning import owned_by
from store.people import who
from store.periods import default_period
from store.samples.actuals import sample_values
from store.submissions import Proposal, submit

WRITES = ("INSERT", "UPDATE", "DELETE")
SAFE = ("journal_mode=WAL", "synchronous=FULL")
DEPARTMENT = "children"
LEAST = 0.8
# Figures that the department has in one plan, at the least.
FIGURES = 100

Statement = tuple[str, Sequence[Any]]
Act = Callable[[Database, Proposal], object]


@dataclass(frozen=True)
class Played:
    """Acts a second, block by block."""

    ours: list[list[float]]
    theirs: list[list[float]]


def compare_writing(folder: Path, blocks: int, block: int) -> Iterator[Row]:
    """The rows: what makes a submission durable, then the whole act of a person."""
    durable = _played(folder / "durable", _durable, blocks, block)
    whole = _played(folder / "whole", _whole, blocks, block)
    plain = f"against plain sqlite3 doing the same inserts and fsyncs (n = {blocks * block})"
    for what, played in (
        (f"durable submissions a second, {plain}", durable),
        (f"the same with authority, verdict and request to approve, {plain}", whole),
    ):
        yield compared(what, "/s", played.ours, played.theirs, mean, least=LEAST)


def _whole(db: Database, proposal: Proposal) -> object:
    """What the button below the preview does before its ack."""
    by = replace(SUBMITTED, surface="command")

    def work() -> dict[str, Any]:
        person = who(db, by.actor, "member", by.at.date())
        return {"submission": rounds.enter(db, by, person, proposal).id}

    return once(db, _key(proposal), by.at, work)


def _durable(db: Database, proposal: Proposal) -> object:
    """The row of the ledger with its values, and the inbox row that lets it happen once."""

    def work() -> dict[str, Any]:
        return {"submission": submit(db, SUBMITTED, proposal, DEPARTMENT).id}

    return once(db, _key(proposal), SUBMITTED.at, work)


def _key(proposal: Proposal) -> str:
    return f"click:{proposal.plan}:{proposal.indicator}:{proposal.collection}"


def _played(folder: Path, act: Act, blocks: int, block: int) -> Played:
    """Both play the same acts over the same rows, block by block, in turn."""
    for name in ("rehearsal", "ours", "theirs"):
        empty(folder / name, 1 + (blocks + 1) * block // FIGURES)
    rehearsal, ours = (connect(folder / name / "kpibot.db") for name in ("rehearsal", "ours"))
    theirs = _plain(folder / "theirs" / "kpibot.db")
    proposals = _proposals(rehearsal, (blocks + 1) * block)
    noted = [_noted(rehearsal, act, each) for each in proposals]
    _a_second(lambda each: act(ours, each), proposals[:block])
    _a_second(lambda each: _write(theirs, each), noted[:block])
    played = Played([], [])
    for begin in range(block, len(proposals), block):
        mine, their = proposals[begin : begin + block], noted[begin : begin + block]
        played.ours.append([_a_second(lambda each: act(ours, each), mine)])
        played.theirs.append([_a_second(lambda each: _write(theirs, each), their)])
    return played


def _noted(db: Database, act: Act, proposal: Proposal) -> list[Statement]:
    """Do the act; what it wrote."""
    written: list[Statement] = []

    def note(sql: str, parameters: Sequence[Any] | dict[str, Any] | None) -> None:
        if sql.lstrip().upper().startswith(WRITES):
            written.append((sql, [*(parameters or ())]))

    with db.tracer(note):
        act(db, proposal)
    return written


def _plain(path: Path) -> Any:
    """The same tables without triggers, as durable as ours."""
    db = connect(path)
    for each in rows(db, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        db.execute(f"DROP TRIGGER {each['name']}")
    db.conn.close()
    plain = sqlite3.connect(str(path), isolation_level=None)
    for pragma in SAFE:
        plain.execute(f"PRAGMA {pragma}").fetchall()
    return plain


def _write(plain: Any, statements: Sequence[Statement]) -> None:
    plain.execute("BEGIN IMMEDIATE")
    for sql, parameters in statements:
        plain.execute(sql, parameters)
    plain.execute("COMMIT")


def _a_second(act: Callable[[Any], object], each: Sequence[Any]) -> float:
    began = perf_counter()
    for one in each:
        act(one)
    return len(each) / (perf_counter() - began)


def _proposals(db: Database, count: int) -> list[Proposal]:
    """A figure each, none twice."""
    today, found = date(2025, 6, 3), list[Proposal]()
    for plan in (shelf.read(db, name) for name in shelf.plan_ids(db)):
        owning = departments.owners(db, plan.id, today)
        for year in range(plan.first_year or 0, (plan.last_year or 0) + 1):
            for indicator in owned_by(owning, DEPARTMENT, plan):
                values = dict(sample_values(plan, indicator, year))
                found.append(
                    Proposal(
                        plan.id, indicator.id, year, values=values, period=default_period(year)
                    )
                )
    if len(found) < count:
        raise ValueError(f"{len(found)} figures, not {count}")
    # In no order, so that each day that the cycle knows was seen before the measuring begins.
    Random(1).shuffle(found)
    return found[:count]
