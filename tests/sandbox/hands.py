"""A person's hands and eyes: the control API, called over HTTP."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
BUSY_SECONDS = 15
WAITING = ("command", "message", "upload", "open-home", "interact", "submit-view", "close-view")


@dataclass(frozen=True)
class Reply:
    """An HTTP answer: status, headers (lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        """The body as JSON."""
        found: Json = json.loads(self.body)
        return found


def fetch(
    url: str, body: bytes | None = None, headers: dict[str, str] | None = None, method: str = ""
) -> Reply:
    """Send one HTTP request and return whatever comes back."""
    verb = method or ("GET" if body is None else "POST")
    request = urllib.request.Request(url, body, headers or {}, method=verb)
    try:
        with urllib.request.urlopen(request, timeout=90) as answer:
            return Reply(answer.status, _lower(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, _lower(error.headers), error.read())


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@dataclass(frozen=True)
class Hands:
    """Does things in a sandbox as its people do.

    With `rests`, which lets the bot finish all that it has in hand, an act begins when nothing of
    an earlier one is on its way, and its answer holds everything that came of it.
    """

    url: str
    rests: Callable[[], object] | None = None

    def post(self, what: str, **fields: Any) -> Reply:
        """Call the control API, whatever comes of it."""
        body = json.dumps(fields).encode()
        return fetch(f"{self.url}/_control/{what}", body, {"Content-Type": "application/json"})

    def do(self, what: str, **fields: Any) -> Json:
        """Call the control API and return its answer, which has to be a 200.

        It waits long for what has to appear, since the machine may be busy. With `wait=0` it
        returns at the ack.
        """
        if what not in WAITING:
            return self._call(what, **fields)
        if self.rests is None:
            return self._call(what, **{"wait": BUSY_SECONDS} | fields)
        self.rests()
        answer = self._call(what, **fields | {"wait": 0})
        if fields.get("wait") == 0:
            return answer
        self.rests()
        return answer | self.look(f"appeared/{fields['user']}?since={answer['since']}")

    def _call(self, what: str, **fields: Any) -> Json:
        reply = self.post(what, **fields)
        assert reply.status == 200, reply.body.decode()
        return reply.json

    def look(self, path: str) -> Json:
        """Read something from the control API."""
        reply = fetch(f"{self.url}/_control/{path}")
        assert reply.status == 200, reply.body.decode()
        return reply.json

    def command(self, user: str, channel: str, text: str, **more: Any) -> Json:
        """Type a slash command such as `/echo hello`."""
        name, _, rest = text.partition(" ")
        return self.do("command", user=user, channel=channel, command=name, text=rest, **more)

    def say(self, user: str, channel: str, text: str, **more: Any) -> Json:
        """Write a message."""
        return self.do("message", user=user, channel=channel, text=text, **more)

    def arm(self, kind: str, **more: Any) -> Json:
        """Arm a fault."""
        return self.do("fault", kind=kind, **more)

    def messages(self, channel: str, user: str) -> list[Json]:
        """Return what a user sees in a channel."""
        found: list[Json] = self.look(f"messages/{channel}?as={user}")["messages"]
        return found

    def log(self, kind: str) -> list[Json]:
        """Return the log's lines of one kind."""
        return [line for line in self.look("log")["log"] if line["kind"] == kind]


def soon(holds: Callable[[], Any], seconds: float = 60.0) -> bool:
    """Tell whether something comes to hold within so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def reach(sandbox_url: str, count: int) -> bool:
    """Tell whether the sandbox comes to have so many connections."""
    return soon(lambda: Hands(sandbox_url).look("state")["connections"] == count)
