"""`make bench`: figures measured side by side in one run, printed as ratios.

The sandbox runs in a process of its own for each bot, so that both bots meet the same Slack; the
two take turns in small batches, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.answering import compare_answers
from bench.drawing import compare_drawing
from bench.reporting import measure_report

ROUNDS = 12
BATCH = 25


def main() -> None:
    """Measure, then print one line a figure."""
    with TemporaryDirectory(prefix="kpibot-bench-") as folder:
        for line in chain(
            compare_answers(folder, ROUNDS, BATCH),
            compare_drawing(Path(folder, "drawing")),
            measure_report(Path(folder, "report")),
        ):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
