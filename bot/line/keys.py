"""What opens a line to Slack. Secrets are not shown anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field

PATH = "/slack/events"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class SocketKeys:
    """Socket Mode: the bot connects with its app-level token."""

    app_token: str = field(repr=False)


@dataclass(frozen=True)
class HttpKeys:
    """HTTP mode: Slack signs with the secret what it sends to `PATH` on this host and port.

    Port 0 takes a free one.
    """

    signing_secret: str = field(repr=False)
    host: str
    port: int

    @property
    def url(self) -> str:
        """The address on this machine; the one that Slack knows is the proxy's in front of it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{PATH}"


Keys = SocketKeys | HttpKeys
