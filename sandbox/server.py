"""The sandbox as a whole: started, stopped, and what its owner needs of it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from sandbox.clock import Clock
from sandbox.connections import Connections
from sandbox.http import application
from sandbox.manifest import read_manifest
from sandbox.store import Store
from sandbox.ways import configure, way_of
from sandbox.wire import Json
from sandbox.workspace import BUILT_IN, read_workspace
from sandbox.world import World

KEEP_CLOCK_SECONDS = 1.0
STOP_SECONDS = 10.0


class Sandbox:
    """A Slack stand-in on 127.0.0.1, in a thread of its own.

    `data`: the folder its state lives in; OSError if another sandbox is using it.
    `port`: 0 takes a free one. `clock`: shared with the bot, so that both go by the same time;
    it goes on from where it was if the folder has a state, else from `start`, else from now.
    `on_clock(now)` is called in a worker thread when the clock was set, before that control call
    answers: let the bot tick and drain there. `on_reset(bot_data)` likewise after a reset.
    `manifest`: a file or dict that says what the app may do; without one it may do anything.
    `workspace`: the TOML file to open with, else the built-in one.
    """

    def __init__(
        self,
        data: Path,
        port: int = 0,
        clock: Clock | None = None,
        on_clock: Callable[[datetime], None] | None = None,
        on_reset: Callable[[bool], None] | None = None,
        manifest: Path | Json | None = None,
        workspace: Path | None = None,
        start: datetime | None = None,
    ) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._port = port
        self.clock = clock or Clock(start)
        if clock is not None and start is not None:
            clock.set(start)
        self._world = World(
            workspace=read_workspace(workspace or BUILT_IN),
            manifest=read_manifest(manifest),
            clock=self.clock,
            store=Store(data / "sandbox.db"),
            on_clock=on_clock,
            on_reset=on_reset,
            start=start,
        )
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        """The address of the page, without a slash at the end."""
        return self._world.base_url

    @property
    def api_url(self) -> str:
        """The base URL for slack_sdk's WebClient."""
        return f"{self._world.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token (xoxb-…)."""
        return self._world.bot.token

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode (xapp-…)."""
        return self._world.bot.app_token

    @property
    def signing_secret(self) -> str:
        """What requests are signed with, if the manifest has addresses instead of Socket Mode."""
        return self._world.bot.signing_secret

    def configure(self, manifest: Path | Json) -> None:
        """Give the app another manifest while it runs, as on its settings page.

        OSError or ValueError if it is no good, or if one of its addresses doesn't answer a
        challenge.
        """
        if self._loop is not None:
            changing = configure(self._world, read_manifest(manifest))
            asyncio.run_coroutine_threadsafe(changing, self._loop).result()

    def start(self) -> None:
        """Listen, and return once requests are answered. OSError if the port is taken."""
        try:
            self._socket = _listen(self._port)
        except OSError:
            self._world.store.close()
            raise
        port = self._socket.getsockname()[1]
        self._world.base_url = f"http://127.0.0.1:{port}"
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Close the connections, keep the clock and give the data folder back."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(STOP_SECONDS)
        if self._socket is not None:
            self._socket.close()
        self._world.keep_clock()
        self._world.store.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as failure:
            self._failure = failure
            raise
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        world, self._loop = self._world, asyncio.get_running_loop()
        world.connections = Connections(world)
        world.way = way_of(world, world.manifest)
        runner = web.AppRunner(application(world), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        if self._socket is not None:
            await web.SockSite(runner, self._socket).start()
        self._ready.set()
        clock_keeper = asyncio.create_task(self._keep_clock())
        await self._stopping.wait()
        clock_keeper.cancel()
        await world.stop()
        await runner.cleanup()

    async def _keep_clock(self) -> None:
        while True:
            await asyncio.sleep(KEEP_CLOCK_SECONDS)
            self._world.keep_clock()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    return listening
