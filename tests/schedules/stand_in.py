"""A Slack of a few lines, over the poster's own protocol, that fails before or after the effect."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from store.fiscal import TOKYO

T = TypeVar("T")


class Crash(BaseException):
    """The process died here."""


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: float

    def __call__(self) -> float:
        return self.at

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, TOKYO)

    def tick(self, seconds: float) -> None:
        self.at += seconds

    def set(self, text: str) -> None:
        self.at = moment(text).timestamp()


def moment(text: str) -> datetime:
    """`2026-06-05 09:00` in Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@dataclass
class Posted:
    ts: str
    channel: str
    key: str
    payload: dict[str, Any]
    at: float
    seen_from: float


@dataclass
class FakeSlack:
    """Keeps what was posted. `faults` holds what goes wrong next, by method, first come first."""

    clock: Callable[[], float]
    late: float = 0.0
    ahead: float = 0.0
    posted: list[Posted] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: dict[str, list[tuple[BaseException, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _count: int = 0

    def fail(
        self, method: str, error: BaseException, effect: str = "before", times: int = 1
    ) -> None:
        self.faults[method] += [(error, effect)] * times

    def open(self, user: str) -> str:
        return self._carry_out("open", lambda: "D" + user[1:])

    def post(self, channel: str, payload: dict[str, Any], key: str) -> str:
        def keep() -> str:
            self._count += 1
            now = self.clock() + self.ahead
            ts = f"{now:.3f}{self._count:03d}"
            self.posted.append(Posted(ts, channel, key, payload, now, now + self.late))
            return ts

        return self._carry_out("post", keep)

    def update(self, channel: str, ts: str, payload: dict[str, Any]) -> None:
        def change() -> None:
            found = next(m for m in self.posted if (m.channel, m.ts) == (channel, ts))
            found.payload = payload

        self._carry_out("update", change)

    def find(self, channel: str, key: str, oldest: float, thread: str | None = None) -> str | None:
        def look() -> str | None:
            now = self.clock() + self.ahead
            found = (
                m.ts
                for m in self.posted
                if (m.channel, m.key, m.payload.get("thread_ts")) == (channel, key, thread)
                and m.at >= oldest
                and not m.at <= now < m.seen_from
            )
            return next(found, None)

        return self._carry_out("find", look)

    def time(self) -> float | None:
        return self._carry_out("time", lambda: self.clock() + self.ahead)

    def _carry_out(self, method: str, effect: Callable[[], T]) -> T:
        self.calls.append(method)
        if not self.faults[method]:
            return effect()
        error, when = self.faults[method].pop(0)
        if when == "after":
            effect()
        raise error

    @property
    def counts(self) -> Counter[str]:
        """How often each key stands in Slack."""
        return Counter(message.key for message in self.posted)

    def texts(self, channel: str) -> list[str]:
        return [m.payload["text"] for m in self.posted if m.channel == channel]


def lost_and_doubled(slack: FakeSlack, keys: list[str]) -> tuple[int, int]:
    """How many of the keys never came to stand in Slack, and how many more than once."""
    counts = slack.counts
    return sum(counts[k] == 0 for k in keys), sum(counts[k] > 1 for k in keys)
