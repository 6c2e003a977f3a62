"""Slash commands: what the bot is sent, and where its answer goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.sandbox.bot import build, connected
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Hands, fetch


def test_the_payload_of_a_command_is_slacks(desk: Desk) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/echo  １－１ ")
    sent = desk.bot.last("/echo")
    assert {key: sent[key] for key in ("command", "text", "user_id", "user_name", "team_id")} == {
        "command": "/echo",
        "text": "１－１",
        "user_id": "U0STAFF",
        "user_name": "staff",
        "team_id": "T0KITAMOTO",
    }
    assert (sent["channel_id"], sent["channel_name"]) == ("C0STAFF", "職員")
    assert sent["api_app_id"] == "A0KPIBOT"
    assert sent["is_enterprise_install"] == "false"
    assert sent["response_url"].startswith(desk.sandbox.url)
    assert sent["trigger_id"]


def test_a_command_in_the_direct_messages_says_so(desk: Desk) -> None:
    desk.hands.command("U0CHILD", "D0CHILD", "/echo x")
    assert desk.bot.last("/echo")["channel_name"] == "directmessage"


def test_somebody_of_another_workspace_brings_their_own_team(desk: Desk) -> None:
    desk.hands.command("U0OUTSIDE", "C0SHARED", "/echo x")
    assert desk.bot.last("/echo")["team_id"] == "T0OTHER"


def test_what_rides_on_the_ack_is_seen_by_the_asker_only(desk: Desk) -> None:
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/echo こんにちは")
    assert answer["ok"]
    assert answer["acked"]
    assert 0 < answer["ack_ms"] < 3000
    assert 0 < answer["answer_ms"] < 3000
    (message,) = answer["messages"]
    assert (message["text"], message["ephemeral_to"]) == ("こんにちは", "U0STAFF")
    assert message["user"] == "U0KPIBOT"
    assert desk.hands.messages("C0STAFF", "U0PLANNER") == []


def test_a_message_posted_meanwhile_is_in_the_answer(desk: Desk) -> None:
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/post みなさん")
    assert [m["text"] for m in answer["messages"]] == ["みなさん"]
    assert "ephemeral_to" not in answer["messages"][0]


def test_a_form_that_opens_is_in_the_answer(desk: Desk) -> None:
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/form")
    assert [view["callback_id"] for view in answer["views"]] == ["form"]
    assert answer["messages"] == []


def test_an_ack_after_three_seconds_is_an_operation_timeout(desk: Desk) -> None:
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/slow 3.2", wait=0)
    assert (answer["ok"], answer["acked"], answer["error"]) == (False, False, "operation_timeout")
    assert desk.hands.messages("C0STAFF", "U0STAFF") == []


def test_an_answer_that_slack_would_not_take_is_an_error(desk: Desk) -> None:
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/bad", wait=0)
    assert (answer["ok"], answer["error"]) == (False, "invalid_command_response")
    assert desk.hands.log("invalid_command_response")


def test_without_a_bot_a_command_fails_at_once(hands: Hands) -> None:
    answer = hands.command("U0STAFF", "C0STAFF", "/echo x")
    assert (answer["acked"], answer["error"]) == (False, "dispatch_failed")


ESCAPING = {
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "features": {
        "slash_commands": [
            {"command": "/echo", "description": "x", "should_escape": True},
            {"command": "/post", "description": "x"},
        ]
    },
}


@pytest.fixture
def escaping(tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox whose manifest escapes one command's text."""
    running = Sandbox(tmp_path / "escaping", manifest=ESCAPING)
    running.start()
    yield running
    running.stop()


def test_mentions_are_escaped_where_the_manifest_says_so(escaping: Sandbox) -> None:
    bot, hands = build(escaping), Hands(escaping.url)
    with connected(bot, escaping):
        for typed, escaped in (
            ("@child #職員 1-1", "<@U0CHILD> <#C0STAFF|職員> 1-1"),
            ("<@U0CHILD> a@b.c #無い @誰か", "<@U0CHILD> a@b.c #無い @誰か"),
        ):
            hands.command("U0STAFF", "C0STAFF", f"/echo {typed}", wait=0)
            assert bot.last("/echo")["text"] == escaped
        hands.command("U0STAFF", "C0STAFF", "/post @child", wait=0)
        assert bot.last("/post")["text"] == "@child"


def test_the_log_tells_what_was_sent_and_taken_without_tokens(desk: Desk) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/post x")
    (envelope,) = desk.hands.log("envelope")
    assert (envelope["name"], envelope["acked"]) == ("/post", True)
    posted = desk.hands.log("api")[-1]
    assert (posted["method"], posted["ok"], posted["channel"]) == (
        "chat.postMessage",
        True,
        "C0STAFF",
    )
    whole = fetch(f"{desk.sandbox.url}/_control/log").body.decode()
    for secret in ("xoxb", "xapp", "response_url", "ticket"):
        assert secret not in whole
