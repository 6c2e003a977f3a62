"""conversations.*: who is where, what was said, page by page."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from tests.sandbox.hands import Hands
from tests.sandbox.test_chat import error_of


def test_a_conversation_says_what_it_is(client: WebClient) -> None:
    shared = client.conversations_info(channel="C0SHARED")["channel"]
    assert (shared["is_ext_shared"], shared["is_member"], shared["is_im"]) == (True, True, False)
    assert shared["shared_team_ids"] == ["T0KITAMOTO", "T0OTHER"]
    direct = client.conversations_info(channel="D0CHILD")["channel"]
    assert (direct["is_im"], direct["user"]) == (True, "U0CHILD")
    assert error_of(client.conversations_info, channel="C0NOWHERE") == "channel_not_found"


def test_conversations_are_listed_by_type(client: WebClient) -> None:
    public = client.conversations_list()["channels"]
    assert {c["id"] for c in public} == {"C0DIGEST", "C0STAFF", "C0SHARED"}
    direct = client.conversations_list(types="im")["channels"]
    assert "D0GONE" in {c["id"] for c in direct}
    assert error_of(client.conversations_list, types="phone") == "invalid_types"


def test_lists_come_page_by_page_and_completely(client: WebClient) -> None:
    found: list[str] = []
    for part in client.conversations_members(channel="C0STAFF", limit=4):
        assert len(part["members"]) <= 4
        found += part["members"]
    whole = client.conversations_members(channel="C0STAFF")["members"]
    assert found == whole
    wrong = error_of(client.conversations_members, channel="C0STAFF", cursor="?")
    assert wrong == "invalid_cursor"
    assert error_of(client.conversations_members, channel="C0STAFF", limit=-1) == "invalid_limit"


def test_history_is_newest_first_page_by_page(client: WebClient) -> None:
    for number in range(7):
        client.chat_postMessage(channel="C0STAFF", text=str(number))
    pages = [
        ([m["text"] for m in page["messages"]], page["has_more"])
        for page in client.conversations_history(channel="C0STAFF", limit=3)
    ]
    assert pages == [(["6", "5", "4"], True), (["3", "2", "1"], True), (["0"], False)]


def test_history_between_two_moments(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0STAFF", text=t)["ts"] for t in "abc"]
    between = client.conversations_history(channel="C0STAFF", oldest=stamps[0], latest=stamps[2])
    assert [m["text"] for m in between["messages"]] == ["b"]
    inclusive = client.conversations_history(
        channel="C0STAFF", oldest=stamps[0], latest=stamps[2], inclusive=True
    )
    assert [m["text"] for m in inclusive["messages"]] == ["c", "b", "a"]
    wrong = error_of(client.conversations_history, channel="C0STAFF", oldest="yesterday")
    assert wrong == "invalid_ts_oldest"


def test_history_is_for_members(client: WebClient, hands: Hands) -> None:
    hands.do("channel", channel="C0ELSEWHERE", members=["U0STAFF"])
    assert error_of(client.conversations_history, channel="C0ELSEWHERE") == "not_in_channel"
    nowhere = error_of(client.conversations_replies, channel="C0STAFF", ts="1.000001")
    assert nowhere == "thread_not_found"


def test_direct_messages_open_with_people_only(client: WebClient) -> None:
    assert client.conversations_open(users="U0CHILD")["channel"]["id"] == "D0CHILD"
    assert client.conversations_open(users=["U0CHILD"], return_im=True)["channel"]["is_im"]
    assert client.conversations_open(channel="D0CHILD")["channel"]["id"] == "D0CHILD"


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0OTHERBOT", "cannot_dm_bot"),
        ("U0KPIBOT", "cannot_dm_bot"),
        ("U0GONE", "user_disabled"),
        ("U0NOBODY", "user_not_found"),
        ("", "users_list_not_supplied"),
        ("U0CHILD,U0STAFF", "too_many_users"),
    ],
)
def test_nobody_else_can_be_written_to(client: WebClient, users: str, error: str) -> None:
    assert error_of(client.conversations_open, users=users) == error


def test_a_channel_is_not_opened(client: WebClient) -> None:
    wrong = error_of(client.conversations_open, channel="C0STAFF")
    assert wrong == "method_not_supported_for_channel_type"
