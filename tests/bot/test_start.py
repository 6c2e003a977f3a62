"""What a start loads: nothing that only charts, Excel, monitors or another command need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_a_start_loads_only_what_it_needs_and_hides_nothing(tmp_path: Path) -> None:
    """A question in the shell goes without Slack's libraries, the bot without what it uses now and then."""
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
assert not {"slack_bolt", "apscheduler", "sandbox"} & sys.modules.keys()

import bot.shell.run

heavy = {"numpy", "matplotlib", "openpyxl", "xlsxwriter", "typst", "rich", "prometheus_client"}
heavy |= {"waitress"}
assert not heavy & sys.modules.keys()
assert "sandbox.server" not in sys.modules

import rich
import numpy
import matplotlib

assert numpy.arange(3).sum() == 3
assert matplotlib.__version__
"""
