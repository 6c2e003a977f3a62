"""Messages: what was posted where, what changed, and the timestamps that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sandbox.clock import Clock
from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.wire import Json


@dataclass(frozen=True)
class Message:
    """One message. `ephemeral_to` is set where only one user sees it."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    by_app: bool = False
    bot_id: str = ""
    files: tuple[str, ...] = ()
    edited: str | None = None
    attachments: tuple[Json, ...] = ()
    deleted: bool = False


class Hidden(NamedTuple):
    """When a message is not in the history; a clock that was set back behind it doesn't hide it."""

    since: datetime
    until: datetime


class Messages:
    """Every message of the workspace, by channel and ts, oldest first."""

    def __init__(self, store: Store, pulse: Pulse, clock: Clock) -> None:
        self._store = store
        self._pulse = pulse
        self._clock = clock
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._changes: list[tuple[int, Message]] = []
        self._hidden: dict[tuple[str, str], Hidden] = {}
        self._last_micros = 0
        self.load()

    def load(self) -> None:
        """Read what is kept."""
        self._by_channel, self._changes, self._hidden = {}, [], {}
        self._last_micros = 0
        for _, body in self._store.read("message"):
            message = _message_from(body)
            self._by_channel.setdefault(message.channel, {})[message.ts] = message
            self._last_micros = max(self._last_micros, micros(message.ts))

    @property
    def newest_micros(self) -> int:
        """The latest timestamp given out, in microseconds since 1970."""
        return self._last_micros

    def next_ts(self) -> str:
        """Return a new timestamp, later than every one before, even if the clock was set back."""
        now = int(self._clock.now().timestamp() * 1_000_000)
        self._last_micros = max(now, self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def post(self, channel: str, user: str, **parts: Any) -> Message:
        """Post a message; it is kept when this returns."""
        message = Message(channel, self.next_ts(), user, **parts)
        self._keep(message)
        return message

    def change(self, message: Message, **parts: Any) -> Message:
        """Replace parts of a message."""
        changed = replace(message, **parts)
        self._keep(changed)
        return changed

    def delete(self, message: Message) -> None:
        """Take a message away."""
        self._store.drop("message", _key(message))
        self._by_channel[message.channel].pop(message.ts, None)
        gone = replace(message, deleted=True, text="", blocks=(), files=(), metadata=None)
        self._changes.append((self._pulse.beat(), gone))

    def find(self, channel: str, ts: str) -> Message | None:
        """Return a message, None if there is none."""
        return self._by_channel.get(channel, {}).get(ts)

    def of_channel(self, channel: str) -> list[Message]:
        """Return the messages of a channel, oldest first."""
        return list(self._by_channel.get(channel, {}).values())

    def changed_since(self, version: int) -> Iterator[Message]:
        """Yield the messages that appeared, changed or went since, each once, oldest change first.

        What went has `deleted` set.
        """
        latest: dict[tuple[str, str], Message] = {}
        for at, message in reversed(self._changes):
            if at <= version:
                break
            latest.setdefault((message.channel, message.ts), message)
        yield from reversed(latest.values())

    def hide(self, message: Message, seconds: float) -> None:
        """Keep a message out of the history for so many seconds from now by the clock."""
        now = self._clock.now()
        self._hidden[(message.channel, message.ts)] = Hidden(now, now + timedelta(seconds=seconds))

    def is_hidden(self, message: Message) -> bool:
        """Tell whether a message is not in the history yet."""
        hidden = self._hidden.get((message.channel, message.ts))
        return hidden is not None and hidden.since <= self._clock.now() < hidden.until

    def _keep(self, message: Message) -> None:
        self._store.put("message", _key(message), asdict(message))
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        self._changes.append((self._pulse.beat(), message))


def micros(ts: str) -> int:
    """Return a timestamp such as 1778457540.000100 in microseconds. ValueError if it's none."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int((fraction + "000000")[:6])


def _key(message: Message) -> str:
    return f"{message.ts} {message.channel}"


def _message_from(body: Json) -> Message:
    tuples = {name: tuple(body[name]) for name in ("blocks", "files", "attachments")}
    return Message(**{**body, **tuples})
