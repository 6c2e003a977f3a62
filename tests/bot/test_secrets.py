"""No secret in what the bot says or logs, whatever goes wrong; at the level that logs most."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.logs import mask
from store.db import connect
from tests.bot.people import Person
from tests.bot.terminal import begin, ended, kpibot
from tests.bot.test_live import SECRETS_IN_FULL, Workspace, line_of, workspace

__all__ = ["workspace"]

# What Slack does to each call after which something could be logged.
FAULTS: Mapping[str, Mapping[str, Any]] = {
    "server_error": {"effect": "after"},
    "drop": {},
    "bad_body": {},
    "error": {"error": "invalid_auth"},
    "rate_limit": {"retry_after": "soon"},
}
# What envelopes carry that opens something to whoever reads it, and what people wrote.
PARTS = ("response_url", "trigger_id", "ticket=", "/commands/T", "/actions/T", "秘密の出典")


def test_nothing_secret_is_logged_when_everything_fails(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Calls that fail in every way, a database that is locked, a line that is cut."""
    assert kpibot("plan", "load", "kitamoto-2", data=tmp_path / "data").code == 0
    settings = {**workspace.settings(), "KPIBOT_DATA": "data", "KPIBOT_LOG_LEVEL": "DEBUG"}
    bot = begin("run", cwd=tmp_path, env=settings)
    assert line_of(bot).startswith("ready:")
    hands, staff = workspace.hands, Person(workspace.hands, "U0STAFF")
    for kind, more in FAULTS.items():
        for method in ("response_url", "chat.postMessage", "views.open", "views.publish"):
            hands.arm(kind, method=method, times=1, **more)
        staff.submits("1-1b R6 12人 秘密の出典", wait=1)
        hands.do("open-home", user="U0STAFF", wait=0.2)
        hands.do("message", user="U0STAFF", channel=staff.home, text="秘密の出典 1-1", wait=0.5)
    other = connect(tmp_path / "data" / "kpibot.db")
    other.execute("BEGIN IMMEDIATE")
    assert "照会番号" in staff.submits("1-1b R6 12人 秘密の出典").text
    other.rollback()
    other.conn.close()
    hands.do("fault", kind="clear")
    hands.arm("disconnect", abrupt=True)
    assert "施策 1-1" in staff.asks("1-1").text
    bot.send_signal(signal.SIGTERM)
    printed = ended(bot, 20)
    said = printed.out + printed.err
    assert '"level": "error"' in said
    assert "Traceback" in said
    assert [part for part in (*SECRETS_IN_FULL, *PARTS) if part in said] == []


@pytest.mark.parametrize(
    "text",
    [
        "https://hooks.slack.com/commands/T1/2/SECRET",
        "wss://wss-primary.slack.com/link/?ticket=SECRET-1&app_id=2",
        "Authorization: Bearer xoxb-1-SECRET",
        "xapp-1-A-SECRET",
        "xwfp-SECRET",
    ],
)
def test_what_looks_like_a_secret_is_masked_in_every_line(text: str) -> None:
    assert "SECRET" not in str(mask(None, "info", {"event": "x", "error": f"failed: {text}"}))
