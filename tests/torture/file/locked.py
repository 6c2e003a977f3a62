"""Another process holds the file for six seconds: whoever acts meanwhile is answered within three.

Nothing is saved then, and they are told so; once the file is free the same act is done and stands
once. The control waits for the file for longer than Slack waits for an answer.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.shell.context import DATABASE
from store.db import connect
from tests.crash.city import staff
from tests.crash.killing import bot_over
from tests.crash.lanes import towns
from tests.crash.lineage import begin, ended, processes
from tests.crash.town import Town
from tests.torture.campaign import Ask
from tests.torture.file.living import Try, is_answered, words
from tests.torture.lines import Line

LANES = 5
HELD_SECONDS = 6.0
# Where there are few, only for as long as says the same.
SHORTLY_SECONDS, FEW = 3.5, 10
PATIENCE_SECONDS = 60.0
OF_CONTROLS = 3
NAMES = ("answered_in_3s", "silent", "said_saved", "saved_after", "doubled", "worst_ms")


def locked(ask: Ask) -> Iterator[Line]:
    """So many locks, in a few offices side by side; then the control."""
    lanes = min(LANES, ask.count + 1)
    counts = [ask.count // LANES + (n < ask.count % LANES) for n in range(LANES)]
    few = min(OF_CONTROLS, ask.count)
    held = HELD_SECONDS if ask.count > FEW else SHORTLY_SECONDS
    with towns(ask.folder, lanes) as begin:

        def lock(count: int, name: str, broken: str | None = None) -> Future[Counter[str]]:
            folder = ask.folder / name
            return begin(lambda town: _lock(town, folder, count, held, broken))

        found = [lock(count, str(n)) for n, count in enumerate(counts) if count]
        slow = lock(few, "waits-longer", "waits-longer")
        figures = _said([each.result() for each in found])
        must = "answered_in_3s=asked silent=0 said_saved=0 saved_after=asked doubled=0"
        yield Line("locked", ask.count, {"held_s": held, **figures}, must)
        figures = {"control": "waits-longer", **_said([slow.result()])}
        yield Line("locked control", few, figures, "silent>0")


def _said(found: list[Counter[str]]) -> dict[str, Any]:
    total: Counter[str] = sum(found, Counter())
    return {**{name: total[name] for name in NAMES}, "worst_ms": max(f["worst_ms"] for f in found)}


def _lock(town: Town, folder: Path, count: int, held: float, broken: str | None) -> Counter[str]:
    found = Counter[str]()
    with bot_over(town, folder, staff(), broken) as bot:
        for turn in range(count):
            one = Try(town, bot, folder, turn)
            with _held(folder / DATABASE, held):
                answer = one.act()
                said = words(answer)
            answered = is_answered(answer)
            found.update(answered_in_3s=answered, silent=not answered)
            found.update(said_saved="しました" in said)
            found["worst_ms"] = max(found["worst_ms"], round((answer or {}).get("ack_ms") or 0))
            one.act_again()
            found.update(saved_after=one.stored == 1, doubled=one.stored > 1)
    return found


@contextmanager
def _held(path: Path, seconds: float) -> Iterator[None]:
    """While another process writes to the file and does not finish; so many seconds at least."""
    began = processes.Event()
    holder = begin(_hold, path, seconds, began)
    assert began.wait(PATIENCE_SECONDS)
    yield
    assert ended(holder, PATIENCE_SECONDS) == 0


def _hold(path: Path, seconds: float, began: Any) -> None:
    db = connect(path)
    db.execute("PRAGMA busy_timeout=30000").fetchall()
    db.execute("BEGIN IMMEDIATE")
    began.set()
    time.sleep(seconds)
    db.rollback()
