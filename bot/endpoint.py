"""Asking Slack for the address of a new line, and no oftener than does any good.

slack_sdk asks whenever it finds no line, from whichever thread finds it, and sleeps out a
Retry-After there: a stop would have to wait for it, and a header that is no number is an error.
Here whoever asks too soon is told so at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from schedules.slack import TooMany, meaning, retry_after, single

TIMEOUT_SECONDS = 5
# Between failures in a row; a new line is there soon enough after a long time without Slack.
RESTS = (0.0, 1.0, 2.0, 5.0, 10.0, 15.0)


class TooSoon(SlackClientError):
    """Slack is not asked now. `seconds` from now it is."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Slack is asked again in {seconds:.1f} s")
        self.seconds = seconds


class Endpoint:
    """Gives addresses of new lines: call it. One question at a time.

    `pace` makes every rest of its own so many times longer; what Slack asks for is kept to.
    """

    def __init__(
        self,
        client: WebClient,
        app_token: str,
        pace: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = single(client, TIMEOUT_SECONDS)
        self._app_token = app_token
        self._pace = pace
        self._clock = clock
        self._one_at_a_time = threading.Lock()
        self._failures = 0
        self._not_before = clock()

    def __call__(self) -> str:
        """An address. Raises TooSoon, or what the call raised (see `bot.desk.FAILURES`)."""
        with self._one_at_a_time:
            rest = self._not_before - self._clock()
            if rest > 0:
                raise TooSoon(rest)
            try:
                address = self._client.apps_connections_open(app_token=self._app_token)["url"]
            except Exception as error:
                self._fail(error)
                raise
            self._failures = 0
            return str(address)

    def _fail(self, error: Exception) -> None:
        rest = RESTS[min(self._failures, len(RESTS) - 1)] * self._pace
        if isinstance(error, SlackApiError) and isinstance(meaning(error), TooMany):
            rest = max(rest, retry_after(error.response.headers) or 0.0)
        self._failures += 1
        self._not_before = self._clock() + rest
