"""What a start loads: nothing that only charts and Excel need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_a_start_loads_neither_numpy_nor_matplotlib_and_hides_neither(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", _ASK, str(tmp_path)]
    done = subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "保育所（園）待機児童数" in done.stdout


_ASK = """
import sys
from bot.cli import main

main(["--data", sys.argv[1], "ask", "1-1"], standalone_mode=False)
assert not {"numpy", "matplotlib", "openpyxl", "xlsxwriter"} & sys.modules.keys()

import numpy
import matplotlib

assert numpy.arange(3).sum() == 3
assert matplotlib.__version__
"""
