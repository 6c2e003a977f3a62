"""Where it happens: a sandbox in a process of its own, which outlives every bot."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.manifest import MANIFEST
from store.fiscal import TOKYO
from tests.crash.city import START
from tests.crash.lineage import ahead_of_monotonic
from tests.sandbox.hands import Hands, Json, Reply


@dataclass(frozen=True)
class Town:
    """A sandbox. `ahead` is how far its clock is ahead of the monotonic one, for the bots."""

    hands: Hands
    ahead: Any

    @property
    def api_url(self) -> str:
        """Where its Web API is."""
        return f"{self.hands.url}/api/"

    def reset(self) -> None:
        """Make the workspace as it was at the beginning."""
        self.hands.do("reset")
        self.follow(datetime.fromisoformat(self.hands.look("state")["now"]))

    def set_clock(self, moment: datetime) -> None:
        """Set the clock of sandbox and bot."""
        self.hands.do("clock", now=moment.isoformat())
        self.follow(moment)

    def leap(self, seconds: float) -> None:
        """Set the clock ahead."""
        self.set_clock(self.now() + timedelta(seconds=seconds))

    def now(self) -> datetime:
        """The time here."""
        return datetime.fromtimestamp(time.monotonic() + self.ahead.value, TOKYO)

    def messages(self) -> list[Json]:
        """Everything that was ever posted and stands."""
        channels = [channel["id"] for channel in self.hands.look("state")["channels"]]
        return [
            message
            for channel in channels
            for message in self.hands.look(f"messages/{channel}")["messages"]
        ]

    def acked(self) -> set[str]:
        """The ids of the envelopes that were acknowledged so far."""
        return {line["envelope_id"] for line in self.hands.log("envelope") if line["acked"]}

    def follow(self, moment: datetime) -> None:
        """Tell the bots what the sandbox's clock was set to."""
        self.ahead.value = moment.timestamp() - time.monotonic()


@contextmanager
def town(data: Path) -> Iterator[Town]:
    """A sandbox in a process of its own, until the block is left."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data)]
    options = ["--manifest", str(MANIFEST), "--start", START.isoformat()]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("sandbox: ").strip()
        try:
            yield Town(Hands(url), ahead_of_monotonic("d"))
        finally:
            process.terminate()


def click(town: Town, action: str, **fields: object) -> Json | None:
    """Click a button; None when it is not there any more."""
    return answer_of(town.hands.post("interact", action_id=action, **fields))


def answer_of(reply: Reply) -> Json | None:
    """What the sandbox answered, None when there is nothing left to act on."""
    return reply.json if reply.status == 200 else None


def direct(user: str) -> str:
    """The channel of a user's direct messages with the bot."""
    return f"D{user[1:]}"


def message_key(message: Json) -> str | None:
    """The key that a message of the bot carries."""
    metadata = message["metadata"] or {}
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key
