"""The disk is full, then has room again: nobody is told that something was saved which was not.

As root the data folder is on a small file system of its own that gets filled up; otherwise the bot
is not allowed to make files any longer. The control acknowledges first and writes afterwards.
"""

from __future__ import annotations

import resource
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.crash.city import looking, staff
from tests.crash.killing import bot_over
from tests.crash.lineage import Lineage
from tests.crash.town import Town, town
from tests.torture.campaign import Ask
from tests.torture.file.living import Try, is_answered, words
from tests.torture.lines import Line

SIZE = "8m"
CHUNK = 4096
OF_CONTROLS = 1
NAMES = ("user_told", "why_told", "resumed", "missing", "doubled")


class Disk(Protocol):
    """Where the data folder is."""

    def fill(self) -> None:
        """From here on nothing more fits on it."""

    def free(self) -> None:
        """There is room again."""


@dataclass(frozen=True)
class SmallDisk:
    """A small file system, filled up with a file."""

    place: Path

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * CHUNK) == CHUNK:
                    pass
            except OSError:
                return

    def free(self) -> None:
        self._filler.unlink()

    @property
    def _filler(self) -> Path:
        return self.place / "filler"


@dataclass(frozen=True)
class Limited:
    """A process that may not make its files longer."""

    process: int

    def fill(self) -> None:
        resource.prlimit(self.process, resource.RLIMIT_FSIZE, (CHUNK, resource.RLIM_INFINITY))

    def free(self) -> None:
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(self.process, resource.RLIMIT_FSIZE, unlimited)


def full_disk(ask: Ask) -> Iterator[Line]:
    """So many times full and free again, one person's act each; then the control."""
    with town(ask.folder / "slack") as there:
        how, found = _cycles(there, ask.folder / "right", ask.count, None)
        must = "user_told=asked resumed=asked missing=0 doubled=0"
        yield Line("full-disk", ask.count, {"by": how, **found}, must)
        how, found = _cycles(there, ask.folder / "ack-first", OF_CONTROLS, "ack-first")
        figures = {"control": "ack-first", "by": how, **found}
        yield Line("full-disk control", OF_CONTROLS, figures, "missing>0")


def _cycles(there: Town, place: Path, count: int, broken: str | None) -> tuple[str, dict[str, Any]]:
    found = Counter[str]()
    with _small(place) as disk_for, bot_over(there, place / "data", staff(), broken) as bot:
        disk = disk_for(bot)
        for turn in range(count):
            one = Try(there, bot, place / "data", turn)
            _shorten_log(place / "data")
            disk.fill()
            answer = one.act()
            said, stood = words(answer), one.stored
            disk.free()
            found.update(user_told=is_answered(answer) and not stood, why_told="空き容量" in said)
            found.update(missing="しました" in said and not stood)
            one.act_again()
            found.update(resumed=one.stored == 1, doubled=one.stored > 1)
    return type(disk).__name__, {name: int(found[name]) for name in NAMES}


@contextmanager
def _small(place: Path) -> Iterator[Callable[[Lineage], Disk]]:
    """A folder that can be full, and what makes it so for a bot."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "torture", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield lambda bot: Limited(bot.pid)
        return
    try:
        yield lambda _: SmallDisk(place)
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _shorten_log(folder: Path) -> None:
    """Else there is room left in it that was written to before."""
    with looking(folder) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
