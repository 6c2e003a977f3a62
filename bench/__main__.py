"""`make bench`: one table, every figure measured side by side in one run, as a ratio to a goal.

The sandbox runs in a process of its own for each bot, so that all bots meet the same Slack; they take
turns in small batches, so that what else the machine does falls on all alike. With `--quick` it
measures a few times only: whether it works, not how fast it is.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.answering import compare_answers
from bench.drawing import compare_drawing
from bench.growing import SIZES, measure_growth
from bench.reporting import measure_report
from bench.starting import compare_starting
from bench.table import Row, circumstances, printed
from bench.writing import compare_writing

NOTES = (
    "A cell is the figure over all that was measured and, in brackets, the lowest and highest of the "
    "blocks it was measured in. A ratio is ours to theirs, the median of the blocks' own ratios.",
    "Bare Bolt answers with a message of the same size and looks nothing up. As its documents start it, "
    "it looks every 10 ms whether the listener has acked; with `process_before_response`, as kpibot has "
    "it, it does not, which is the harder comparison.",
    "The bare stack is bare Bolt that has sqlite-utils, APScheduler and pydantic's BaseModel imported and "
    "a database opened. sqlite-utils loads numpy wherever it is installed, as here for charts; kpibot "
    "keeps it from doing so, hence a second bare stack without. Pydantic loads most of itself when the "
    "first model is made, which neither ever does.",
    "Bot, sandbox and those who ask share the machine's cores: commands a second tell of all three, the "
    "CPU time a command of the bot alone.",
    "How a plan stands is kept until something is added to its history: what is measured is a plan at "
    "rest, as it is for most of a year. The first answer after a change works it out anew, which has a row "
    "of its own.",
    "Plans and values are made up for the measuring, and marked so, in databases that are gone by now. "
    "Growth is the CPU time from words to message, without Slack.",
    "No chart, Excel, PDF or network between envelope and ack is shown by a test, not by timing: "
    "`tests/bot/test_acking.py`.",
    "Why the start: nine tenths of it is importing, nearly half of that some 490 small modules of "
    "kpibot's own, all of which a bot needs before long (`python -X importtime -c 'import bot.shell.run'`). "
    "Loading listeners at their first use would make somebody wait who pressed a button. Why the memory: "
    "of what it holds beyond the bare stack without numpy, a third is pydantic at work, as much the "
    "modules of its own, a sixth the plan and what questions are understood by.",
    "Why the whole act: five sixths of its work beside the fsync judge the figure and write the request "
    "to approve, in the same transaction so that a request is never lost.",
)


@dataclass(frozen=True)
class Counts:
    """How often things are measured."""

    blocks: int = 5
    batch: int = 50
    crowd: int = 240
    starts: int = 7
    writes: int = 60
    growth: int = 3
    drawings: int = 20


QUICK = Counts(2, 5, 40, 1, 10, 1, 2)


def measured(folder: Path, counts: Counts) -> Iterator[Row]:
    """Every row."""
    growth = list(measure_growth(_made(folder / "growth"), counts.growth))
    largest = folder / "growth" / str(SIZES[-1])
    yield from compare_answers(
        _made(folder / "answers"), largest, counts.blocks, counts.batch, counts.crowd
    )
    yield from compare_starting(_made(folder / "starts"), counts.starts)
    yield from compare_writing(_made(folder / "writes"), counts.blocks, counts.writes)
    yield from growth
    yield from compare_drawing(folder / "drawing", counts.drawings)
    yield from measure_report(folder / "report")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main() -> None:
    """Measure, print each row as it is known, then how to read them."""
    asked = ArgumentParser(prog="python -m bench")
    asked.add_argument("--quick", action="store_true")
    # What is started here keeps what Python compiled, as in service.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    counts = QUICK if asked.parse_args().quick else Counts()
    began = perf_counter()
    for line in circumstances(datetime.now(UTC)):
        _say(f"- {line}")
    _say("")
    with TemporaryDirectory(prefix="kpibot-bench-") as folder:
        for line in printed(measured(Path(folder), counts)):
            _say(line)
    _say("")
    for note in NOTES:
        _say(f"- {note}")
    _say(f"- The run took {(perf_counter() - began) / 60:.1f} minutes.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
