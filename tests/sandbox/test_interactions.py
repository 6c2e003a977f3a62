"""Clicking and choosing: what the bot is sent, and what it may answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.bot import actions, button, entry, option, plain
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Json

CHOICES = [option("a"), option("b")]
ROW = actions(
    {"type": "static_select", "action_id": "pick", "options": CHOICES},
    {"type": "checkboxes", "action_id": "tick", "options": CHOICES, "initial_options": CHOICES[:1]},
    {"type": "datepicker", "action_id": "day", "initial_date": "2026-05-11"},
    {"type": "overflow", "action_id": "menu", "options": CHOICES},
    {"type": "users_select", "action_id": "people"},
)
TYPED = entry(
    "typing",
    {"type": "plain_text_input", "action_id": "typed"},
    dispatch_action=True,
)
QUIET = entry("quiet", {"type": "plain_text_input", "action_id": "silent"})


@pytest.fixture
def row(desk: Desk) -> Json:
    """Where a posted message with a row of elements is."""
    blocks = [ROW, TYPED, QUIET]
    ts = desk.bot.client.chat_postMessage(channel="C0STAFF", text="x", blocks=blocks)["ts"]
    return {"user": "U0STAFF", "channel": "C0STAFF", "message_ts": ts, "wait": 0}


def test_a_click_is_sent_as_slack_sends_it(desk: Desk) -> None:
    blocks = [actions(button("press", value="v", style="primary"))]
    ts = desk.bot.client.chat_postMessage(channel="C0STAFF", text="x", blocks=blocks)["ts"]
    desk.hands.do("interact", user="U0STAFF", channel="C0STAFF", message_ts=ts, action_id="press")
    sent = desk.bot.last("block_actions")
    assert sent["user"] == {
        "id": "U0STAFF",
        "username": "staff",
        "name": "staff",
        "team_id": "T0KITAMOTO",
    }
    assert sent["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0STAFF",
        "is_ephemeral": False,
    }
    assert sent["message"]["ts"] == ts
    assert sent["channel"] == {"id": "C0STAFF", "name": "職員"}
    assert sent["team"]["id"] == "T0KITAMOTO"
    (action,) = sent["actions"]
    assert action.pop("action_ts") > ts
    assert action == {
        "type": "button",
        "action_id": "press",
        "block_id": "row",
        "text": plain("押す"),
        "value": "v",
        "style": "primary",
    }
    assert sent["response_url"]
    assert sent["trigger_id"]


def test_an_ephemeral_message_is_not_handed_over(desk: Desk) -> None:
    (message,) = desk.hands.command("U0STAFF", "C0STAFF", "/echo x")["messages"]
    answer = desk.hands.do(
        "interact", user="U0STAFF", channel="C0STAFF", message_ts=message["ts"], action_id="press"
    )
    sent = desk.bot.last("block_actions")
    assert sent["container"]["is_ephemeral"] is True
    assert "message" not in sent
    (changed,) = answer["messages"]
    assert (changed["ts"], changed["text"]) == (message["ts"], "押した v")


@pytest.mark.parametrize(
    ("action_id", "given", "shape"),
    [
        ("pick", {"value": "b"}, {"selected_option": option("b")}),
        ("pick", {"selected_option": option("b")}, {"selected_option": option("b")}),
        ("pick", {"selected_option": {"value": "b"}}, {"selected_option": option("b")}),
        ("tick", {"selected_options": ["b"]}, {"selected_options": [option("b")]}),
        ("tick", {"value": []}, {"selected_options": []}),
        ("day", {"value": "2026-06-01"}, {"selected_date": "2026-06-01"}),
        ("day", {"selected_date": "2026-06-01"}, {"selected_date": "2026-06-01"}),
        ("menu", {"value": "a"}, {"selected_option": option("a")}),
        ("people", {"selected_user": "U0CHILD"}, {"selected_user": "U0CHILD"}),
        ("typed", {"value": "12人"}, {"value": "12人"}),
    ],
)
def test_each_kind_of_element_has_its_own_shape(
    desk: Desk, row: Json, action_id: str, given: Json, shape: Json
) -> None:
    desk.hands.do("interact", **row, action_id=action_id, **given)
    (action,) = desk.bot.last("block_actions")["actions"]
    known = ("type", "action_id", "block_id", "action_ts")
    assert {key: value for key, value in action.items() if key not in known} == shape


def test_the_state_gathers_what_was_chosen_so_far(desk: Desk, row: Json) -> None:
    desk.hands.do("interact", **row, action_id="pick", value="b")
    desk.hands.do("interact", **row, action_id="day", value="2026-06-01")
    values = desk.bot.last("block_actions")["state"]["values"]
    assert values["row"]["pick"] == {"type": "static_select", "selected_option": option("b")}
    assert values["row"]["day"]["selected_date"] == "2026-06-01"
    assert values["row"]["tick"]["selected_options"] == [option("a")]
    assert values["quiet"]["silent"] == {"type": "plain_text_input", "value": None}
    desk.hands.do("interact", **{**row, "user": "U0CHILD"}, action_id="pick", value="a")
    values = desk.bot.last("block_actions")["state"]["values"]
    assert values["row"]["day"]["selected_date"] == "2026-05-11"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"action_id": "nothing"}, "there is no action 'nothing'"),
        ({"action_id": "pick", "block_id": "other"}, "in block 'other'"),
        ({"action_id": "pick", "value": "z"}, "no option with the value 'z'"),
        ({"action_id": "pick", "message_ts": "1.000001"}, "sees no message 1.000001"),
        ({"action_id": "silent", "value": "x"}, "only speaks when its form is submitted"),
        ({"action_id": "typed", "value": 5}, "must be a string"),
        ({"action_id": "pick", "values": {"row": 5}}, "values must be"),
        ({"action_id": "pick", "values": {"row": {"no": {}}}}, "there is no input 'no'"),
        ({"action_id": "pick", "values": {"row": {"menu": {}}}}, "holds no value"),
        ({"action_id": "pick", "user": "U0NOBODY"}, "there is no user 'U0NOBODY'"),
        ({"action_id": "pick", "user": "U0OUTSIDE"}, "U0OUTSIDE is not in C0STAFF"),
        ({"action_id": "pick", "view_id": "V0NO"}, "has no view 'V0NO' open"),
        ({"action_id": 5}, "action_id must be a string"),
    ],
)
def test_what_is_not_there_cannot_be_clicked(
    desk: Desk, row: Json, fields: dict[str, Any], sentence: str
) -> None:
    reply = desk.hands.post("interact", **{**row, **fields})
    assert 400 <= reply.status < 500
    assert sentence in reply.json["error"]


def test_nobody_clicks_in_what_others_see(desk: Desk) -> None:
    (message,) = desk.hands.command("U0STAFF", "C0STAFF", "/echo x")["messages"]
    reply = desk.hands.post(
        "interact", user="U0CHILD", channel="C0STAFF", message_ts=message["ts"], action_id="press"
    )
    assert reply.status == 404
