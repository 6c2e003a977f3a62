"""Misbehaviour on request: what each fault does, how often, and that it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException, RemoteDisconnected
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from sandbox.server import Sandbox
from tests.browser.sample_blocks import LINE_CHART
from tests.sandbox.bot import Bot, build, connected
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Hands, fetch, soon
from tests.sandbox.test_chat import error_of


@pytest.fixture
def post(client: WebClient) -> Callable[[], Any]:
    """Posts a message to C0STAFF."""
    return lambda: client.chat_postMessage(channel="C0STAFF", text="x")


def count(hands: Hands) -> int:
    """How many messages are in C0STAFF."""
    return len(hands.messages("C0STAFF", "U0STAFF"))


def test_a_rate_limit_says_when_to_come_back(hands: Hands, post: Callable[[], Any]) -> None:
    armed = hands.arm("rate_limit", method="chat.postMessage", times=2, retry_after=7)["armed"]
    assert (armed[0]["kind"], armed[0]["times"]) == ("rate_limit", 2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            post()
        answer = caught.value.response
        assert (answer.status_code, answer["error"]) == (429, "ratelimited")
        assert answer.headers["Retry-After"] == "7"
    assert post()["ok"]
    assert count(hands) == 1
    assert hands.look("faults") == {"armed": []}


def test_a_fault_spares_other_methods(
    hands: Hands, client: WebClient, post: Callable[[], Any]
) -> None:
    hands.arm("error", method="users.info", error="internal_error")
    assert post()["ok"]
    assert error_of(client.users_info, user="U0STAFF") == "internal_error"
    assert client.users_info(user="U0STAFF")["ok"]


@pytest.mark.parametrize(("effect", "posted"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_comes_before_or_after_the_effect(
    hands: Hands, post: Callable[[], Any], effect: str, posted: int, status: int
) -> None:
    hands.arm("server_error", status=status, effect=effect)
    with pytest.raises(SlackApiError) as caught:
        post()
    assert caught.value.response.status_code == status
    assert count(hands) == posted


@pytest.mark.parametrize(("effect", "posted"), [("before", 0), ("after", 1)])
def test_a_dropped_connection_comes_before_or_after_the_effect(
    hands: Hands, post: Callable[[], Any], effect: str, posted: int
) -> None:
    hands.arm("drop", effect=effect)
    with pytest.raises((OSError, HTTPException)):
        post()
    assert count(hands) == posted


def test_the_usual_retry_posts_twice_after_a_drop(sandbox: Sandbox, hands: Hands) -> None:
    """A control: this is the trap the fault is made for."""
    retries = ConnectionErrorRetryHandler(
        max_retry_count=1, error_types=[RemoteDisconnected, OSError]
    )
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[retries])
    hands.arm("drop", effect="after")
    client.chat_postMessage(channel="C0STAFF", text="x")
    assert count(hands) == 2


@pytest.mark.parametrize(("effect", "posted"), [("before", 0), ("after", 1)])
def test_a_call_may_hang_until_the_client_gives_up(
    sandbox: Sandbox, hands: Hands, effect: str, posted: int
) -> None:
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[], timeout=1)
    hands.arm("hang", seconds=5, effect=effect)
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel="C0STAFF", text="x")
    assert time.monotonic() - begun < 3
    assert count(hands) == posted


def test_a_slow_call_is_answered_late(hands: Hands, post: Callable[[], Any]) -> None:
    hands.arm("slow", seconds=0.4)
    begun = time.monotonic()
    assert post()["ok"]
    assert time.monotonic() - begun > 0.4


@pytest.mark.parametrize(("effect", "posted"), [("before", 0), ("after", 1)])
def test_a_body_may_be_cut_short(
    hands: Hands, post: Callable[[], Any], effect: str, posted: int
) -> None:
    hands.arm("bad_body", effect=effect)
    with pytest.raises(SlackApiError, match="non-JSON"):
        post()
    assert count(hands) == posted


def test_a_late_post_is_seen_but_not_in_the_history_yet(
    hands: Hands, client: WebClient, post: Callable[[], Any]
) -> None:
    hands.arm("late_visibility", seconds=0.5)
    root = post()["ts"]
    client.chat_postMessage(channel="C0STAFF", text="y")

    def texts() -> list[str]:
        found = client.conversations_history(channel="C0STAFF")["messages"]
        return [m["text"] for m in found]

    assert texts() == ["y"]
    assert count(hands) == 2
    assert soon(lambda: texts() == ["y", "x"], 2)
    assert client.conversations_replies(channel="C0STAFF", ts=root)["ok"]


def test_a_workspace_may_be_without_native_charts(hands: Hands, client: WebClient) -> None:
    hands.arm("native_charts_off", times=2)
    chart: dict[str, Any] = {
        "channel": "C0STAFF",
        "text": "x",
        "blocks": [{"type": "divider"}, LINE_CHART],
    }
    for method in (client.chat_postMessage, partial(client.chat_postEphemeral, user="U0STAFF")):
        with pytest.raises(SlackApiError) as caught:
            method(**chart)
        assert caught.value.response["error"] == "invalid_blocks"
        assert "json-pointer:/blocks/1/type" in caught.value.response["errors"][0]
        client.chat_postMessage(**chart | {"blocks": chart["blocks"][:1]})
    assert count(hands) == 2
    assert client.chat_postMessage(**chart)["ok"]


def test_clear_disarms_everything(hands: Hands, post: Callable[[], Any]) -> None:
    hands.arm("server_error", times=100)
    hands.arm("error", error="fatal_error", times=100)
    assert hands.arm("clear") == {"ok": True, "armed": []}
    assert post()["ok"]


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "drop", "colour": "red"},
        {"kind": "drop", "times": "many"},
        {"kind": "drop", "times": 0},
        {"kind": "drop", "times": True},
        {"kind": "drop", "effect": "during"},
        {"kind": "hang", "seconds": -1},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(hands: Hands, fault: dict[str, Any]) -> None:
    reply = hands.post("fault", **fault)
    assert reply.status == 400
    assert reply.json["error"]
    assert hands.look("faults") == {"armed": []}


def test_uploads_and_response_urls_can_fail_too(desk: Desk) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/post x")
    url = desk.bot.last("/post")["response_url"]
    desk.hands.arm("server_error", method="response_url", status=503)
    kind = {"Content-Type": "application/json"}
    assert fetch(url, b'{"text": "y"}', kind).status == 503
    assert fetch(url, b'{"text": "y"}', kind).status == 200
    desk.hands.arm("server_error", method="upload")
    with pytest.raises(Exception, match="500"):
        desk.bot.client.files_upload_v2(filename="x", content=b"x")
    assert desk.bot.client.files_upload_v2(filename="x", content=b"x")["ok"]


def test_an_envelope_may_come_twice(desk: Desk) -> None:
    desk.hands.arm("duplicate_envelope", times=2)
    desk.hands.say("U0STAFF", "C0STAFF", "<@U0KPIBOT> 一", wait=0)
    assert desk.hands.command("U0STAFF", "C0STAFF", "/echo 二", wait=0)["acked"]
    desk.hands.command("U0STAFF", "C0STAFF", "/echo 三", wait=0)
    assert soon(lambda: len(desk.bot.heard) == 5)
    ids = [body["event_id"] for body in desk.bot.heard if "event_id" in body]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    texts = [body["text"] for body in desk.bot.heard if "text" in body]
    assert texts == ["二", "二", "三"]


def test_a_lost_ack_is_a_timeout_though_the_bot_did_it(desk: Desk) -> None:
    desk.hands.arm("ack_lost")
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/post 済んだ")
    assert (answer["ok"], answer["acked"], answer["error"]) == (False, False, "operation_timeout")
    assert [m["text"] for m in answer["messages"]] == ["済んだ"]


def test_a_lost_ack_may_be_followed_by_another_delivery(desk: Desk) -> None:
    desk.hands.arm("ack_lost", redeliver=True)
    answer = desk.hands.command("U0STAFF", "C0STAFF", "/echo 二度", wait=0)
    assert answer["acked"]
    assert len(desk.bot.heard) == 2


def test_scattered_envelopes_come_in_another_order_and_some_again(desk: Desk) -> None:
    """Up to three times each; people see one answer."""
    desk.hands.arm("scatter", times=8, copies=3, seconds=0.1, seed=5)
    with ThreadPoolExecutor(8) as together:
        say = lambda word: desk.hands.command("U0STAFF", "C0STAFF", f"/echo {word}", wait=0)  # noqa: E731
        assert all(answer["acked"] for answer in together.map(say, "一二三四五六七八"))
    assert soon(lambda: len(desk.hands.log("late_or_double_ack")) == len(desk.bot.heard) - 8)
    texts = [body["text"] for body in desk.bot.heard]
    assert set(texts) == set("一二三四五六七八")
    assert 8 < len(texts) <= 24
    assert len(desk.hands.messages("C0STAFF", "U0STAFF")) == 8


def test_an_event_without_an_ack_may_be_sent_again_as_slack_does(desk: Desk) -> None:
    """After three seconds at once, and once more; a command is not."""
    desk.hands.arm("retry_events", times=2, seconds=0.1)
    desk.hands.arm("ack_lost", times=2)
    desk.hands.say("U0STAFF", "C0STAFF", "<@U0KPIBOT> 一", wait=0)
    assert soon(lambda: len(desk.bot.heard) == 3)
    assert len({body["event_id"] for body in desk.bot.heard}) == 1


def test_the_log_is_read_on_from_a_line(desk: Desk) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)
    last = desk.hands.look("log")["log"][-1]["number"]
    assert desk.hands.look(f"log?since={last}")["log"] == []
    desk.hands.command("U0STAFF", "C0STAFF", "/echo y", wait=0)
    assert [line["number"] for line in desk.hands.look(f"log?since={last}")["log"]] == [last + 1]
    assert desk.hands.post("command", user="U0STAFF").status == 400
    assert fetch(f"{desk.hands.url}/_control/log?since=x").status == 400


def test_who_does_not_look_is_told_of_the_ack_alone(desk: Desk) -> None:
    seen = desk.hands.command("U0STAFF", "C0STAFF", "/echo x", blind=True)
    assert (seen["acked"], seen["messages"], seen["answer_ms"]) == (True, [], None)
    assert len(desk.hands.messages("C0STAFF", "U0STAFF")) == 1


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[tuple[Bot, Sandbox, Hands]]:
    """A bot on a sandbox of its own, not connected."""
    sandbox = Sandbox(tmp_path / "lone")
    sandbox.start()
    yield build(sandbox), sandbox, Hands(sandbox.url)
    sandbox.stop()


def test_a_silent_socket_neither_sends_nor_answers_pings(
    lone: tuple[Bot, Sandbox, Hands],
) -> None:
    bot, sandbox, hands = lone
    with connected(bot, sandbox, ping_interval=0.2) as link:
        session = link.client.current_session
        assert soon(lambda: session.last_ping_pong_time is not None)
        hands.arm("silent")
        answer = hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)
        assert (answer["acked"], answer["error"]) == (False, "operation_timeout")
        assert bot.heard == []
        assert soon(lambda: link.client.current_session is not session)
        hands.arm("clear")
        assert soon(lambda: hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)["acked"])


def test_a_new_socket_may_be_silent_from_its_first_ping_on(
    lone: tuple[Bot, Sandbox, Hands],
) -> None:
    bot, sandbox, hands = lone
    hands.arm("silent", new=1)
    with connected(bot, sandbox, ping_interval=0.1) as link:
        time.sleep(0.5)
        assert link.client.current_session.last_ping_pong_time is None
        hands.arm("clear")
        assert soon(lambda: link.client.current_session.last_ping_pong_time is not None)
        assert hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)["acked"]


def test_a_socket_may_end_without_a_word(lone: tuple[Bot, Sandbox, Hands]) -> None:
    bot, sandbox, hands = lone
    with connected(bot, sandbox, ping_interval=0.2):
        hands.arm("disconnect", abrupt=True)
        assert soon(lambda: len(hands.log("connected")) == 2, 10)
        assert hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)["acked"]
