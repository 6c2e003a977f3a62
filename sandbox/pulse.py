"""A number that grows with every change, and can be waited for."""

from __future__ import annotations

import asyncio
import contextlib
import time


class Pulse:
    """Counts changes of the workspace. Used from the event loop's thread only.

    It starts at the real time in milliseconds, so that a page that outlived a restart notices.
    """

    def __init__(self) -> None:
        self.version = time.time_ns() // 1_000_000
        self._next = asyncio.Event()

    def beat(self) -> int:
        """Count one change, wake who waits, and return the new version."""
        self.version += 1
        passed, self._next = self._next, asyncio.Event()
        passed.set()
        return self.version

    async def wait(self, seen: int, seconds: float) -> int:
        """Return the version once it differs from `seen`, or after `seconds` of real time."""
        if self.version == seen and seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._next.wait(), seconds)
        return self.version
