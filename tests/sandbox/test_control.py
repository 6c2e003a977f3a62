"""The control API as the page and scripts use it: what there is to see, and refusals."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Hands, fetch
from tests.sandbox.test_limits import JSON


def test_the_state_tells_the_page_all_it_needs(hands: Hands) -> None:
    state = hands.look("state")
    assert {"id": "T0KITAMOTO", "name": "北本市（サンプル）"}.items() <= state["team"].items()
    assert state["bot"]["user_id"] == "U0KPIBOT"
    users = {user["id"]: user for user in state["users"]}
    assert users["U0OUTSIDE"]["team_id"] == "T0OTHER"
    assert users["U0GUEST"]["is_restricted"]
    assert users["U0GONE"]["deleted"]
    assert users["U0OTHERBOT"]["is_bot"]
    assert all("サンプル" in user["title"] for user in users.values() if user["title"])
    channels = {channel["id"]: channel for channel in state["channels"]}
    assert channels["D0CHILD"]["user"] == "U0CHILD"
    assert channels["C0SHARED"]["is_ext_shared"]
    assert "U0OUTSIDE" in channels["C0SHARED"]["members"]
    assert [example["text"] for example in state["examples"]] == [
        "/kpi 1-1",
        "/kpi 目標3",
        "/kpi ヘルプ",
    ]
    assert [step["title"] for step in state["guide"]] == ["聞く", "出す", "認める", "週報"]
    assert state["commands"] == []


def test_every_user_has_direct_messages_named_after_them(hands: Hands) -> None:
    state = hands.look("state")
    expected = {"D0" + u["id"][2:] for u in state["users"] if u["id"] != "U0KPIBOT"}
    assert {c["id"] for c in state["channels"] if c["is_im"]} == expected


def test_changes_are_told_when_they_happen(hands: Hands, client: WebClient) -> None:
    version = hands.look("state")["version"]
    late = threading.Timer(0.3, client.chat_postMessage, kwargs={"channel": "C0STAFF", "text": "x"})
    late.start()
    begun = time.monotonic()
    answer = hands.look(f"changes?since={version}")
    assert 0.2 < time.monotonic() - begun < 5
    assert answer["version"] > version
    assert hands.look(f"changes?since={version}") == answer
    late.join()
    assert fetch(f"{hands.url}/_control/changes?since=x").status == 400


def test_messages_are_as_one_user_sees_them(hands: Hands, client: WebClient) -> None:
    client.chat_postMessage(channel="C0STAFF", text="みなさん")
    client.chat_postEphemeral(channel="C0STAFF", user="U0STAFF", text="あなた")
    assert len(hands.messages("C0STAFF", "U0STAFF")) == 2
    assert len(hands.messages("C0STAFF", "U0CHILD")) == 1
    assert hands.messages("C0STAFF", "U0OUTSIDE") == []
    assert len(hands.look("messages/C0STAFF")["messages"]) == 2
    assert fetch(f"{hands.url}/_control/messages/C0NO?as=U0STAFF").status == 404
    assert fetch(f"{hands.url}/_control/messages/C0STAFF?as=U0NO").status == 404
    assert fetch(f"{hands.url}/_control/views/U0NO").status == 404


def test_a_message_that_went_is_told_as_deleted(desk: Desk) -> None:
    posted = desk.hands.command("U0STAFF", "C0STAFF", "/post x")["messages"][0]
    desk.bot.app.command("/delete")(
        lambda ack, client: (client.chat_delete(channel="C0STAFF", ts=posted["ts"]), ack())
    )
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/delete")
    assert [(m["ts"], m["deleted"]) for m in answer["messages"]] == [(posted["ts"], True)]


def test_the_answer_comes_as_soon_as_something_appeared(desk: Desk) -> None:
    begun = time.monotonic()
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/echo x", wait=20)
    assert time.monotonic() - begun < 5
    assert len(answer["messages"]) == 1


def test_the_wait_ends_when_nothing_appears(desk: Desk) -> None:
    desk.bot.app.command("/nothing")(lambda ack: ack())
    begun = time.monotonic()
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/nothing", wait=0.3)
    assert 0.3 <= time.monotonic() - begun < 3
    assert (answer["acked"], answer["answer_ms"], answer["messages"]) == (True, None, [])


@pytest.mark.parametrize(
    ("what", "fields", "status", "sentence"),
    [
        ("command", {"user": "U0NO"}, 404, "there is no user 'U0NO'"),
        ("command", {"user": "U0STAFF", "channel": "C0NO"}, 404, "there is no channel 'C0NO'"),
        ("command", {"user": "U0OUTSIDE", "channel": "C0STAFF"}, 400, "is not in C0STAFF"),
        ("command", {"channel": "C0STAFF"}, 400, "user must be a string: None"),
        (
            "command",
            {"user": "U0STAFF", "channel": "C0STAFF", "command": "kpi"},
            400,
            "kpi is not a command",
        ),
        (
            "command",
            {"user": "U0STAFF", "channel": "C0STAFF", "command": "/x", "wait": "long"},
            400,
            "wait must be a number of seconds",
        ),
        ("message", {"user": "U0STAFF", "channel": "C0STAFF"}, 400, "needs text or files"),
        (
            "message",
            {"user": "U0STAFF", "channel": "C0STAFF", "files": ["F0NO"]},
            404,
            "there is no file 'F0NO'",
        ),
        ("message", {"user": "U0STAFF", "channel": "D0CHILD", "text": "x"}, 400, "not in D0CHILD"),
        ("upload", {"user": "U0STAFF", "channel": "C0STAFF"}, 400, "base64"),
        ("upload", {"content": "!"}, 400, "base64"),
        ("submit-view", {"user": "U0STAFF", "view_id": "V0NO"}, 404, "no view 'V0NO' open"),
        ("interact", {"user": "U0STAFF", "channel": "C0STAFF"}, 400, "message_ts must be"),
        ("fault", {}, 400, "kind must be one of"),
    ],
)
def test_a_call_that_cannot_be_done_says_why(
    hands: Hands, what: str, fields: dict[str, Any], status: int, sentence: str
) -> None:
    reply = hands.post(what, **fields)
    assert reply.status == status
    assert reply.json["ok"] is False
    assert sentence in reply.json["error"]


def test_nothing_is_said_in_an_archived_channel(hands: Hands) -> None:
    hands.do("channel", channel="C0OLD", members=["U0STAFF"], is_archived=True)
    reply = hands.post("message", user="U0STAFF", channel="C0OLD", text="x")
    assert (reply.status, reply.json["error"]) == (400, "C0OLD is archived")


@pytest.fixture(scope="module")
def lone_url(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The address of a sandbox that nothing is connected to."""
    sandbox = Sandbox(tmp_path_factory.mktemp("lone"))
    sandbox.start()
    yield sandbox.url
    sandbox.stop()


