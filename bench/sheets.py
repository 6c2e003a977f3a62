"""Sheets: a whole plan's (68 indicators) written and read, as the bot does it; the reading in its own process.

`python -m bench.sheets` prints a line a figure: medians in milliseconds, and the memory of the reader.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from statistics import median
from time import perf_counter

from answers.sheet_form import sheet_form
from answers.sheet_preview import SheetPreview, sheet_preview
from answers.sheet_rows import judge_rows
from reports.sheet.child import MEMORY
from reports.sheet.form import SheetForm
from reports.sheet.reading import COMMAND, read_sheet
from reports.sheet.writing import write_sheet
from store import sheets, shelf
from store.acts import By
from store.db import open_db, writing
from store.fiscal import TOKYO
from store.plan_file import builtin_plans
from store.sheets import Sheet
from store.standing import Outlook, outlook

ROUNDS = 10
TODAY = date(2025, 6, 3)
GOAL_MS = 1000


def measure_sheets(rounds: int = ROUNDS) -> Iterator[str]:
    """Yield the lines."""
    issued, seen = whole_plan()
    form = sheet_form(issued, seen, "全課", ["企画担当"])
    data = write_sheet(form)
    writes = [_took(lambda: _write(issued, seen)) for _ in range(rounds)]
    reads = [_took(lambda: read_sheet(data)) for _ in range(rounds)]
    shows = [_took(lambda: _show(issued, seen, data)) for _ in range(rounds)]
    yield f"sheet, {len(form.rows)} rows, {len(data) / 1024:.0f} kB"
    for name, figures in (
        ("written", writes),
        ("read, confined process included", reads),
        ("read, judged and shown", shows),
    ):
        yield f"sheet, {name}: {median(figures):.0f} ms (n={rounds}, {min(figures):.0f}–{max(figures):.0f})"
    both = median(writes) + median(shows)
    yield f"sheet, both ways: {both:.0f} ms (goal: under {GOAL_MS})"
    yield f"sheet, memory of the reader: {_memory(data):.0f} MB (may have {MEMORY // 2**20})"


def whole_plan() -> tuple[Sheet, Outlook]:
    """A sheet of every indicator, and how they stand: nothing reported yet."""
    db, by = open_db(":memory:"), By("U0BENCH", datetime(2025, 6, 3, 10, tzinfo=TOKYO), "bench")
    with writing(db):
        for plan in builtin_plans().values():
            shelf.put(db, by, plan)
        plan = shelf.read(db, "kitamoto-2")
        keys = sheets.row_keys(plan.indicators)
        issued = sheets.issue(db, by, plan.id, 2024, "all", keys)
    return issued, outlook(db, plan, TODAY, 2024)


def _write(issued: Sheet, seen: Outlook) -> bytes:
    form: SheetForm = sheet_form(issued, seen, "全課", ["企画担当"])
    return write_sheet(form)


def _show(issued: Sheet, seen: Outlook, data: bytes) -> None:
    rows = judge_rows(issued, read_sheet(data), seen, lambda _: None)
    sheet_preview(SheetPreview("R6実績　全課", rows), "DRAFT")


def _took(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _memory(data: bytes) -> float:
    """The most that a reading process had in memory, in MB."""
    subprocess.run(COMMAND, input=data, capture_output=True, cwd=".", check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure, then print."""
    for line in measure_sheets():
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
