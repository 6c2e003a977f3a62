"""Many histories, each with a database of its own, in several processes."""

from __future__ import annotations

import functools
import operator
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.logs import log_to_stderr
from tests.histories.account import Fates, Watched, fates
from tests.histories.history import begun, template

MEMORY = Path("/dev/shm")


@contextmanager
def folder() -> Iterator[Path]:
    """Somewhere for the databases, in memory where that can be: these die with no machine."""
    where = MEMORY if MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="histories-", dir=where) as found:
        yield Path(found)


def live(kind: type[Watched], where: Path, seed: int) -> Fates:
    """One history from its beginning to its account."""
    with begun(kind, where, seed) as history:
        assert isinstance(history, Watched)
        history.run()
        return fates(history)


def live_all(kind: type[Watched], where: Path, seeds: Iterable[int]) -> Iterator[Fates]:
    """All of them, as they come to their ends."""
    template(where)
    with ProcessPoolExecutor(
        os.cpu_count(), initializer=log_to_stderr, initargs=("CRITICAL",)
    ) as pool:
        yield from pool.map(functools.partial(live, kind, where), seeds, chunksize=4)


def live_together(kind: type[Watched], where: Path, seed: int, count: int) -> Fates:
    """What came of so many histories, of which the first has this seed and each the next one."""
    return functools.reduce(operator.add, live_all(kind, where, range(seed, seed + count)))
