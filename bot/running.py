"""The bot put together over one data folder, live or in the sandbox: the same parts either way."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.app import Bot
from bot.desk import FAILURES, Desk
from bot.line.keys import Keys
from bot.shell.context import DATABASE
from bot.watchdog import RHYTHM, Rhythm
from reports.cache import Charts
from reports.charting.workshop import Workshop
from schedules.delivery import WAIT_SECONDS
from schedules.scheduler import Speaker
from schedules.slack import SlackWeb, posting_client, trusted
from store.db import Connections, Kind, stamp
from store.errors import CannotRun

LOOK_UP_SECONDS = 0.5
# What is committed survives any end; a service manager would kill some seconds later.
STOP_SECONDS = 13.0

log = structlog.get_logger()

# Work after the ack: forms to open, previews to replace.
AFTERWARDS = 16
PATIENCE = (1, 2, 5, 10, 30, 60)


@dataclass(frozen=True)
class Slack:
    """Where Slack is, the bot's token there, and the keys to the line. Tokens are not shown."""

    bot_token: str = field(repr=False)
    keys: Keys
    api_url: str


@contextmanager
def running(
    folder: Path,
    kind: Kind,
    slack: Slack,
    now: Callable[[], datetime],
    wait: float = WAIT_SECONDS,
    rhythm: Rhythm = RHYTHM,
) -> Iterator[Bot]:
    """A bot that talks and posts for this data folder until the block is left.

    `wait` is how many seconds a post of unknown outcome rests before it is looked for: longer than
    Slack is late; `rhythm` is how the line to it is felt. The caller holds the folder
    (`store.holding.only_one`). Raises CannotRun when the database is of the other kind or Slack refuses
    the tokens.
    """
    connections = Connections(folder / DATABASE)
    stamp(connections(), kind)
    client = WebClient(slack.bot_token, base_url=slack.api_url, ssl=trusted(slack.api_url))
    team = _team(client)
    poster = SlackWeb(posting_client(slack.bot_token, slack.api_url))
    speaker = Speaker(connections, poster, now, wait)
    afterwards = ThreadPoolExecutor(AFTERWARDS, "afterwards")
    workshop = Workshop(folder / "charts" / "matplotlib")
    charts = Charts(folder / "charts", workshop.draw)
    desk = Desk(connections, client, team, now, speaker.wake, afterwards, charts)
    bot = Bot(desk, speaker, slack.keys, rhythm)
    try:
        bot.start()
        yield bot
    finally:
        bot.stop()
        workshop.close()


def _team(client: WebClient) -> str:
    """The workspace's id. Waits for Slack to be reachable; gives up only when it says no."""
    for attempt in range(1_000_000):
        try:
            return str(client.auth_test()["team_id"])
        except SlackApiError as error:
            said = error.response.get("error", "")
            if said in {"invalid_auth", "not_authed", "account_inactive", "token_revoked"}:
                raise CannotRun(
                    f"Slack が SLACK_BOT_TOKEN を受け付けません（{said}）。"
                    "アプリの管理画面でトークンを確かめてください。"
                ) from error
            log.warning("slack.unreachable", error=said)
        except FAILURES as error:
            log.warning("slack.unreachable", error=type(error).__name__)
        threading.Event().wait(PATIENCE[min(attempt, len(PATIENCE) - 1)])
    raise CannotRun("Slack に接続できません。")


def hear_of_stopping() -> threading.Event:
    """From now on SIGTERM and SIGINT set what is returned, before anybody is told that we run."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    return told


def until_told_to_stop(told: threading.Event) -> None:
    """Wait for it; looking up now and then, since a signal that another thread got wakes nobody."""
    while not told.wait(LOOK_UP_SECONDS):
        pass


def leave_in_time() -> None:
    """End this process in a while, also where Slack keeps a last call waiting for its answer."""
    timer = threading.Timer(STOP_SECONDS, _leave)
    timer.daemon = True
    timer.start()


def _leave() -> None:
    log.error("stop.overdue", seconds=STOP_SECONDS)
    os._exit(1)
