"""The server of HTTP mode on a real port: its limits, and that it leaves nothing unanswered."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.line.http_mode import HttpLine
from bot.line.keys import HttpKeys
from bot.line.server import MOST_HEADER_BYTES, Server
from store.errors import CannotRun
from tests.bot.requesting import SECRET
from tests.sandbox.hands import soon

MOST = 1000
HEAD = "POST /slack/events HTTP/1.1\r\nHost: x\r\n"


class Served:
    """A server whose one worker answers when it may."""

    def __init__(self, slow: float = 10.0) -> None:
        self.may_answer = threading.Event()
        self.lengths: list[int] = []
        listening = socket.create_server(("127.0.0.1", 0))
        self.server = Server(self._answer, listening, MOST, 1, slow)

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.lengths.append(len(environ["wsgi.input"].read()))
        self.may_answer.wait(20)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    def connect(self, text: str = "") -> socket.socket:
        """Connect and send this much."""
        line = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
        line.sendall(text.encode())
        return line

    def asked(self, text: str) -> str:
        """Send a request; the status that comes back, empty for a line that is cut."""
        with self.connect(text) as line:
            return status_of(line)


def status_of(line: socket.socket) -> str:
    """The status line's number and all that follows until the end of the answer or the line."""
    with line.makefile("rb") as answer:
        return answer.readline().decode().partition(" ")[2].strip()


@pytest.fixture
def served() -> Iterator[Served]:
    """A server that answers at once."""
    made = Served()
    made.may_answer.set()
    yield made
    made.server.drain()


def test_sizes_are_limited_before_anything_is_read(served: Served) -> None:
    """By the announced length, by what comes in chunks, and by the head; the limit itself passes."""
    assert served.asked(f"{HEAD}Content-Length: {MOST}\r\n\r\n{'x' * MOST}") == "200 OK"
    assert served.asked(f"{HEAD}Content-Length: {MOST + 1}\r\n\r\n").startswith("413")
    chunk = f"{MOST:x}\r\n{'x' * MOST}\r\n"
    chunks = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n{chunk * 2}0\r\n\r\n"
    assert served.asked(chunks).startswith("413")
    assert served.asked(f"{HEAD}X: {'x' * MOST_HEADER_BYTES}\r\n\r\n").startswith("431")
    assert served.asked("nonsense\r\n\r\n").startswith("400")
    assert served.lengths == [MOST]


def test_whoever_sends_slowly_holds_up_nobody_and_is_cut() -> None:
    """With one worker only, and the half of a request."""
    served = Served(slow=0.3)
    served.may_answer.set()
    with served.connect(HEAD) as slow, served.connect() as idle:
        assert served.asked(f"{HEAD}Content-Length: 0\r\n\r\n") == "200 OK"
        assert status_of(slow) == ""
        idle.sendall(f"{HEAD}Content-Length: 0\r\n\r\n".encode())
        assert status_of(idle) == "200 OK"
    served.server.drain()


def test_what_has_arrived_is_answered_before_it_leaves() -> None:
    """In hand, waiting for a worker, or connected just now; then the port is closed."""
    served = Served()
    request = f"{HEAD}Content-Length: 2\r\n\r\nhi"
    lines = [served.connect(request) for _ in range(20)]
    assert soon(lambda: served.lengths)
    with ThreadPoolExecutor() as others:
        draining = others.submit(served.server.drain)
        assert soon(lambda: not served.server.takes_requests)
        served.may_answer.set()
        assert [status_of(line) for line in lines] == ["200 OK"] * 20
        draining.result(20)
    for line in lines:
        line.close()
    with pytest.raises(ConnectionRefusedError):
        served.connect()


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    """With the settings that name it; a line that was never opened is closed in peace."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        keys = HttpKeys(SECRET, "127.0.0.1", taken.getsockname()[1])
        line = HttpLine(None, keys, None)  # type: ignore[arg-type]
        with pytest.raises(CannotRun, match="KPIBOT_HTTP_HOST と KPIBOT_HTTP_PORT の"):
            line.open(1)
        assert not line.connected
        line.drain()
    assert SECRET not in repr(keys)
