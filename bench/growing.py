"""What questions, the digest and the report cost with one, five and twenty plans in the file.

Every plan has every figure of ten years. Each size is asked in a process of its own, in turns; what
counts is the CPU time from words to message, and the memory that the process holds in the end.
`python -m bench.growing DATABASE` is such a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

from sqlite_utils import Database

from bench.contestants import resident
from bench.filling import add_plans, large
from bench.table import Row, compared
from bot.drawing_up import drawn_up
from bot.reading import read, told
from reports.progress.printing import printed
from schedules.digests.issue import make_digest
from schedules.scene import read_stage
from store import shelf
from store.acts import By, record
from store.db import connect, open_db, writing
from store.people import who
from store.subscriptions import Subscription

SIZES = (1, 5, 20)
TODAY = date(2026, 11, 24)
QUESTIONS = {
    "`/kpi 1-1`": "1-1",
    "one indicator": "1-1b",
    "a free question": "待機児童は減っていますか",
    "a list": "未達成",
    "the strategy at a glance": "",
}
TIMES = 15
AFTER = "`/kpi 1-1` as the first after something was added to the history"
MEMORY = "memory of the process after all this"


def measure_growth(folder: Path, rounds: int) -> Iterator[Row]:
    """The rows: twenty and five plans against one. The databases stay in `folder`, by their size."""
    grow(folder)
    found: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
    for _ in range(rounds):
        for size in SIZES:
            found[size].append(_asked(folder / str(size)))
    for what in found[1][0]:
        unit = "MB" if what == MEMORY else "ms"
        one, *more = ([[each[what]] for each in found[size]] for size in SIZES)
        for size, many in zip(SIZES[1:], more, strict=True):
            title = f"{what}, {size} plans with ten years of values against one with ten"
            yield compared(title, unit, many, one)


def grow(folder: Path) -> None:
    """A data folder for each size, each with the plans of the one before and more."""
    large(folder / str(SIZES[0]), SIZES[0])
    for before, size in pairwise(SIZES):
        there = folder / str(size) / "kpibot.db"
        there.parent.mkdir()
        with closing(connect(folder / str(before) / "kpibot.db").conn) as smaller:
            smaller.execute("VACUUM INTO ?", [str(there)])
        db = open_db(there)
        add_plans(db, range(before, size))
        db.conn.close()


def _asked(data: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.growing", str(data / "kpibot.db")]
    found: dict[str, float] = json.loads(subprocess.check_output(command))
    return found


def costs(db: Database) -> dict[str, float]:
    """CPU milliseconds of each, then what the process holds in memory (MB)."""
    took = {name: _ms(partial(_answer, db, words)) for name, words in QUESTIONS.items()}
    took[AFTER] = _ms(partial(_answer, db, "1-1"), first=partial(_add, db))
    took["the weekly digest"] = _ms(lambda: _digest(db))
    took["the yearly report, in Markdown"] = _ms(lambda: _report(db))
    return {**took, MEMORY: resident(os.getpid())}


def _answer(db: Database, words: str) -> object:
    person = who(db, "U0STAFF", "member", TODAY)
    return told(db, read(db, words, TODAY), person).message


def _add(db: Database) -> None:
    """As small an addition as there is: what was kept of the history before it is kept no longer."""
    by = By("shell:bench", datetime.combine(TODAY, time.min, UTC), "shell")
    with writing(db):
        record(db, by, "measure", "bench", "done")


def _digest(db: Database) -> object:
    stage = read_stage(db, TODAY)
    return stage and make_digest(db, stage, Subscription("C0DIGEST")).content.message


def _report(db: Database) -> object:
    plan = shelf.running_on(db, TODAY)
    return printed(drawn_up(db, plan, TODAY, charts=False), "md")


def _nothing() -> None:
    """What goes before most of what is measured."""


def _ms(work: Callable[[], object], first: Callable[[], object] = _nothing) -> float:
    """The median of many times, each after `first`; the first, which fills what is kept, is left out."""
    work()
    return median(_once(work, first) for _ in range(TIMES))


def _once(work: Callable[[], object], first: Callable[[], object]) -> float:
    first()
    began = process_time()
    work()
    return (process_time() - began) * 1000


if __name__ == "__main__":
    sys.stdout.write(json.dumps(costs(open_db(Path(sys.argv[1])))))
