"""Processes that have the shim, side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue

from tests.torture.file.shim import build, under
from tests.torture.file.under_shim import Order, Told

Live = Callable[[Order], Told]


@contextmanager
def victims(folder: Path, count: int) -> Iterator[Live]:
    """Gives `live(order)`, done by one of `count` processes that have the shim, side by side."""
    shim = build(folder)
    idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
    command = [sys.executable, "-m", "tests.torture.file.under_shim"]
    started = [
        subprocess.Popen(
            command, env=under(shim), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    for each in started:
        idle.put(each)

    def live(order: Order) -> Told:
        one = idle.get()
        assert one.stdin is not None
        assert one.stdout is not None
        one.stdin.write(json.dumps(asdict(order)) + "\n")
        one.stdin.flush()
        told = Told(**json.loads(one.stdout.readline()))
        idle.put(one)
        return told

    try:
        yield live
    finally:
        for each in started:
            with each:
                assert each.stdin is not None
                each.stdin.close()
