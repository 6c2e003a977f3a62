"""How the bot took what it was sent, over either way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sandbox.wire import Json

ACK_SECONDS = 3.0
EVENTS = "events_api"


@dataclass(frozen=True)
class Ack:
    """How the bot took something. `ms` counts from sending; `payload` is what came with it.

    `error` is `operation_timeout` if no ack came within 3 s, `dispatch_failed` if the bot wasn't
    there or refused it.
    """

    acked: bool
    ms: float | None = None
    payload: Json | None = None
    error: str | None = None


class Way(Protocol):
    """A way to the bot."""

    @property
    def in_flight(self) -> int:
        """How many wait for their ack."""

    async def deliver(
        self, kind: str, payload: Json, *, takes_payload: bool, attempt: int = 0
    ) -> Ack:
        """Send a payload of a kind (`events_api`, `slash_commands`, `interactive`), wait for the ack.

        `attempt` says how often an event was brought before.
        """

    async def close(self) -> None:
        """Give back what it holds."""


def name_of(payload: Json) -> str:
    """Return what the payload is about, for the log: a command's name, an event's type."""
    event = payload.get("event", {})
    return str(payload.get("command") or event.get("type") or payload.get("type"))
