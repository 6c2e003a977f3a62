"""A file of the first release is opened by today's code, and that is killed, or done twice at once.

Afterwards the file is as it was or wholly migrated, with its steps recorded, and the next opening
finds it so or makes it so. The controls migrate step by step without the one transaction.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlite_utils import Database

from store.db import connect, open_db
from store.migrations import migrations, names
from tests.crash.lineage import begin, ended, processes
from tests.torture.campaign import Ask
from tests.torture.file.deeds import UPGRADE, digest_of, is_sound
from tests.torture.lines import Line

RACES_OF_KILLS = 2 / 3
OF_CONTROLS = 20
# So that some live to see the migration recorded.
LONGER = 1.3
PATIENCE_SECONDS = 60.0

Open = Callable[[Path], object]


def migrating(ask: Ask) -> Iterator[Line]:
    """So many kills at random moments, two thirds as many races; and the same without care."""
    ground = Ground(ask.folder, Random(ask.seed))
    kills = ground.kill(ask.count, open_db)
    yield Line("migrations killed", ask.count, kills, "kills=asked half=0 unrecorded=0 errors=0")
    count = max(1, round(ask.count * RACES_OF_KILLS))
    races = ground.race(count, open_db)
    yield Line("migrations raced", count, races, "races=asked half=0 unrecorded=0 errors=0")
    few = min(OF_CONTROLS, ask.count)
    figures = {"control": "statement-by-statement", **ground.kill(few, open_piecemeal)}
    yield Line("migrations killed control", few, figures, "half>0 unrecorded>0")
    figures = {"control": "deferred-begin", **ground.race(few, open_deferred)}
    yield Line("migrations raced control", few, figures, "errors>0")


@dataclass
class Ground:
    """A file of the first release to be copied, and what it holds before and after."""

    folder: Path
    chance: Random

    def __post_init__(self) -> None:
        self.before, self.after = UPGRADE.states(self.folder / "model.db")
        self.first = self.folder / "first.db"
        UPGRADE.begin(self.first)
        self.shapes = _shapes(self.folder / "steps.db")

    def kill(self, count: int, way: Open) -> dict[str, Any]:
        """Until so many openings were killed at some moment on their way."""
        found, span = Counter[str](), self._seconds(way)
        while found["kills"] < count:
            path = self._fresh()
            found.update(kills=_is_killed(path, way, self.chance.uniform(0.0, span)))
            found.update(self._account(path))
        return self._said(found, "kills")

    def race(self, count: int, way: Open) -> dict[str, Any]:
        """Two processes open the same file at once."""
        found = Counter[str]()
        for _ in range(count):
            path, together = self._fresh(), processes.Barrier(2)
            racers = [begin(_open_together, path, way, together) for _ in range(2)]
            codes = [ended(each, PATIENCE_SECONDS) for each in racers]
            found.update(races=1, errors=sum(code != 0 for code in codes))
            found.update(self._account(path))
        return self._said(found, "races")

    def _seconds(self, way: Open) -> float:
        """How long it takes to open the file."""
        path, begun = self._fresh(), time.monotonic()
        way(path)
        return (time.monotonic() - begun) * LONGER

    def _account(self, path: Path) -> Counter[str]:
        held = digest_of(path)
        found = Counter(
            half=held not in (self.before, self.after),
            unrecorded=not self._is_recorded(path),
            before=held == self.before,
            after=held == self.after,
            errors=not is_sound(path),
        )
        try:
            open_db(path).conn.close()
            found["errors"] += digest_of(path) != self.after
        except Exception:
            found["errors"] += 1
        shutil.rmtree(path.parent)
        return found

    def _is_recorded(self, path: Path) -> bool:
        """The steps that a file records as done made what is there, and nothing else is."""
        db = connect(path)
        try:
            return _shape(db) == self.shapes[len(migrations.applied(db))]
        finally:
            db.conn.close()

    def _fresh(self) -> Path:
        path = Path(tempfile.mkdtemp(dir=self.folder), "kpibot.db")
        shutil.copyfile(self.first, path)
        return path

    def _said(self, found: Counter[str], what: str) -> dict[str, Any]:
        names = (what, "before", "after", "half", "unrecorded", "errors")
        return {name: found[name] for name in names}


def open_piecemeal(path: Path) -> None:
    """Every statement is durable by itself."""
    db = connect(path)
    for each in migrations._migrations:
        each.transactional = False
    migrations.apply(db)


def open_deferred(path: Path) -> None:
    """sqlite-utils' own transactions, one a step, which begin as readers."""
    migrations.apply(connect(path))


def _is_killed(path: Path, way: Open, dies_after: float) -> bool:
    victim = begin(_open_and_die, path, way, dies_after)
    return ended(victim, PATIENCE_SECONDS) == -signal.SIGALRM


def _open_and_die(path: Path, way: Open, dies_after: float) -> None:
    """As abruptly as by kill -9: nobody handles the alarm, so that the kernel ends the process."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(dies_after, 1e-6))
    way(path)
    os._exit(0)


def _open_together(path: Path, way: Open, together: Any) -> None:
    sys.stderr = io.StringIO()
    together.wait(PATIENCE_SECONDS)
    way(path)


def _shapes(path: Path) -> list[set[tuple[str, str]]]:
    """Everything that is made, after each number of steps."""
    db, found = connect(path), [set[tuple[str, str]]()]
    for name in [*names()[1:], None]:
        migrations.apply(db, stop_before=name)
        found.append(_shape(db))
    db.conn.close()
    return found


def _shape(db: Database) -> set[tuple[str, str]]:
    return {*db.execute("SELECT name, sql FROM sqlite_master").fetchall()}
