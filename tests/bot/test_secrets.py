"""No secret in what the bot says or logs, whatever goes wrong; at the level that logs most."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.logs import mask
from store.db import connect
from tests.bot.people import Person, labels_of
from tests.bot.terminal import begin, ended, kpibot
from tests.bot.test_live import SECRETS_IN_FULL, Workspace, line_of, workspace
from tests.sandbox.hands import soon

__all__ = ["workspace"]

# What Slack does to each call after which something could be logged.
FAULTS: Mapping[str, Mapping[str, Any]] = {
    "server_error": {"effect": "after"},
    "drop": {},
    "bad_body": {},
    "error": {"error": "invalid_auth"},
    "rate_limit": {"retry_after": "soon"},
}
PEOPLE = files("store.samples") / "people.toml"
# What envelopes carry that opens something to whoever reads it, and what people wrote.
PARTS = ("response_url", "trigger_id", "ticket=", "/commands/T", "/actions/T", "秘密の出典")


def test_nothing_secret_is_logged_when_everything_fails(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Calls that fail in every way, a database that is locked, a line that is cut."""
    for what, name in (("plan", "kitamoto-2"), ("people", str(PEOPLE))):
        assert kpibot(what, "load", name, data=tmp_path / "data").code == 0
    settings = {**workspace.settings(), "KPIBOT_DATA": "data", "KPIBOT_LOG_LEVEL": "DEBUG"}
    bot = begin("run", cwd=tmp_path, env=settings)
    assert line_of(bot).startswith("ready:")
    hands, lead = workspace.hands, Person(workspace.hands, "U0CHILD")
    calls = _calls(lead)
    for (kind, more), (method, act) in product(FAULTS.items(), calls.items()):
        hands.arm(kind, method=method, times=1, **more)
        act()
        assert soon(lambda: hands.look("faults")["armed"] == []), (kind, method)
    lead.submits("1-1b R6 12人 秘密の出典")
    other = connect(tmp_path / "data" / "kpibot.db")
    other.execute("BEGIN IMMEDIATE")
    assert "照会番号" in lead.submits("1-1b R6 12人 秘密の出典").text
    other.rollback()
    other.conn.close()
    hands.do("fault", kind="clear")
    hands.arm("disconnect", abrupt=True)
    assert "施策 1-1" in lead.asks("1-1").text
    bot.send_signal(signal.SIGTERM)
    printed = ended(bot, 20)
    said = printed.out + printed.err
    assert '"level": "error"' in said
    assert "Traceback" in said
    assert [part for part in (*SECRETS_IN_FULL, *PARTS) if part in said] == []


def _calls(lead: Person) -> Mapping[str, Callable[[], object]]:
    """What somebody does so that the bot makes each of these calls."""
    answer = lead.asks("1-1").message
    label, written = labels_of(answer)[0], "秘密の出典 1-1"
    return {
        "response_url": lambda: lead.clicks(label, answer, wait=0),
        "chat.postMessage": lambda: lead.hands.say(lead.id, lead.home, written, wait=0),
        "views.open": lambda: lead.submits("1-1b R6", wait=0),
        "views.publish": lambda: lead.hands.do("open-home", user=lead.id, wait=0),
    }


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
