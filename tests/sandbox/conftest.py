"""A sandbox for each test, and one with a connected bot for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.bot import Bot, build, connected
from tests.sandbox.hands import Hands, soon


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox of its own on a free port, with nothing connected."""
    running = Sandbox(tmp_path / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def hands(sandbox: Sandbox) -> Hands:
    """The control API of `sandbox`."""
    return Hands(sandbox.url)


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    """The bot's Web API client on `sandbox`, without retries."""
    return WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@dataclass(frozen=True)
class Desk:
    """A sandbox with the small bot connected to it."""

    sandbox: Sandbox
    bot: Bot
    hands: Hands


@pytest.fixture(scope="session")
def running_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A sandbox and a connected bot, shared by all tests."""
    sandbox = Sandbox(tmp_path_factory.mktemp("desk"))
    sandbox.start()
    bot = build(sandbox)
    with connected(bot, sandbox):
        yield Desk(sandbox, bot, Hands(sandbox.url))
    sandbox.stop()


@pytest.fixture
def desk(running_desk: Desk) -> Desk:
    """The shared sandbox and bot, as good as new: nobody waits for an answer to something before."""
    assert soon(lambda: running_desk.hands.look("state")["in_flight"] == 0)
    running_desk.hands.do("reset")
    running_desk.bot.heard.clear()
    return running_desk
