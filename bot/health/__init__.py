"""Whether the bot is well: what machines ask on loopback, and what systemd is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from bot.app import Bot
from bot.health.looking import take_signs
from bot.health.notifying import notifying
from bot.health.signs import ailing


@contextmanager
def telling_machines(bot: Bot, port: int | None) -> Iterator[int | None]:
    """Answer monitors on a port of loopback, if there is one, and tell systemd, if it asks.

    Yields the port. Raises CannotRun when it is busy.
    """
    with ExitStack() as stack:
        open_port = None
        if port is not None:
            # Loaded by those alone who have monitors: it brings a library of its own.
            from bot.health.server import serving  # noqa: PLC0415

            open_port = stack.enter_context(serving(partial(take_signs, bot), port))
        stack.enter_context(notifying(lambda: not ailing(take_signs(bot))))
        yield open_port
