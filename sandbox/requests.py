"""Signed requests: what is sent to an app without Socket Mode, and the answers that come back.

https://docs.slack.dev/apis/events-api/using-http-request-urls
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from sandbox.ack import ACK_SECONDS, EVENTS, Ack, name_of
from sandbox.addresses import Addresses
from sandbox.signature import signed
from sandbox.wire import Json
from sandbox.world import World

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
OK = range(200, 300)


@dataclass(frozen=True)
class Sending:
    """A request on its way. `answer` gets the first answer that counts: status, payload, when."""

    kind: str
    url: str
    body: bytes
    answer: asyncio.Future[tuple[int, Json | None, float]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Requests:
    """Sends requests and reads the answers."""

    def __init__(self, world: World, addresses: Addresses) -> None:
        self._world = world
        self._addresses = addresses
        self._in_flight = 0
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True),
            timeout=aiohttp.ClientTimeout(total=ACK_SECONDS),
        )

    @property
    def in_flight(self) -> int:
        """How many wait for their answer."""
        return self._in_flight

    async def deliver(
        self, kind: str, payload: Json, *, takes_payload: bool, attempt: int = 0
    ) -> Ack:
        """Send a request and wait up to 3 s for its answer."""
        sending = Sending(kind, self._addresses.of(kind, payload), _body(kind, payload))
        self._in_flight += 1
        ack = await self._exchange(sending, takes_payload=takes_payload, attempt=attempt)
        self._in_flight -= 1
        self._world.note("request", type=kind, name=name_of(payload), acked=ack.acked, ms=ack.ms)
        return ack

    async def verify(self) -> None:
        """Ask each address for a challenge, as when it is entered. ValueError where none comes back."""
        for url in sorted(self._addresses.all):
            challenge = secrets.token_urlsafe(24)
            asked = {"token": "sandbox", "challenge": challenge, "type": "url_verification"}
            sending = Sending(EVENTS, url, _body(EVENTS, asked))
            ack = await self._exchange(sending, takes_payload=True)
            if challenge not in (ack.payload or {}).values():
                raise ValueError(f"{url} did not answer the challenge: {ack.error}")

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _exchange(self, sending: Sending, *, takes_payload: bool, attempt: int = 0) -> Ack:
        begun = time.monotonic()
        if scatter := self._world.faults.take(("scatter",)):
            for again, seconds in enumerate(scatter.delays()):
                self._world.spawn(self._send(sending, again, seconds))
        else:
            self._world.spawn(self._send(sending, attempt))
            if self._world.faults.take(("duplicate_envelope",)):
                self._world.spawn(self._send(sending, attempt + 1))
        try:
            status, given, at = await asyncio.wait_for(sending.answer, ACK_SECONDS)
        except TimeoutError:
            return Ack(False, error="operation_timeout")
        ms = round((at - begun) * 1000, 3)
        if status not in OK:
            return Ack(False, ms, error="dispatch_failed")
        return Ack(True, ms, given if takes_payload else None)

    async def _send(self, sending: Sending, attempt: int, after: float = 0) -> None:
        await asyncio.sleep(after)
        headers = {
            "Content-Type": JSON if sending.kind == EVENTS else FORM,
            "User-Agent": AGENT,
            **signed(self._world.bot.signing_secret, self._now(), sending.body),
            **(_retried(attempt) if attempt and sending.kind == EVENTS else {}),
        }
        try:
            async with self._session.post(
                sending.url, data=sending.body, headers=headers, allow_redirects=False
            ) as reply:
                self._take(sending, reply.status, _payload(reply, await reply.text()))
        except TimeoutError:
            return
        except (aiohttp.ClientError, ValueError) as error:
            self._world.note("unanswered", error=type(error).__name__)
            self._take(sending, 0, None)

    def _take(self, sending: Sending, status: int, payload: Json | None) -> None:
        if sending.answer.done():
            self._world.note("late_or_double_ack", status=status)
        elif lost := self._world.faults.take(("ack_lost",)):
            self._world.note("ack_lost", status=status)
            if lost.redeliver:
                self._world.spawn(self._send(sending, 1))
        else:
            sending.answer.set_result((status, payload, time.monotonic()))

    def _now(self) -> int:
        return int(self._world.clock.now().timestamp())


def _body(kind: str, payload: Json) -> bytes:
    if kind == EVENTS:
        return json.dumps(payload).encode()
    if kind == "slash_commands":
        return urlencode(payload).encode()
    return urlencode({"payload": json.dumps(payload)}).encode()


def _retried(attempt: int) -> dict[str, str]:
    return {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}


def _payload(reply: aiohttp.ClientResponse, text: str) -> Json | None:
    """What an answer says: its object, or its text as a message. ValueError for JSON that is none."""
    if not text:
        return None
    said = json.loads(text) if reply.content_type == JSON else None
    return said if isinstance(said, dict) else {"text": text}
