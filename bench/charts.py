"""Charts: the first one of a process, which loads matplotlib, then warm ones, then kept ones.

`python -m bench.charts` prints a line a figure. Each round is a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from reports.cache import Charts
from reports.charts import draw_chart, sketch
from store.judge import judge
from store.plan import Indicator, Plan
from store.plan_file import builtin_plans
from store.standing import Standing, State
from store.submissions import Decision, Proposal, Submission

ROUNDS = 5
WARM = 20
INDICATORS = ("1-1b", "2-2a", "6-1b", "7-1a")


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
    before = _memory()
    first = _took(lambda: draw_chart(plan, standings[0], earlier))
    memory = _memory() - before
    with TemporaryDirectory(prefix="kpibot-bench-") as folder:
        charts = Charts(Path(folder))
        for standing in standings:
            charts.chart(plan, standing, earlier)
        return {
            "first in a process, ms": first,
            "warm, ms": _each(lambda s: draw_chart(plan, s, earlier), standings),
            "kept on disk, ms": _each(lambda s: charts.chart(plan, s, earlier), standings),
            "words and key alone, ms": _each(lambda s: sketch(plan, s, earlier).key, standings),
            "memory that the first one takes, MB": memory,
        }


def _each(work: Callable[[Standing], object], standings: list[Standing]) -> float:
    turns = (standings[turn % len(standings)] for turn in range(WARM))
    return median(_took(lambda s=standing: work(s)) for standing in turns)  # type: ignore[misc]


def _took(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    for line in measure_charts():
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
