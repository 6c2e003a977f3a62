"""Two bots begun at once on one data folder: one works, and the other leaves in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from store import outbox
from store.db import writing
from tests.crash.city import looking
from tests.crash.town import Town, message_key
from tests.sandbox.hands import soon
from tests.torture.campaign import Ask
from tests.torture.lines import Figure, Line
from tests.torture.wire.bots import PATIENCE_SECONDS, Process, begin, hall

REFUSED = "別の kpibot が使用中です"
PREFIX = "proof:"
OF_CONTROL = 25


@dataclass
class Toll:
    """`refused`: ended with its sentence and exit code 1; `posted_by_second`: whatever was asked of
    Slack or posted beyond what one bot does.
    """

    refused: int = 0
    ready: int = 0
    by_second: int = 0


def two_at_once(ask: Ask) -> Iterator[Line]:
    """So many pairs; then without the lock."""
    toll = _pairs(ask.folder / "locked", ask.count, None)
    figures = {
        "first_ready": toll.ready,
        "second_refused": toll.refused,
        "posts_by_second": toll.by_second,
    }
    must = "first_ready=asked second_refused=asked posts_by_second=0"
    yield Line("two at once", ask.count, figures, must)
    few = max(1, ask.count // OF_CONTROL)
    toll = _pairs(ask.folder / "unlocked", few, "no-lock")
    shown: dict[str, Figure] = {
        "lock": "none",
        "second_refused": toll.refused,
        "posts_by_second": toll.by_second,
    }
    yield Line("two at once control", few, shown, "second_refused=0 posts_by_second>0")


def _pairs(folder: Path, count: int, way: str | None) -> Toll:
    toll = Toll()
    with hall(folder) as (there, data), looking(data) as db:
        for number in range(count):
            _pair(there, data, db, f"{PREFIX}{number}", way, toll)
    return toll


def _pair(there: Town, data: Path, db: Database, key: str, way: str | None, toll: Toll) -> None:
    """Something waits to be posted when both begin."""
    there.leap(2)
    with writing(db):
        outbox.enqueue(db, key, "C0STAFF", "題", {"text": key}, there.now().timestamp())
    before = len(there.hands.log("connected"))
    pair = [begin(there, data, _said(data, n), way) for n in range(2)]
    try:
        assert soon(lambda: all(map(_is_settled, pair)), PATIENCE_SECONDS)
        assert soon(lambda: outbox.message(db, key).state == "sent", PATIENCE_SECONDS)  # type: ignore[union-attr]
        toll.ready += sum(each.is_ready() for each in pair) == 1
        toll.refused += sum(_is_refused(each) for each in pair)
        lines = len(there.hands.log("connected")) - before
        toll.by_second += lines - 1 + _posted(there, key) - 1
    finally:
        for each in pair:
            if each.process.exitcode is None:
                each.is_told_to_stop()
                each.ended()
            each.said.unlink(missing_ok=True)


def _said(data: Path, number: int) -> Path:
    return data.with_name(f"{data.name}-{number}.log")


def _is_settled(each: Process) -> bool:
    return each.is_ready() or each.ended(0.01) is not None


def _is_refused(each: Process) -> bool:
    return each.process.exitcode == 1 and REFUSED in each.log()


def _posted(there: Town, key: str) -> int:
    return sum(
        message_key(message) == key for message in there.hands.messages("C0STAFF", "U0STAFF")
    )
