"""One sandbox's world: everything that requests, envelopes and the page work on."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.ack import EVENTS, Ack, Way
from sandbox.agent import Agent
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.manifest import Manifest
from sandbox.messages import Messages
from sandbox.passes import Passes
from sandbox.people import People
from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.views import Views
from sandbox.wire import Json
from sandbox.workspace import Bot, Workspace

if TYPE_CHECKING:
    from sandbox.connections import Connections

logger = logging.getLogger("sandbox")

MOST_RETRIES = 3


@dataclass
class World:
    """What there is in one sandbox. Touched by the event loop's thread only, but for the clock."""

    workspace: Workspace
    manifest: Manifest
    clock: Clock
    store: Store
    base_url: str = ""
    on_clock: Callable[[datetime], None] | None = None
    on_reset: Callable[[bool], None] | None = None
    start: datetime | None = None
    log: deque[Json] = field(default_factory=lambda: deque(maxlen=10_000))
    typed: dict[str, Json] = field(default_factory=dict)
    suggested: dict[str, list[Json]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what the store keeps."""
        self.pulse = Pulse()
        self.people = People(self.workspace, self.store, self.pulse)
        self.messages = Messages(self.store, self.pulse, self.clock)
        self.views = Views(self.store, self.pulse, self.clock)
        self.files = Files(self.store, self.pulse)
        self.agent = Agent(self.manifest.prompts, self.messages, self.pulse)
        self.passes = Passes(self.store, self.clock)
        self.faults = Faults()
        self.connections: Connections
        self.way: Way
        self.noted = 0
        self._running: set[asyncio.Task[Any]] = set()
        self.typed = dict(self.store.read("typed"))
        self.resume_clock()

    @property
    def bot(self) -> Bot:
        """The installed app."""
        return self.workspace.bot

    def resume_clock(self) -> None:
        """Let a clock that was set go on from where it was, and never before the newest message."""
        newest = self.messages.newest_micros / 1_000_000
        kept = dict(self.store.read("clock")).get("now")
        if kept:
            last = max(datetime.fromisoformat(kept["now"]).timestamp(), newest)
            self.clock.set(datetime.fromtimestamp(last, self.clock.now().tzinfo))
        elif self.clock.now().timestamp() < newest:
            self.clock.set(datetime.fromtimestamp(newest, self.clock.now().tzinfo))

    def keep_clock(self) -> None:
        """Keep the present moment, if the clock doesn't simply follow the real time."""
        if self.clock.was_set:
            self.store.put("clock", "now", {"now": self.clock.now().isoformat()})

    def reset(self) -> None:
        """Make everything as configured again. Connections stay open."""
        self.store.clear()
        self.typed.clear()
        self.suggested.clear()
        self.faults.clear()
        self.agent.clear()
        self.log.clear()
        for part in (self.people, self.messages, self.views, self.files, self.passes):
            part.load()
        if self.start is None:
            self.clock.follow_real_time()
        else:
            self.clock.set(self.start)
        self.pulse.beat()

    def note(self, kind: str, **what: Any) -> None:
        """Add a line to the log of API calls and envelopes. No tokens, URLs or bodies in it."""
        self.noted += 1
        self.log.append(
            {"number": self.noted, "at": self.clock.now().isoformat(), "kind": kind, **what}
        )

    def complain(self, kind: str, **what: Any) -> None:
        """Add a line to the log and say it on stderr too: the bot did something wrong."""
        self.note(kind, **what)
        logger.error("%s %s", kind, what)

    async def deliver(self, kind: str, payload: Json, *, takes_payload: bool) -> Ack:
        """Send the bot a payload, by the way that its manifest asks for.

        Nothing is sent again, unless a fault asks for it.
        """
        ack = await self.way.deliver(kind, payload, takes_payload=takes_payload)
        if kind == EVENTS and not ack.acked and (fault := self.faults.take(("retry_events",))):
            self.spawn(self._retry(payload, fault.seconds))
        return ack

    async def _retry(self, payload: Json, seconds: float) -> None:
        """Bring an event again until it is acked, as often as Slack does."""
        for attempt in range(1, MOST_RETRIES + 1):
            if (
                await self.way.deliver(EVENTS, payload, takes_payload=False, attempt=attempt)
            ).acked:
                return
            await asyncio.sleep(seconds)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let something run beside the request that caused it."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def remember_typed(self, key: str, values: Json) -> None:
        """Keep what a user has filled in so far in a message."""
        self.store.put("typed", key, values)
        self.typed[key] = values

    async def stop(self) -> None:
        """Close the connections and drop what still runs beside requests."""
        await self.connections.close()
        await self.way.close()
        for task in list(self._running):
            task.cancel()
        self.pulse.beat()

    def is_file(self, named: Json) -> bool:
        """Tell whether a slack_file object names a file that exists."""
        if "id" in named:
            return self.files.find(named["id"]) is not None
        return any(f"-{f.id}/" in str(named.get("url")) for f in self.files.complete_ones())
