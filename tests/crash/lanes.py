"""Several towns side by side, so that many kills take less time: most of it is waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from tests.crash.account import Toll
from tests.crash.killing import kill_at
from tests.crash.steps import STEPS
from tests.crash.town import Town, town

# What each broken way of working has to be caught at, and as what.
CONTROLS = {
    "ack-first": ("submit:acked", "missing"),
    "piecemeal": ("submit:row", "half"),
    "post-then-record": ("request:posted", "doubled"),
    "record-then-post": ("request:marked", "missing"),
}

T = TypeVar("T")
Kill = Callable[[str, int, str | None], Future[Toll]]


@contextmanager
def towns(folder: Path, count: int) -> Iterator[Callable[[Callable[[Town], T]], Future[T]]]:
    """Gives `begin(work)`, which does work in one of `count` towns, side by side with others."""
    mine = threading.local()
    with ExitStack() as stack, ThreadPoolExecutor(count, "lane") as pool:

        def here() -> Town:
            if not hasattr(mine, "town"):
                name = f"slack-{threading.current_thread().name}"
                mine.town = stack.enter_context(town(folder / name))
            found: Town = mine.town
            return found

        try:
            yield lambda work: pool.submit(lambda: work(here()))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def lanes(folder: Path, count: int) -> Iterator[Kill]:
    """Gives `kill(step, times, broken)`, which goes on by itself in one of `count` towns."""
    with towns(folder, count) as begin:

        def kill(step: str, times: int, broken: str | None = None) -> Future[Toll]:
            data = folder / f"{step.replace(':', '-')}-{broken}"
            return begin(lambda there: kill_at(there, STEPS[step], times, data, broken))

        yield kill


def is_clean(toll: Toll, times: int) -> bool:
    """As many kills as there should be, nothing missing, doubled or half-written.

    Acts were acknowledged, but for a digest whose bot died before it was taken up.
    """
    clean = (toll.missing, toll.doubled, toll.half) == (0, 0, 0)
    deaths = 2 if STEPS[toll.step].after else 1
    acked = toll.acked > 0 or toll.step == "digest:enqueued"
    return clean and acked and toll.kills == times * deaths
