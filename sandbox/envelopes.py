"""Envelopes: what is sent to the bot over its connections, and the acks that come back."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from contextlib import suppress

from sandbox.ack import ACK_SECONDS, EVENTS, Ack, name_of
from sandbox.connection import Connection
from sandbox.connections import Connections, NotConnected
from sandbox.faults import Fault
from sandbox.wire import Json
from sandbox.world import World

Answer = tuple[Json | None, float]


class Envelopes:
    """Sends envelopes and matches the acks."""

    def __init__(self, world: World, connections: Connections) -> None:
        self._world = world
        self._connections = connections
        self._waiting: dict[str, tuple[Json, asyncio.Future[Answer]]] = {}
        connections.on_text = self._take_ack

    @property
    def in_flight(self) -> int:
        """How many wait for their ack."""
        return len(self._waiting)

    async def deliver(
        self, kind: str, payload: Json, *, takes_payload: bool, attempt: int = 0
    ) -> Ack:
        """Send an envelope to one connection and wait up to 3 s for its ack.

        To a bot that lost its connection a moment ago it waits to send, within the same 3 s.
        """
        envelope = _envelope(kind, payload, takes_payload=takes_payload)
        envelope |= _retried(attempt) if attempt else {}
        key = envelope["envelope_id"]
        begun = time.monotonic()
        self._waiting[key] = envelope, asyncio.get_running_loop().create_future()
        try:
            given, at = await asyncio.wait_for(self._exchange(key), ACK_SECONDS)
            ack = Ack(True, round((at - begun) * 1000, 3), given if takes_payload else None)
        except TimeoutError:
            ack = Ack(False, error="operation_timeout")
        except NotConnected:
            ack = Ack(False, error="dispatch_failed")
        finally:
            del self._waiting[key]
        self._world.note(
            "envelope",
            type=kind,
            name=name_of(payload),
            envelope_id=key,
            acked=ack.acked,
            ms=ack.ms,
        )
        return ack

    async def close(self) -> None:
        """The connections are not its own."""

    async def _exchange(self, key: str) -> Answer:
        envelope, answer = self._waiting[key]
        if scatter := self._world.faults.take(("scatter",)):
            self._scatter(envelope, scatter)
            return await answer
        first = await self._send(envelope)
        if self._world.faults.take(("duplicate_envelope",)):
            await self._send(_again(envelope), but=first)
        return await answer

    def _scatter(self, envelope: Json, fault: Fault) -> None:
        for copy, seconds in enumerate(fault.delays()):
            sent = envelope if copy == 0 else _again(envelope)
            self._world.spawn(self._send_later(sent, seconds))

    async def _send_later(self, envelope: Json, seconds: float) -> None:
        await asyncio.sleep(seconds)
        with suppress(NotConnected):
            await self._send(envelope)

    async def _send(self, envelope: Json, but: Connection | None = None) -> Connection:
        while True:
            connection = await self._connections.next(but)
            if await connection.send(envelope):
                return connection
            self._connections.drop(connection)

    def _take_ack(self, text: str) -> None:
        try:
            said = json.loads(text)
            key, payload = said["envelope_id"], said.get("payload")
        except (ValueError, KeyError, TypeError, AttributeError):
            self._world.complain("unreadable_ack", size=len(text))
            return
        envelope, answer = self._waiting.get(key, (None, None))
        if envelope is None or answer is None or answer.done():
            self._world.note("late_or_double_ack", envelope_id=key)
        elif lost := self._world.faults.take(("ack_lost",)):
            self._world.note("ack_lost", envelope_id=key)
            if lost.redeliver:
                self._world.spawn(self._send(_again(envelope)))
        else:
            answer.set_result((payload, time.monotonic()))


def _envelope(kind: str, payload: Json, *, takes_payload: bool) -> Json:
    envelope = {
        "envelope_id": str(uuid.uuid4()),
        "payload": payload,
        "type": kind,
        "accepts_response_payload": takes_payload,
    }
    if kind == EVENTS:
        envelope |= {"retry_attempt": 0, "retry_reason": ""}
    return envelope


def _again(envelope: Json) -> Json:
    """Return the same envelope as Slack sends it a second time."""
    return {**envelope, **_retried(1)} if envelope["type"] == EVENTS else envelope


def _retried(attempt: int) -> Json:
    return {"retry_attempt": attempt, "retry_reason": "timeout"}
