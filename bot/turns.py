"""Names that wait for something to be done for each of them, one at a time, each once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

MINUTE = 60.0


class Turns:
    """A queue in which nobody stands twice. `most` names a minute pass; later ones are let go.

    What is done for them can be left out: it is done anew on another occasion. Whoever goes first
    is never let go.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._first: dict[str, None] = {}
        self._waiting: dict[str, None] = {}
        self._passed: deque[float] = deque()
        self._busy = False

    def join(self, names: Iterable[str], *, first: bool = False) -> bool:
        """Stand in the queue. True says that nobody serves it: the caller has to see to `served`."""
        with self._lock:
            line = self._first if first else self._waiting
            line.update(dict.fromkeys(names))
            begins = bool(self._first or self._waiting) and not self._busy
            self._busy = self._busy or begins
            return begins

    def served(self) -> Iterator[str]:
        """Each name as its turn comes, until nobody waits; who joins again meanwhile comes again."""
        while (name := self._next()) is not None:
            yield name

    def _next(self) -> str | None:
        with self._lock:
            now = self._clock()
            while self._passed and self._passed[0] <= now - MINUTE:
                self._passed.popleft()
            if len(self._passed) >= self._most:
                self._waiting.clear()
            line = self._first or self._waiting
            if not line:
                self._busy = False
                return None
            name = next(iter(line))
            self._first.pop(name, None)
            self._waiting.pop(name, None)
            self._passed.append(now)
            return name
