"""The process that draws for `reports.charting.workshop`: pictures come in, PNGs go out.

It ends when its line is closed, so also when the bot is no more, and by no signal that the whole
group gets (Ctrl-C, a service manager's stop): the bot first finishes what it has in hand.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from traceback import format_exc
from typing import BinaryIO

from reports.charting.picture import Picture
from reports.charts import draw

NICE = 15
"""Whoever waits for an answer goes before whoever waits for a chart."""


def main() -> None:
    """Draw what is asked for until nobody asks any more."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)
    # What a library prints must not come between the answers.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as told:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        try:
            work(sys.stdin.buffer, told)
        except BrokenPipeError:
            os._exit(0)


def work(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer each picture with its PNG, or with what went wrong, until `asked` ends."""
    while True:
        try:
            picture: Picture = pickle.load(asked)  # noqa: S301  # the bot wrote it
        except EOFError:
            return
        pickle.dump(_drawn(picture), told)
        told.flush()


def _drawn(picture: Picture) -> bytes | str:
    try:
        return draw(picture).png
    except Exception:
        return format_exc()


if __name__ == "__main__":
    main()
