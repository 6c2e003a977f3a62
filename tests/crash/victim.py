"""What runs in the process that gets killed: the real bot, composed as `kpibot run` does it."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.line.keys import SocketKeys
from bot.line.socket_mode import SocketLine
from bot.logs import log_to_stderr
from bot.running import Slack, running
from sandbox.workspace import BUILT_IN, read_workspace
from store.fiscal import TOKYO
from store.holding import only_one
from tests.crash.broken import work_in
from tests.crash.steps import STEPS, die_at


@dataclass(frozen=True)
class Life:
    """What a bot needs to live. `ahead` is shared: how far its clock is ahead of the monotonic one.

    `wait` is how long a post of unknown outcome rests; `broken` names a broken way of working,
    `fate` the step at which the bot dies, if that is settled before it begins.
    """

    data: Path
    api_url: str
    ahead: Any
    wait: float
    broken: str | None = None
    fate: str | None = None

    def now(self) -> datetime:
        """The bot's time, which is the sandbox's."""
        return datetime.fromtimestamp(time.monotonic() + self.ahead.value, TOKYO)


def slack_at(api_url: str) -> Slack:
    """The way to a sandbox for the bot of its workspace."""
    keys = read_workspace(BUILT_IN).bot
    return Slack(keys.token, SocketKeys(keys.app_token), api_url)


def live(life: Life, orders: Connection) -> None:
    """Be the bot for this data folder, and obey `orders`, until killed or left alone.

    It says "ready", hands over each envelope as it comes in, and answers an order: "armed" once it
    is to die, "ticked" once all that was due is posted.
    """
    log_to_stderr("CRITICAL" if life.broken else "ERROR")
    if life.broken is not None:
        work_in(life.broken)
    if life.fate is not None:
        die_at(STEPS[life.fate])
    slack = slack_at(life.api_url)
    with only_one(life.data), running(life.data, "live", slack, life.now, life.wait) as bot:
        assert isinstance(bot.line, SocketLine)
        client = bot.line.client
        one_at_a_time = threading.Lock()

        def say(what: str, raw: str | None = None) -> None:
            with one_at_a_time:
                orders.send((what, raw))

        client.message_listeners.append(lambda _client, _message, raw: say("heard", raw))
        say("ready")
        with contextlib.suppress(EOFError):
            while True:
                what, given = orders.recv()
                if what == "die":
                    die_at(STEPS[given])
                    say("armed")
                elif what == "hear":
                    client.enqueue_message(given)
                else:
                    bot.speaker.run_until_drained()
                    say("ticked")
