"""A campaign of the torture: what it does, how often, and the lines that come of it."""

from __future__ import annotations

import dataclasses
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.lines import Line

MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Ask:
    """What is asked of a campaign: how often, from which seed on, and a new folder to do it in."""

    count: int
    seed: int
    folder: Path


@dataclass(frozen=True)
class Campaign:
    """`run` yields the campaign's lines, its controls among them.

    `full` is the whole count, `in_tests` how many of it `make test` does: 0 where tests of its own
    do a share. `in_memory`: syncs to a disk would take time and say nothing here. `timed`: seconds
    are among what it must say, so that nothing else runs beside it.
    `needs_compiler`: without gcc the campaign fails, and `make test` says aloud that it is skipped.
    """

    name: str
    what: str
    full: int
    in_tests: int
    run: Callable[[Ask], Iterator[Line]]
    in_memory: bool = False
    timed: bool = False
    needs_compiler: bool = False

    def share(self, part: float) -> int:
        """So much of the whole count, and one at least."""
        return max(1, round(self.full * part))

    def lines(self, count: int, seed: int) -> Iterator[Line]:
        """Run it, each line with the seconds since the one before.

        A campaign that fails is a line that does not read as it must; its traceback goes to stderr.
        """
        where = MEMORY if self.in_memory and MEMORY.is_dir() else None
        with TemporaryDirectory(prefix=f"torture-{self.name}-", dir=where) as folder:
            begun = time.monotonic()
            try:
                for line in self.run(Ask(count, seed, Path(folder))):
                    yield dataclasses.replace(line, seconds=time.monotonic() - begun)
                    begun = time.monotonic()
            except Exception as error:
                traceback.print_exc(file=sys.stderr)
                failed = {"failed": type(error).__name__}
                yield Line(self.name, count, failed, "failed=no", time.monotonic() - begun)
