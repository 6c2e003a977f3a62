"""Asking for the address of a new line: as often as does good, and never asleep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.endpoint import Endpoint, TooSoon
from sandbox.server import Sandbox
from tests.sandbox.hands import Hands

TEN_MINUTES = 600


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A workspace that nobody is connected to."""
    sandbox = Sandbox(tmp_path_factory.mktemp("endpoint"))
    sandbox.start()
    yield sandbox
    sandbox.stop()


def asking(sandbox: Sandbox) -> tuple[Endpoint, list[float]]:
    """Who asks, by a clock that the test sets."""
    at = [0.0]
    clock: Callable[[], float] = lambda: at[0]  # noqa: E731
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    return Endpoint(client, sandbox.app_token, clock=clock), at


def test_ten_minutes_without_slack_are_a_few_dozen_calls(sandbox: Sandbox) -> None:
    """However often a line is wanted; once Slack is back there is one within seconds."""
    hands = Hands(sandbox.url)
    hands.arm("server_error", method="apps.connections.open", times=10_000)
    endpoint, at = asking(sandbox)
    before, refused = len(hands.log("fault")), 0
    for second in range(TEN_MINUTES):
        at[0] = float(second)
        try:
            endpoint()
        except TooSoon:
            refused += 1
        except SlackApiError:
            pass
    assert 30 <= len(hands.log("fault")) - before <= 60
    assert refused > 500
    hands.arm("clear")
    at[0] += 15
    assert endpoint().startswith("ws://127.0.0.1:")
    assert endpoint().startswith("ws://127.0.0.1:")


@pytest.mark.parametrize(("said", "seconds"), [(120, 120), (1, 1), ("soon", 1), ("", 1)])
def test_what_slack_asks_for_is_kept_to_without_sleeping(
    sandbox: Sandbox, said: int | str, seconds: float
) -> None:
    """A header that is missing or makes no sense is a failure like any other."""
    Hands(sandbox.url).arm("rate_limit", method="apps.connections.open", retry_after=said, times=2)
    endpoint, at = asking(sandbox)
    with pytest.raises(SlackApiError):
        endpoint()
    at[0] = float(said) if isinstance(said, int) else 0.0
    with pytest.raises(SlackApiError):
        endpoint()
    at[0] += seconds - 0.1
    with pytest.raises(TooSoon, match=r"0\.1 s"):
        endpoint()
    at[0] += 0.2
    assert endpoint()
