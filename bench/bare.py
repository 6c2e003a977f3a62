"""Bare Bolt: answers every `/kpi` with a message of a given size, and nothing else."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient


def main(api_url: str, bot_token: str, app_token: str, message: Path) -> None:
    """Answer until told to stop."""
    app = App(client=WebClient(bot_token, base_url=api_url))
    answer: dict[str, Any] = json.loads(message.read_text("utf-8"))

    @app.command("/kpi")
    def echo(ack: Ack) -> None:
        ack(response_type="ephemeral", **answer)

    SocketModeHandler(app, app_token).connect()  # type: ignore[no-untyped-call]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
