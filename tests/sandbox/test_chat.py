"""chat.*: posting, changing and deleting, and the names of what goes wrong."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.bot import actions, button, plain
from tests.sandbox.hands import Hands

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}}]


def error_of(call: Any, **arguments: Any) -> str:
    """Return the name of the error a call ends in."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_a_posted_message_is_seen_by_members_and_kept_with_its_blocks(
    client: WebClient, hands: Hands
) -> None:
    posted = client.chat_postMessage(channel="C0STAFF", text="こんにちは", blocks=BLOCKS)
    seen = hands.messages("C0STAFF", "U0STAFF")
    assert [m["text"] for m in seen] == ["こんにちは"]
    assert seen[0]["ts"] == posted["ts"]
    assert seen[0]["blocks"][0]["text"] == BLOCKS[0]["text"]
    assert seen[0]["blocks"][0]["block_id"]
    assert posted["message"]["bot_id"] == "B0KPIBOT"
    assert hands.messages("C0STAFF", "U0OUTSIDE") == []


def test_timestamps_only_ever_grow(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="C0STAFF", text="x")["ts"] for _ in range(20)]
    assert stamps == sorted(set(stamps))


def test_a_user_id_as_channel_means_their_direct_messages(client: WebClient, hands: Hands) -> None:
    assert client.chat_postMessage(channel="U0CHILD", text="x")["channel"] == "D0CHILD"
    assert len(hands.messages("D0CHILD", "U0CHILD")) == 1
    assert hands.messages("D0CHILD", "U0PLANNER") == []


def test_an_ephemeral_message_is_seen_by_its_addressee_only(
    client: WebClient, hands: Hands
) -> None:
    client.chat_postEphemeral(channel="C0STAFF", user="U0STAFF", text="内緒")
    assert [m["ephemeral_to"] for m in hands.messages("C0STAFF", "U0STAFF")] == ["U0STAFF"]
    assert hands.messages("C0STAFF", "U0PLANNER") == []
    assert client.conversations_history(channel="C0STAFF")["messages"] == []


def test_an_update_changes_what_is_given_and_keeps_the_rest(
    client: WebClient, hands: Hands
) -> None:
    posted = client.chat_postMessage(channel="C0STAFF", text="前", blocks=BLOCKS)
    client.chat_update(channel="C0STAFF", ts=posted["ts"], text="後")
    (message,) = hands.messages("C0STAFF", "U0STAFF")
    assert (message["text"], len(message["blocks"])) == ("後", 1)
    client.chat_update(channel="C0STAFF", ts=posted["ts"], text="後", blocks=[])
    assert hands.messages("C0STAFF", "U0STAFF")[0]["blocks"] == []


def test_a_deleted_message_is_gone(client: WebClient, hands: Hands) -> None:
    posted = client.chat_postMessage(channel="C0STAFF", text="x")
    client.chat_delete(channel="C0STAFF", ts=posted["ts"])
    assert hands.messages("C0STAFF", "U0STAFF") == []
    assert error_of(client.chat_delete, channel="C0STAFF", ts=posted["ts"]) == "message_not_found"