CALLS = [
    "command",
    "message",
    "interact",
    "submit-view",
    "suggest",
    "close-view",
    "open-home",
    "upload",
    "fault",
]
FIELDS = st.sampled_from(
    [
        "user",
        "channel",
        "command",
        "text",
        "wait",
        "view_id",
        "message_ts",
        "action_id",
        "block_id",
        "value",
        "values",
        "kind",
        "times",
        "files",
        "thread_ts",
        "content",
        "filename",
        "force",
    ]
)
SENSIBLE = st.sampled_from(["U0STAFF", "C0STAFF", "D0STAFF", "/x", "drop", "1.000001", "F0"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    what=st.sampled_from(CALLS),
    fields=st.dictionaries(FIELDS, SENSIBLE | JSON, max_size=6),
)
def test_no_body_breaks_the_control_api(lone_url: str, what: str, fields: dict[str, Any]) -> None:
    hands = Hands(lone_url)
    fields = {"user": "U0STAFF", "channel": "C0STAFF", **fields, "wait": 0}
    reply = hands.post(what, **fields)
    assert reply.status < 500, reply.body
    assert reply.json["ok"] in (True, False)
    hands.arm("clear")


METHODS = [
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "conversations.history",
    "conversations.open",
    "conversations.list",
    "users.info",
    "views.publish",
    "views.update",
    "views.open",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "usergroups.users.list",
]
ARGUMENTS = st.sampled_from(
    [
        "channel",
        "text",
        "blocks",
        "metadata",
        "user",
        "user_id",
        "users",
        "ts",
        "view",
        "view_id",
        "trigger_id",
        "limit",
        "cursor",
        "oldest",
        "files",
        "filename",
        "length",
        "types",
        "attachments",
        "thread_ts",
        "hash",
        "usergroup",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    method=st.sampled_from(METHODS),
    arguments=st.dictionaries(ARGUMENTS, SENSIBLE | JSON, max_size=6),
)
def test_no_argument_breaks_the_web_api(
    lone_url: str, method: str, arguments: dict[str, Any]
) -> None:
    body = json.dumps({"channel": "C0STAFF", "token": "xoxb-sandbox", **arguments}).encode()
    reply = fetch(f"{lone_url}/api/{method}", body, {"Content-Type": "application/json"})
    assert reply.status == 200, reply.body
    assert reply.json["ok"] or reply.json["error"]
