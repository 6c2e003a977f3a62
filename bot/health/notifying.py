"""Telling systemd that the bot is up, and that it is still well: its own protocol, a datagram.

Without `NOTIFY_SOCKET` nobody is told and nothing runs.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY_SECONDS = 15.0


@contextmanager
def notifying(is_well: Callable[[], bool], every: float = EVERY_SECONDS) -> Iterator[None]:
    """READY now, WATCHDOG as long as it is well, STOPPING at the end."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        yield
        return
    over = threading.Event()

    def keep_telling() -> None:
        while not over.wait(every):
            if is_well():
                _tell(address, "WATCHDOG=1")

    _tell(address, "READY=1")
    thread = threading.Thread(target=keep_telling, name="notifying", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        _tell(address, "STOPPING=1")
        thread.join()


def _tell(address: str, said: str) -> None:
    # An address that begins with @ is one of Linux's abstract ones.
    name = f"\0{address[1:]}" if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.sendto(said.encode(), name)
