"""Charts: the first one, which starts the process that draws, then warm ones, then kept ones.

`python -m bench.charts` prints a line a figure; each round is a process of its own. What drawing
costs those who ask something else meanwhile comes last (`bench.drawing`).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from bench.drawing import compare_drawing
from bench.table import printed
from reports.cache import Charts
from reports.charting.workshop import Workshop
from reports.charts import sketch
from store.judge import judge
from store.plan import Indicator, Plan
from store.plan_file import builtin_plans
from store.standing import Standing, State
from store.submissions import Decision, Proposal, Submission

ROUNDS = 5
WARM = 20
INDICATORS = ("1-1b", "2-2a", "6-1b", "7-1a")

T = TypeVar("T")


def measure_charts(rounds: int = ROUNDS) -> Iterator[str]:
    """Yield the lines: medians over the rounds, in milliseconds, and the memory of the first chart."""
    command = [sys.executable, "-m", "bench.charts", "--one"]
    found = [json.loads(subprocess.check_output(command)) for _ in range(rounds)]
    for name in found[0]:
        figures = [each[name] for each in found]
        yield f"chart, {name}: {median(figures):.1f} (n={rounds}, {min(figures):.1f}–{max(figures):.1f})"


def one_process() -> dict[str, float]:
    """The figures of this process."""
    plans = builtin_plans()
    plan, earlier = plans["kitamoto-2"], plans["kitamoto-1"]
    standings = [_standing(plan, earlier, plan.by_id[name]) for name in INDICATORS]
    pictures = [sketch(plan, standing, earlier) for standing in standings]
    before = _memory(resource.RUSAGE_SELF)
    with TemporaryDirectory(prefix="kpibot-bench-") as folder, _workshop(Path(folder)) as workshop:
        charts = Charts(Path(folder), workshop.draw)
        fonts = _took(lambda: workshop.draw(pictures[0]))
        workshop.close()
        first = _took(lambda: workshop.draw(pictures[0]))
        warm = _each(workshop.draw, pictures)
        for picture in pictures:
            charts.chart_of(picture)
        kept = _each(charts.chart_of, pictures)
        words = _each(lambda s: sketch(plan, s, earlier).key, standings)
    return {
        "the very first, with the list of fonts to make, ms": fonts,
        "first of a worker, ms": first,
        "warm, ms": warm,
        "kept on disk, ms": kept,
        "words and key alone, ms": words,
        "memory it takes in the bot, MB": _memory(resource.RUSAGE_SELF) - before,
        "memory of the worker, MB": _memory(resource.RUSAGE_CHILDREN),
    }


@contextmanager
def _workshop(folder: Path) -> Iterator[Workshop]:
    workshop = Workshop(folder / "matplotlib")
    try:
        yield workshop
    finally:
        workshop.close()


def _each(work: Callable[[T], object], of: list[T]) -> float:
    return median(_took(partial(work, of[turn % len(of)])) for turn in range(WARM))


def _took(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _memory(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _standing(plan: Plan, earlier: Plan, indicator: Indicator) -> Standing:
    """Three approved values a series, each a little past the baseline."""
    actuals = tuple(_approved(plan, indicator, year) for year in range(2022, 2025))
    verdict = judge(plan, indicator, actuals[-1].proposal.values, 2024)
    continued = earlier.by_id.get(indicator.continues or "")
    due = date(2025, 6, 12)
    return Standing(
        indicator, 2024, State.APPROVED, due, actuals, actuals[-1], verdict, None, continued
    )


def _approved(plan: Plan, indicator: Indicator, year: int) -> Submission:
    values = {
        s.name: (s.baseline.value if s.baseline else Decimal(0)) + year - 2021
        for s in indicator.series
    }
    proposal = Proposal(plan.id, indicator.id, year, values=values, period=f"FY{year}")
    decision = Decision(year, "approve", "2025-06-03T09:00:00+09:00", "U0PLANNER", None, None)
    return Submission(
        year, proposal, "children", False, "2025-06-02T09:00:00+09:00", "U0CHILD", "bench", decision
    )


def main() -> None:
    """Measure, then print; with `--one` the figures of this process alone, as JSON."""
    if "--one" in sys.argv[1:]:
        sys.stdout.write(json.dumps(one_process()))
        return
    with TemporaryDirectory(prefix="kpibot-bench-") as folder:
        for line in chain(measure_charts(), printed(compare_drawing(Path(folder, "ours")))):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
