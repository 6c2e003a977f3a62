"""One Socket Mode connection of the bot."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.wire import Json

PING_SECONDS = 5.0
SILENCE_SECONDS = 30.0


@dataclass(eq=False)
class Connection:
    """One connection. `silent`: it neither answers pings nor sends; `heard`: when it last heard."""

    ws: web.WebSocketResponse
    transport: asyncio.Transport | None
    number: int
    silent: bool = False
    heard: float = field(default_factory=time.monotonic)

    async def send(self, message: Json) -> bool:
        """Send a message; False if the connection is gone. A silent one swallows it."""
        if self.silent:
            return True
        try:
            await self.ws.send_str(json.dumps(message, ensure_ascii=False))
        except (ConnectionError, RuntimeError):
            return False
        return not self.ws.closed

    async def send_goodbye(self, reason: str) -> None:
        """Tell the bot that this connection is about to close, and why."""
        about = {"host": "sandbox"}
        await self.send({"type": "disconnect", "reason": reason, "debug_info": about})

    async def pong(self, data: bytes) -> None:
        """Answer a ping, unless silent."""
        if not self.silent:
            with contextlib.suppress(ConnectionError, RuntimeError):
                await self.ws.pong(data)

    def fall_silent(self, *, deaf: bool) -> None:
        """Say nothing from now on; a deaf one doesn't even notice when the bot hangs up."""
        self.silent = True
        if deaf and self.transport is not None:
            self.transport.pause_reading()

    def speak_again(self) -> None:
        """Be as before."""
        self.silent = False
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()

    async def close(self) -> None:
        """Close with a close frame."""
        with contextlib.suppress(ConnectionError, RuntimeError):
            await self.ws.close()

    async def close_after(self, seconds: float) -> None:
        """Close after so many seconds of real time."""
        await asyncio.sleep(seconds)
        await self.close()

    def hang_up(self) -> None:
        """Drop the TCP connection without a word."""
        if self.transport is not None:
            self.transport.abort()

    async def keep_pinging(self) -> None:
        """Ping the bot now and then; close once it hasn't been heard of for half a minute."""
        while time.monotonic() - self.heard < SILENCE_SECONDS:
            await asyncio.sleep(PING_SECONDS)
            if not self.silent:
                try:
                    await self.ws.ping(b"Ping from the sandbox")
                except (ConnectionError, RuntimeError):
                    return
        await self.close()
