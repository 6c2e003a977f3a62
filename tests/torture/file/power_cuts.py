"""The power goes: what was written and not yet synced is lost, or torn, in any combination.

A process that has the shim lives through a story once, and every write, sync and truncation is
written down in order, with a note for each acknowledgement. A cut is a moment in that list: what
was synced by then is on the disk, of everything since each write may be there, be torn or be gone.
SQLite opens what is left.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from tests.torture.campaign import Ask
from tests.torture.file.deeds import GIVING, digest_of, is_sound
from tests.torture.file.disk import SUFFIXES, Disk, written_down
from tests.torture.file.under_shim import Order
from tests.torture.file.victims import victims
from tests.torture.lines import Line

OFTEN = 100
OF_CONTROLS = 6  # For each cut of a control there are so many of what is proved.
MUST = {
    "FULL": "lost=0 corrupt=0 half=0 cuts=asked",
    "NORMAL": "lost>0 corrupt=0",
    "OFF": "corrupt>0",
}


def power_cuts(ask: Ask) -> Iterator[Line]:
    """So many cuts with `synchronous=FULL`; then what loses, and what breaks."""
    model = ask.folder / "model.db"
    states = GIVING.states(model)
    with victims(ask.folder, 1) as live:
        for sync, must in MUST.items():
            start, log = ask.folder / f"{sync}-kpibot.db", ask.folder / f"{sync}.log"
            GIVING.begin(start)
            begun = start.read_bytes()
            path = ask.folder / sync / "kpibot.db"
            path.parent.mkdir()
            path.write_bytes(begun)
            live(Order("giving", str(path), log=str(log), sync=sync, often=OFTEN))
            count = ask.count if sync == "FULL" else max(10, ask.count // OF_CONTROLS)
            found = _cut_all(begun, log, count, states, ask)
            name = "power-cuts" if sync == "FULL" else "power-cuts control"
            yield Line(name, count, {"synchronous": sync, **found}, must)


def _cut_all(
    begun: bytes, log: Path, count: int, states: Sequence[str], ask: Ask
) -> dict[str, int]:
    """Cuts at random moments, a part of them in each process."""
    operations = list(written_down(log))
    moments = sorted(Random(ask.seed).choices(range(1, len(operations) + 1), k=count))
    cpus = min(os.cpu_count() or 1, 1 + count // 100)
    work = partial(_cut_some, begun, log, states, ask)
    with ProcessPoolExecutor(cpus) as pool:
        found: Counter[str] = sum(
            pool.map(work, (moments[n::cpus] for n in range(cpus))), Counter()
        )
    names = ("cuts", "acked", "kept_unacked", "lost", "corrupt", "half")
    return {"operations": len(operations), **{name: found[name] for name in names}}


def _cut_some(
    begun: bytes, log: Path, states: Sequence[str], ask: Ask, moments: Sequence[int]
) -> Counter[str]:
    disk, found, done = Disk({1: bytearray(begun), 2: bytearray()}), Counter[str](), 0
    operations = list(written_down(log))
    for moment in moments:
        for each in operations[done:moment]:
            disk.take(each)
        done = moment
        with tempfile.TemporaryDirectory(dir=ask.folder) as folder:
            left = disk.cut(Random(f"{ask.seed}:{moment}:{found['cuts']}"))
            found.update(cuts=1, acked=disk.acked)
            found.update(_judged(Path(folder, "kpibot.db"), left, states, disk.acked))
    return found


def _judged(
    path: Path, left: dict[int, bytearray], states: Sequence[str], acked: int
) -> Counter[str]:
    for file, suffix in SUFFIXES.items():
        if left[file]:
            path.with_name(path.name + suffix).write_bytes(left[file])
    try:
        if not is_sound(path):
            return Counter(corrupt=1)
        held = digest_of(path)
    except sqlite3.DatabaseError:
        return Counter(corrupt=1)
    if held not in states:
        return Counter(half=1)
    stands = states.index(held)
    return Counter(lost=stands < acked, kept_unacked=stands > acked, half=stands > acked + 1)
