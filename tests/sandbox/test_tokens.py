"""Tokens, scopes, unknown methods, and the ways arguments may come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.hands import Hands, Json, fetch
from tests.sandbox.test_chat import error_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def call(sandbox: Sandbox, method: str, body: bytes = b"", **headers: str) -> Json:
    """Call a method by hand."""
    return fetch(f"{sandbox.api_url}{method}", body, {**FORM, **headers}).json


def test_without_a_token_nothing_is_done(sandbox: Sandbox) -> None:
    assert call(sandbox, "auth.test")["error"] == "not_authed"
    assert call(sandbox, "auth.test", b"token=xoxb-other")["error"] == "invalid_auth"
    assert call(sandbox, "auth.test", Authorization="Bearer x")["error"] == "invalid_auth"


def test_the_token_may_come_in_the_header_or_the_body(sandbox: Sandbox) -> None:
    token = sandbox.bot_token
    assert call(sandbox, "auth.test", Authorization=f"Bearer {token}")["ok"]
    assert call(sandbox, "auth.test", urlencode({"token": token}).encode())["ok"]


def test_each_token_has_its_own_methods(sandbox: Sandbox) -> None:
    bot, app = sandbox.bot_token, sandbox.app_token
    wrong = call(sandbox, "apps.connections.open", Authorization=f"Bearer {bot}")
    assert wrong["error"] == "not_allowed_token_type"
    wrong = call(sandbox, "auth.test", Authorization=f"Bearer {app}")
    assert wrong["error"] == "not_allowed_token_type"
    url = call(sandbox, "apps.connections.open", Authorization=f"Bearer {app}")["url"]
    assert url.startswith("ws://127.0.0.1:")


def test_arguments_may_be_form_or_json(sandbox: Sandbox) -> None:
    arguments = {"channel": "C0STAFF", "text": "x"}
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    assert call(sandbox, "chat.postMessage", urlencode(arguments).encode(), **token)["ok"]
    as_json = {**token, "Content-Type": "application/json; charset=utf-8"}
    answer = fetch(f"{sandbox.api_url}chat.postMessage", json.dumps(arguments).encode(), as_json)
    assert answer.json["ok"]


def test_an_unknown_method_is_refused_and_loudly_logged(
    sandbox: Sandbox, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    answer = call(sandbox, "chat.shout", Authorization=f"Bearer {sandbox.bot_token}")
    assert (answer["ok"], answer["error"]) == (False, "unknown_method")
    assert hands.log("unknown_method")[0]["method"] == "chat.shout"
    assert "chat.shout" in caplog.text


MANIFEST = {
    "display_information": {"name": "kpibot"},
    "features": {
        "bot_user": {"display_name": "kpibot"},
        "app_home": {"home_tab_enabled": False, "messages_tab_enabled": False},
        "slash_commands": [
            {"command": "/kpi", "description": "指標", "usage_hint": "1-1", "should_escape": True}
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.channels"]}},
}


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox whose app may do little."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST), "utf-8")
    running = Sandbox(tmp_path / "narrow", manifest=path)
    running.start()
    yield running
    running.stop()


def test_what_the_manifest_does_not_grant_is_a_missing_scope(narrow: Sandbox) -> None:
    client = WebClient(narrow.bot_token, base_url=narrow.api_url)
    assert client.chat_postMessage(channel="C0STAFF", text="x")["ok"]
    assert client.conversations_info(channel="C0STAFF")["ok"]
    for refused in (
        lambda: client.users_info(user="U0STAFF"),
        lambda: client.conversations_history(channel="C0STAFF"),
        lambda: client.conversations_info(channel="D0STAFF"),
        lambda: client.files_info(file="F0"),
    ):
        assert error_of(refused) == "missing_scope"
    token = {"Authorization": f"Bearer {narrow.bot_token}"}
    answer = call(narrow, "conversations.open", b"users=U0STAFF", **token)
    assert (answer["needed"], answer["provided"]) == ("im:write", "channels:read,chat:write")


def test_what_the_manifest_leaves_out_cannot_be_used(narrow: Sandbox) -> None:
    hands = Hands(narrow.url)
    client = WebClient(narrow.bot_token, base_url=narrow.api_url)
    view = {"type": "home", "blocks": []}
    assert error_of(client.views_publish, user_id="U0STAFF", view=view) == "not_enabled"
    unknown = hands.post("command", user="U0STAFF", channel="C0STAFF", command="/other", text="")
    assert (unknown.status, unknown.json["error"]) == (400, "/other is not a command of this app")
    assert hands.post("open-home", user="U0STAFF").status == 400
    assert hands.post("message", user="U0STAFF", channel="D0STAFF", text="x").status == 400
    state = hands.look("state")
    assert state["commands"] == [{"command": "/kpi", "description": "指標", "usage_hint": "1-1"}]
