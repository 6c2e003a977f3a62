"""How Slack reaches the bot: over a socket that the bot opens, or by requests to an address of its own.

What is asked, and by whom, is the same either way; so is everything behind the line.
"""

from __future__ import annotations

from typing import Protocol

from slack_bolt import App

from bot.desk import Desk
from bot.line.keys import HttpKeys, Keys
from bot.line.socket_mode import SocketLine
from bot.watchdog import Rhythm


class Line(Protocol):
    """A line to Slack: opened, drained, closed, in this order and once each."""

    @property
    def address(self) -> str | None:
        """Where on this machine requests are sent to, once it is open; None for a socket."""

    @property
    def connected(self) -> bool:
        """Slack can reach the bot, as far as can be told from here."""

    @property
    def silent_for(self) -> float:
        """Seconds that the line has given no sign of life; a restart helps when they are many."""

    @property
    def reconnects(self) -> int:
        """How often a silent line was cut and made anew."""

    @property
    def answers(self) -> dict[int, int]:
        """How many requests were answered with each HTTP status; empty for a socket."""

    def open(self, patience: float) -> None:
        """Return once Slack can reach the bot. Raises CannotRun, saying why, when it can't be."""

    def drain(self) -> None:
        """Take nothing more, and return when what was in hand is answered."""

    def close(self) -> None:
        """Leave."""


def make_line(app: App, keys: Keys, desk: Desk, rhythm: Rhythm) -> Line:
    """The line that these keys are for, not open yet; a socket is felt in this rhythm."""
    if isinstance(keys, HttpKeys):
        from bot.line.http_mode import HttpLine  # noqa: PLC0415  # the server is only loaded for it

        return HttpLine(app, keys, desk.now)
    return SocketLine(app, keys.app_token, desk.client, rhythm)
