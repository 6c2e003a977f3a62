"""The sandbox's clock: it can be set, and then runs at real speed."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


class Clock:
    """A clock in Asia/Tokyo that runs at real speed from the moment last set.

    Without `start` it begins at the real time. Every method may be called from any thread.
    It counts on the monotonic clock, so a change of the machine's time doesn't move it.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._lock = threading.Lock()
        self.was_set = False
        self._begin(_real_now() if start is None else start)
        self.was_set = start is not None

    def now(self) -> datetime:
        """Return the present moment, aware, in Asia/Tokyo."""
        with self._lock:
            return self._moment + timedelta(seconds=time.monotonic() - self._counted_from)

    def set(self, moment: datetime) -> None:
        """Make it `moment` now, earlier or later than before. ValueError if it has no zone."""
        self._begin(moment)
        self.was_set = True

    def move_on(self, seconds: float) -> None:
        """Make it so many seconds later: instead of waiting for them."""
        self.set(self.now() + timedelta(seconds=seconds))

    def follow_real_time(self) -> None:
        """Begin again at the real time, as if it had never been set."""
        self._begin(_real_now())
        self.was_set = False

    def _begin(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {moment.isoformat()}")
        with self._lock:
            self._moment = moment.astimezone(TOKYO)
            self._counted_from = time.monotonic()


def _real_now() -> datetime:
    return datetime.now(TOKYO)
