"""The bot's Socket Mode connections: tickets, hello, whose turn it is, and how they go bad."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable

from aiohttp import WSMessage, WSMsgType, web

from sandbox.connection import Connection
from sandbox.faults import Fault
from sandbox.wire import Json
from sandbox.world import World

TICKET_SECONDS = 60.0
MOST_CONNECTIONS = 10
RECONNECT_SECONDS = 3.0
CLOSE_SECONDS = 0.5


class NotConnected(Exception):
    """The bot is not there: no connection now, nor a moment ago."""


class Connections:
    """All connections of the bot. `on_text` gets what the bot sends over any of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: list[Connection] = []
        self._tickets: dict[str, float] = {}
        self._any_open = asyncio.Event()
        self._count = 0
        self._turn = 0
        self._left_at = float("-inf")
        self._silence_new = 0
        self.on_text: Callable[[str], None] = lambda _text: None

    def issue_ticket(self) -> str:
        """Return a ticket that opens one connection within a minute of real time."""
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Take a connection and serve it until it closes. 403 without a good ticket."""
        until = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if time.monotonic() > until:
            return web.Response(status=403, text="invalid ticket")
        ws = web.WebSocketResponse(autoping=False, timeout=CLOSE_SECONDS)
        await ws.prepare(request)
        self._count += 1
        await self._serve(Connection(ws, request.transport, self._count))
        return ws

    async def next(self, but: Connection | None = None) -> Connection:
        """Return the connection whose turn it is, another than `but` if there is one.

        Waits while there is none, if the bot may be reconnecting; NotConnected if it was away
        for longer.
        """
        if not self._open and time.monotonic() - self._left_at > RECONNECT_SECONDS:
            raise NotConnected
        await self._any_open.wait()
        others = [one for one in self._open if one is not but] or self._open
        self._turn += 1
        return others[self._turn % len(others)]

    def drop(self, connection: Connection) -> None:
        """Forget a connection that turned out to be gone."""
        if connection in self._open:
            self._open.remove(connection)
            self._world.note("disconnected", socket=connection.number, left=len(self._open))
        if not self._open:
            self._left_at = time.monotonic()
            self._any_open.clear()

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._open):
            await connection.close()

    async def misbehave(self, fault: Fault) -> None:
        """Do to the open connections what a fault asks for."""
        if fault.kind == "silent":
            self._silence_new = fault.new
        for connection in list(self._open):
            await self._misbehave(connection, fault)

    def speak_again(self) -> None:
        """Let silent connections speak."""
        self._silence_new = 0
        for connection in self._open:
            connection.speak_again()

    @property
    def numbers(self) -> list[int]:
        """The numbers of the open connections, in the order they came."""
        return [connection.number for connection in self._open]

    async def _misbehave(self, connection: Connection, fault: Fault) -> None:
        if fault.kind == "silent":
            connection.fall_silent(deaf=fault.deaf)
        elif fault.kind == "warning":
            await connection.send_goodbye("warning")
            self._world.spawn(connection.close_after(fault.seconds))
        elif fault.abrupt:
            connection.hang_up()
        else:
            if fault.kind == "refresh":
                await connection.send_goodbye("refresh_requested")
            await connection.close()

    async def _serve(self, connection: Connection) -> None:
        if len(self._open) >= MOST_CONNECTIONS:
            self._world.complain("too_many_websockets", socket=connection.number)
            await connection.send_goodbye("too_many_websockets")
            await connection.close()
            return
        self._open.append(connection)
        self._world.note("connected", socket=connection.number, left=len(self._open))
        await self._greet(connection)
        pings = asyncio.create_task(connection.keep_pinging())
        try:
            async for message in connection.ws:
                await self._hear(connection, message)
        finally:
            pings.cancel()
            self.drop(connection)

    async def _greet(self, connection: Connection) -> None:
        about = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        hello: Json = {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": about,
            "connection_info": {"app_id": self._world.bot.app_id},
        }
        await connection.send(hello)
        if self._silence_new > 0:
            self._silence_new -= 1
            connection.silent = True
        self._any_open.set()

    async def _hear(self, connection: Connection, message: WSMessage) -> None:
        connection.heard = time.monotonic()
        if message.type == WSMsgType.PING:
            await connection.pong(message.data)
        elif message.type == WSMsgType.TEXT:
            self.on_text(message.data)
