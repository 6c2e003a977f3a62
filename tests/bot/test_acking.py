"""Between an envelope and its ack nothing slow happens: no chart, Excel or PDF, no network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_listeners_ack_before_anything_slow(tmp_path: Path) -> None:
    """All of it happens elsewhere, but for the one look-up of somebody never seen before."""
    command = [sys.executable, "-m", "tests.bot.acking", str(tmp_path / "office")]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=300)
    known, unknown = json.loads(said.stdout)
    heavy = {"reports.charting.worker", "reports.progress.press", "socket.connect", "xlsxwriter"}
    assert known == {"elsewhere": sorted(heavy)}
    assert unknown == ["socket.connect"]
