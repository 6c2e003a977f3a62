"""Response URLs: five uses within thirty minutes, to post, replace or delete."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.sandbox.bot import actions, button
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Reply, fetch

Respond = Callable[..., Reply]


@pytest.fixture
def respond(desk: Desk) -> Respond:
    """Uses the response URL of a command of U0STAFF in C0STAFF."""
    desk.hands.command("U0STAFF", "C0STAFF", "/post 始め")
    url = desk.bot.last("/post")["response_url"]

    def use(**body: Any) -> Reply:
        return fetch(url, json.dumps(body).encode(), {"Content-Type": "application/json"})

    return use


def texts(desk: Desk, user: str = "U0STAFF") -> list[str]:
    """What a user reads in C0STAFF."""
    return [m["text"] for m in desk.hands.messages("C0STAFF", user)]


def test_a_response_is_for_the_asker_unless_it_says_otherwise(desk: Desk, respond: Respond) -> None:
    assert respond(text="内緒").body == b"ok"
    assert respond(text="みなさん", response_type="in_channel").body == b"ok"
    assert texts(desk) == ["始め", "内緒", "みなさん"]
    assert texts(desk, "U0CHILD") == ["始め", "みなさん"]


def test_a_response_url_works_five_times(desk: Desk, respond: Respond) -> None:
    assert [respond(text=str(n)).status for n in range(6)] == [200] * 5 + [404]
    assert respond(text="x").json["error"] == "used_url"
    assert texts(desk) == ["始め", "0", "1", "2", "3", "4"]


def test_a_response_url_works_for_thirty_minutes(desk: Desk, respond: Respond) -> None:
    desk.sandbox.clock.set(desk.sandbox.clock.now() + timedelta(minutes=29, seconds=50))
    assert respond(text="x").status == 200
    desk.sandbox.clock.set(desk.sandbox.clock.now() + timedelta(seconds=11))
    late = respond(text="x")
    assert (late.status, late.json["error"]) == (404, "expired_url")


def test_a_refused_response_does_not_count(desk: Desk, respond: Respond) -> None:
    assert [respond().json["error"] for _ in range(6)] == ["no_text"] * 6
    assert respond(text="x", blocks=[{"type": "video"}]).json["error"] == "invalid_blocks"
    assert respond(text="x").status == 200


def test_a_body_that_is_no_object_is_refused(desk: Desk, respond: Respond) -> None:
    url = desk.bot.last("/post")["response_url"]
    kind = {"Content-Type": "application/json"}
    assert fetch(url, b"[1]", kind).json["error"] == "invalid_payload"
    assert fetch(url, b"{", kind).json["error"] == "invalid_payload"
    form = urlencode({"payload": json.dumps({"text": "x"})}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert fetch(url, form, kind).body == b"ok"
    unknown = fetch(f"{desk.sandbox.url}/commands/T0KITAMOTO/nonsense", b"{}", kind)
    assert unknown.status == 404


def test_the_url_of_a_click_replaces_or_deletes_the_message(desk: Desk) -> None:
    blocks = [actions(button("other"))]
    ts = desk.bot.client.chat_postMessage(channel="C0STAFF", text="前", blocks=blocks)["ts"]
    where = {"user": "U0STAFF", "channel": "C0STAFF", "message_ts": ts}
    desk.bot.app.action("other")(lambda ack: ack())
    desk.hands.do("interact", **where, action_id="other", wait=0)
    url = desk.bot.last("block_actions")["response_url"]

    def use(**body: Any) -> Reply:
        return fetch(url, json.dumps(body).encode(), {"Content-Type": "application/json"})

    assert use(text="別に").status == 200
    assert texts(desk) == ["前", "別に"]
    assert use(text="後", replace_original=True).status == 200
    assert texts(desk) == ["後", "別に"]
    assert desk.hands.messages("C0STAFF", "U0STAFF")[0]["blocks"] == []
    assert use(delete_original=True).status == 200
    assert texts(desk) == ["別に"]


def test_an_answer_needs_no_membership(desk: Desk) -> None:
    desk.hands.do("channel", channel="C0ELSEWHERE", members=["U0STAFF"])
    answer = desk.hands.command("U0STAFF", "C0ELSEWHERE", "/echo ここでも")
    assert [m["text"] for m in answer["messages"]] == ["ここでも"]
