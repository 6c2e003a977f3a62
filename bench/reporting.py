"""The yearly report: how long one command takes for the whole packet of a sample year.

`python -m bench.reporting` prints two rows: in a data folder where nothing was drawn yet, and again.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.table import Row, printed
from bot.samples import Stage
from store.fiscal import TOKYO

AFTER_R6 = datetime(2025, 8, 20, 10, tzinfo=TOKYO)


def measure_report(folder: Path) -> Iterator[Row]:
    """The rows: seconds for every form of R6's report, from the shell and back to it."""
    folder.mkdir(parents=True, exist_ok=True)
    Stage(folder, True, lambda: datetime.now(TOKYO)).set(AFTER_R6)
    words = ("--data", folder, "report", "--year", "R6", "--out", folder / "packet")
    for name in ("the first", "the second"):
        begun = perf_counter()
        subprocess.run(
            [Path(sys.executable).with_name("kpibot"), *words],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        took = f"{perf_counter() - begun:.1f} s"
        yield Row(f"the yearly report in all forms, from the shell, {name} of a data folder", took)


def main() -> None:
    """Measure, then print."""
    with TemporaryDirectory(prefix="kpibot-bench-") as folder:
        for line in printed(measure_report(Path(folder))):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