def test_a_permalink_names_the_message(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0STAFF", text="x")["ts"]
    link = client.chat_getPermalink(channel="C0STAFF", message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/C0STAFF/p{ts.replace('.', '')}")
    wrong = error_of(client.chat_getPermalink, channel="C0STAFF", message_ts="1.000001")
    assert wrong == "message_not_found"


def test_replies_stand_in_the_thread_of_the_first_message(client: WebClient) -> None:
    root = client.chat_postMessage(channel="C0STAFF", text="始め")["ts"]
    reply = client.chat_postMessage(channel="C0STAFF", text="返事", thread_ts=root)["ts"]
    again = client.chat_postMessage(channel="C0STAFF", text="また", thread_ts=reply)
    assert again["message"]["thread_ts"] == root
    thread = client.conversations_replies(channel="C0STAFF", ts=root)["messages"]
    assert [m["text"] for m in thread] == ["始め", "返事", "また"]
    history = client.conversations_history(channel="C0STAFF")["messages"]
    assert [m["text"] for m in history] == ["始め"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0STAFF"}, "no_text"),
        ({"channel": "C0STAFF", "text": "  "}, "no_text"),
        ({"channel": "C0STAFF", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0STAFF", "text": "x", "blocks": [{"type": "video"}]}, "invalid_blocks"),
        ({"channel": "C0STAFF", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "C0STAFF", "text": "x", "metadata": {"key": 1}}, "invalid_metadata_format"),
        (
            {
                "channel": "C0STAFF",
                "text": "x",
                "metadata": {"event_type": "t", "event_payload": {"k": "v" * 17_000}},
            },
            "metadata_too_large",
        ),
        ({"channel": "U0OTHERBOT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "C0STAFF", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "C0STAFF", "text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"channel": "C0STAFF", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": "C0STAFF", "attachments": "5"}, "invalid_attachments"),
    ],
)
def test_what_cannot_be_posted_is_refused_by_slacks_name(
    client: WebClient, arguments: dict[str, Any], error: str
) -> None:
    assert error_of(client.api_call, api_method="chat.postMessage", json=arguments) == error


def test_invalid_blocks_come_with_messages_that_point_at_the_place(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(
            channel="C0STAFF", text="x", blocks=[{"type": "header", "text": plain("x" * 151)}]
        )
    (message,) = caught.value.response["response_metadata"]["messages"]
    expected = "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    assert message == expected
    assert caught.value.response["errors"] == [message]


def test_only_the_bots_own_messages_can_be_changed(client: WebClient, hands: Hands) -> None:
    ts = hands.say("U0STAFF", "C0STAFF", "私の")["ts"]
    assert error_of(client.chat_update, channel="C0STAFF", ts=ts, text="x") == "cant_update_message"
    assert error_of(client.chat_delete, channel="C0STAFF", ts=ts) == "cant_delete_message"
    missing = error_of(client.chat_update, channel="C0STAFF", ts="1.000001", text="x")
    assert missing == "message_not_found"
    ts = client.chat_postMessage(channel="C0STAFF", text="x")["ts"]
    long = error_of(client.chat_update, channel="C0STAFF", ts=ts, text="x" * 4_001)
    assert long == "msg_too_long"


def test_an_ephemeral_message_cannot_be_changed_by_its_ts(client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel="C0STAFF", user="U0STAFF", text="x")["message_ts"]
    assert error_of(client.chat_update, channel="C0STAFF", ts=ts, text="y") == "message_not_found"


def test_ephemeral_messages_need_their_addressee_in_the_channel(client: WebClient) -> None:
    outside = error_of(client.chat_postEphemeral, channel="C0STAFF", user="U0OUTSIDE", text="x")
    assert outside == "user_not_in_channel"
    nobody = error_of(client.chat_postEphemeral, channel="C0STAFF", user="U0NOBODY", text="x")
    assert nobody == "user_not_found"


def test_the_bot_posts_only_where_it_is_a_member_and_nothing_is_archived(
    client: WebClient, hands: Hands
) -> None:
    hands.do("channel", channel="C0ELSEWHERE", name="よそ", members=["U0STAFF"])
    hands.do("channel", channel="C0OLD", members=["U0KPIBOT"], is_archived=True)
    hands.do("channel", channel="C0SECRET", members=["U0STAFF"], is_private=True)
    assert error_of(client.chat_postMessage, channel="C0ELSEWHERE", text="x") == "not_in_channel"
    assert error_of(client.chat_postMessage, channel="C0OLD", text="x") == "is_archived"
    assert error_of(client.chat_postMessage, channel="C0SECRET", text="x") == "channel_not_found"


def test_metadata_is_shown_only_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "k1"}}
    ts = client.chat_postMessage(channel="C0DIGEST", text="週報", metadata=metadata)["ts"]
    plain_history = client.conversations_history(channel="C0DIGEST")["messages"]
    assert "metadata" not in plain_history[0]
    asked = client.conversations_history(channel="C0DIGEST", include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata
    client.chat_update(channel="C0DIGEST", ts=ts, text="直した")
    asked = client.conversations_history(channel="C0DIGEST", include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata
    client.chat_update(channel="C0DIGEST", ts=ts, text="直した", metadata={})
    asked = client.conversations_history(channel="C0DIGEST", include_all_metadata=True)
    assert "metadata" not in asked["messages"][0]


def test_an_element_without_an_action_id_gets_one(client: WebClient, hands: Hands) -> None:
    row = actions({"type": "button", "text": plain("押す")}, button("named"))
    client.chat_postMessage(channel="C0STAFF", text="x", blocks=[row])
    (message,) = hands.messages("C0STAFF", "U0STAFF")
    first, second = message["blocks"][0]["elements"]
    assert first["action_id"]
    assert second["action_id"] == "named"
