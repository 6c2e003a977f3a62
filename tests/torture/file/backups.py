"""Copies made while the file is written to: each holds what was there at one moment, and no less.

Half of them are made as `kpibot backup` does, half restored from a running Litestream with the
settings that are deployed. The control is `cp` of the file.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.backup import back_up
from store.db import connect
from tests.test_litestream import LITESTREAM, SETTINGS, litestream
from tests.torture.campaign import Ask
from tests.torture.file.deeds import digest, is_sound
from tests.torture.file.load import acknowledged, counted, expected, written_to
from tests.torture.lines import Line

OF_CONTROLS = 10
BETWEEN_SECONDS = 0.3
PATIENCE_SECONDS = 60.0
MUST = {
    "vacuum-into": "ok=asked bad=0 behind_s=0",
    "litestream": "ok=asked bad=0 behind_s<=2 restore_s<10",
    "cp": "bad>0",
}


@dataclass(frozen=True)
class Copy:
    """A copy, when it was begun, and how long it took."""

    way: str
    path: Path
    begun: float
    seconds: float


def backups(ask: Ask) -> Iterator[Line]:
    """So many copies, made in both ways; then the control, all under the same load."""
    data, log = ask.folder / "data", ask.folder / "acknowledged"
    data.mkdir()
    live, copies = data / "kpibot.db", list[Copy]()
    counts = {"vacuum-into": (ask.count + 1) // 2, "litestream": ask.count // 2}
    counts["cp"] = min(ask.count, OF_CONTROLS)
    with written_to(live, log), replicated(data, ask.folder / "replica") as restore:
        ways: dict[str, Callable[[Path], object]] = {
            "vacuum-into": lambda path: _back_up(live, path),
            "litestream": restore,
            "cp": lambda path: subprocess.run(["cp", str(live), str(path)], check=True),
        }
        for number in range(max(counts.values())):
            for way, make in ways.items():
                if number < counts[way]:
                    copies.append(_timed(way, make, ask.folder / f"{way}-{number}.db"))
            time.sleep(BETWEEN_SECONDS)
    acked = acknowledged(log)
    held = {each.path: _read(each.path) for each in copies}
    right = expected(ask.folder, {n for n, _ in held.values() if n is not None})
    for way, must in MUST.items():
        mine = [each for each in copies if each.way == way]
        figures = _account(mine, held, right, acked)
        name = "backups control" if way == "cp" else "backups"
        yield Line(name, counts[way], {"by": way, "transactions": len(acked), **figures}, must)


def _account(
    copies: list[Copy],
    held: dict[Path, tuple[int | None, str]],
    right: Any,
    acked: list[float],
) -> dict[str, Any]:
    """`behind_s`: how long ago at most what a copy lacks had been acknowledged when it was begun."""
    wrong, behind, stale = 0, 0.0, 0
    for each in copies:
        number, what = held[each.path]
        if number is None or right[number] != what:
            wrong += 1
            continue
        lacks = each.begun - acked[number] if number < len(acked) else 0.0
        behind = max(behind, lacks)
        stale += lacks > 0 and each.way != "litestream"
    return {
        "ok": len(copies) - wrong - stale,
        "bad": wrong + stale,
        "torn": wrong,
        "stale": stale,
        "behind_s": round(behind, 2),
        "restore_s": round(max(each.seconds for each in copies), 2) if copies else 0,
    }


@contextmanager
def replicated(data: Path, replica: Path) -> Iterator[Callable[[Path], object]]:
    """While Litestream copies; gives what restores its copy to a path."""
    places = {"KPIBOT_DATA": str(data), "KPIBOT_REPLICA": replica.as_uri()}
    command = [str(LITESTREAM), "replicate", "-config", str(SETTINGS)]
    with (replica.parent / "litestream.log").open("wb") as said:
        process = subprocess.Popen(command, env={**os.environ, **places}, stdout=said, stderr=said)

    def restore(path: Path) -> None:
        words = ("restore", "-config", str(SETTINGS), "-o", str(path), str(data / "kpibot.db"))
        litestream(*words, data=data, replica=replica)

    try:
        _await_first(restore, replica.parent / "first.db")
        yield restore
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _await_first(restore: Callable[[Path], object], path: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not path.exists():
        try:
            restore(path)
        except AssertionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _timed(way: str, make: Callable[[Path], object], path: Path) -> Copy:
    begun = time.monotonic()
    make(path)
    return Copy(way, path, begun, time.monotonic() - begun)


def _back_up(live: Path, path: Path) -> None:
    db = connect(live)
    back_up(db, path)
    db.conn.close()


def _read(path: Path) -> tuple[int | None, str]:
    """How many transactions a copy holds, None when it can't be relied on; and its digest."""
    try:
        if not is_sound(path):
            return None, ""
        db = Database(str(path))
        try:
            return counted(db), digest(db)
        finally:
            db.conn.close()
    except sqlite3.DatabaseError:
        return None, ""
