"""Bare Bolt: answers every `/kpi` with a message of a given size, and nothing else.

As Bolt's documents start it, or with its setting `process_before_response`, which kpibot uses. With
`--stack FILE` it also imports what kpibot builds on, and opens a database: the bare stack. There
sqlite-utils loads numpy, which this environment has for charts, unless told `--without-numpy`.
"""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient


def main() -> None:
    """Answer until told to stop."""
    asked = ArgumentParser(prog="python -m bench.bare")
    for name in ("api_url", "bot_token", "app_token", "message"):
        asked.add_argument(name)
    asked.add_argument("--process-before-response", action="store_true")
    asked.add_argument("--stack", type=Path)
    asked.add_argument("--without-numpy", action="store_true")
    given = asked.parse_args()
    if given.without_numpy:
        sys.modules["numpy"] = None  # type: ignore[assignment]
    held = stack(given.stack) if given.stack else None
    app = App(
        client=WebClient(given.bot_token, base_url=given.api_url),
        process_before_response=given.process_before_response,
    )
    answer: dict[str, Any] = json.loads(Path(given.message).read_text("utf-8"))

    @app.command("/kpi")
    def echo(ack: Ack) -> None:
        ack(response_type="ephemeral", **answer)

    SocketModeHandler(app, given.app_token).connect()  # type: ignore[no-untyped-call]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.pause()
    del held


def stack(database: Path) -> object:
    """Import the rest of the stack and open a database; what keeps it open."""
    import apscheduler.schedulers.background  # noqa: PLC0415
    import sqlite_utils  # noqa: PLC0415
    from pydantic import BaseModel  # noqa: PLC0415

    db = sqlite_utils.Database(str(database))
    db.table_names()
    return apscheduler, BaseModel, db


if __name__ == "__main__":
    main()
