"""Several towns side by side, so that many kills take less time: most of it is waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

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

Kill = Callable[[str, int, str | None], Future[Toll]]


@contextmanager
def lanes(folder: Path, count: int) -> Iterator[Kill]:
    """Gives `kill(step, times, broken)`, which goes on by itself in one of `count` lanes."""
    mine = threading.local()
    with ExitStack() as stack, ThreadPoolExecutor(count, "lane") as pool:

        def lane() -> Town:
            if not hasattr(mine, "town"):
                name = f"slack-{threading.current_thread().name}"
                mine.town = stack.enter_context(town(folder / name))
            found: Town = mine.town
            return found

        def kill(step: str, times: int, broken: str | None = None) -> Future[Toll]:
            data = folder / f"{step.replace(':', '-')}-{broken}"
            return pool.submit(lambda: kill_at(lane(), STEPS[step], times, data, broken))

        try:
            yield kill
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def is_clean(toll: Toll, times: int) -> bool:
    """As many kills as there should be, nothing missing, doubled or half-written.

    Acts were acknowledged, but for a digest whose bot died before it was taken up.
    """
    clean = (toll.missing, toll.doubled, toll.half) == (0, 0, 0)
    deaths = 2 if STEPS[toll.step].after else 1
    acked = toll.acked > 0 or toll.step == "digest:enqueued"
    return clean and acked and toll.kills == times * deaths
