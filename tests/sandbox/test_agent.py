"""The app as an agent: what its direct messages suggest, what it says it is doing, as Slack has it."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.agent import mistakes_in_prompts
from sandbox.manifest import read_manifest
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Hands, Json

PROMPTS = [{"title": "今日", "message": "今日の予定は"}]


def said(hands: Hands) -> Json:
    """What U0STAFF's direct messages show beside the messages."""
    return hands.look("agent/D0STAFF")


def call(client: WebClient, method: str, **arguments: object) -> Json:
    """A Web API call; what is answered, refusals too."""
    try:
        answer = client.api_call(f"assistant.threads.{method}", json=arguments)
    except SlackApiError as error:
        answer = error.response
    assert isinstance(answer.data, dict)
    return answer.data


def test_prompts_stand_in_the_direct_messages_until_others_are_set(
    hands: Hands, client: WebClient
) -> None:
    assert said(hands) == {"title": "", "prompts": [], "statuses": []}
    assert call(client, "setSuggestedPrompts", channel_id="D0STAFF", prompts=PROMPTS, title="例")[
        "ok"
    ]
    assert said(hands)["title"] == "例"
    assert said(hands)["prompts"] == PROMPTS
    assert hands.look("agent/C0STAFF")["prompts"] == []


def test_an_agent_that_names_a_thread_is_not_heard(hands: Hands, client: WebClient) -> None:
    """https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts"""
    root = hands.say("U0STAFF", "D0STAFF", "こんにちは", wait=0)
    arguments = {"channel_id": "D0STAFF", "prompts": PROMPTS, "thread_ts": root["ts"]}
    assert call(client, "setSuggestedPrompts", **arguments)["ok"]
    assert said(hands)["prompts"] == []


@pytest.mark.parametrize(
    "prompts", [PROMPTS * 5, "x", [{"title": "a"}], [{"title": "a", "message": ""}], ["a"], None]
)
def test_prompts_that_slack_would_not_take_are_refused(client: WebClient, prompts: object) -> None:
    answer = call(client, "setSuggestedPrompts", channel_id="D0STAFF", prompts=prompts)
    assert answer["error"] == "invalid_arguments"
    assert mistakes_in_prompts(PROMPTS * 4) == []


def test_a_status_stands_in_a_thread_until_the_app_writes_there(
    hands: Hands, client: WebClient
) -> None:
    root = hands.say("U0STAFF", "D0STAFF", "こんにちは", wait=0)["ts"]
    other = hands.say("U0STAFF", "D0STAFF", "さようなら", wait=0)["ts"]
    for thread in (root, other):
        assert call(client, "setStatus", channel_id="D0STAFF", thread_ts=thread, status="考え中")[
            "ok"
        ]
    assert [each["thread_ts"] for each in said(hands)["statuses"]] == [root, other]
    client.chat_postMessage(channel="D0STAFF", text="はい", thread_ts=root)
    assert said(hands)["statuses"] == [{"thread_ts": other, "status": "考え中"}]
    call(client, "setStatus", channel_id="D0STAFF", thread_ts=other, status="")
    assert said(hands)["statuses"] == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel_id": "C0NONE", "thread_ts": "1.0", "status": "x"}, "channel_not_found"),
        ({"channel_id": "D0STAFF", "thread_ts": "1.0", "status": "x"}, "invalid_thread_ts"),
        ({"channel_id": "D0STAFF", "status": "x"}, "invalid_arguments"),
    ],
)
def test_a_status_that_slack_would_not_take_is_refused(
    client: WebClient, arguments: Json, error: str
) -> None:
    assert call(client, "setStatus", **arguments)["error"] == error


def test_opening_the_direct_messages_is_told_apart_from_home(desk: Desk) -> None:
    """Slack says which tab was opened."""
    desk.hands.do("open-home", user="U0STAFF", tab="messages", wait=0)
    event = desk.bot.last("app_home_opened")["event"]
    assert (event["tab"], event["channel"]) == ("messages", "D0STAFF")
    assert "view" not in event
    assert desk.hands.post("open-home", user="U0STAFF", tab="about").status == 400


@pytest.mark.parametrize(
    "view",
    [
        {"agent_description": ""},
        {"agent_description": "x" * 301},
        {"agent_description": "x", "suggested_prompts": PROMPTS * 5},
    ],
)
def test_a_manifest_that_slack_would_not_take_is_refused(view: Json) -> None:
    with pytest.raises(ValueError, match="agent_view"):
        read_manifest({"features": {"agent_view": view}})


def test_a_manifests_prompts_stand_until_the_app_sets_its_own() -> None:
    view = {"agent_description": "x", "suggested_prompts": PROMPTS}
    assert read_manifest({"features": {"agent_view": view}}).prompts == PROMPTS
    assert read_manifest({"features": {}}).agent is None
