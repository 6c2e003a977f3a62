"""Forms: filled in, checked as Slack's client does, submitted, answered, closed."""

from __future__ import annotations

import pytest

from tests.sandbox.bot import entry, modal, option
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Json


@pytest.fixture
def form(desk: Desk) -> Json:
    """An open form of U0STAFF."""
    view: Json = desk.hands.command("U0STAFF", "C0STAFF", "/form")["views"][0]
    return {"user": "U0STAFF", "view_id": view["id"]}


def amount(text: str | None) -> Json:
    """Values that fill in the one required field."""
    return {"amount": {"text": {"value": text}}}


def views(desk: Desk) -> list[str]:
    """The callback ids of U0STAFF's open modals."""
    return [view["callback_id"] for view in desk.hands.look("views/U0STAFF")["views"]]


def test_a_submission_carries_the_whole_state(desk: Desk, form: Json) -> None:
    answer = desk.hands.do("submit-view", **form, values=amount("12人"))
    assert [m["text"] for m in answer["messages"]] == ["受け取りました: 12人"]
    assert views(desk) == []
    sent = desk.bot.last("view_submission")
    assert sent["view"]["private_metadata"] == "kept"
    assert sent["view"]["callback_id"] == "form"
    assert sent["view"]["hash"]
    assert sent["view"]["state"]["values"] == {
        "amount": {"text": {"type": "plain_text_input", "value": "12人"}},
        "kind": {"pick": {"type": "static_select", "selected_option": option("a")}},
        "who": {"find": {"type": "external_select", "selected_option": None}},
    }
    assert sent["response_urls"] == []
    assert "sandbox" not in sent["view"]


def test_required_fields_are_checked_before_the_bot_hears_of_it(desk: Desk, form: Json) -> None:
    answer = desk.hands.do("submit-view", **form, values=amount("  "))
    assert (answer["ok"], answer["acked"], answer["error"]) == (False, None, "invalid_input")
    assert list(answer["errors"]) == ["amount"]
    long = desk.hands.do("submit-view", **form, values=amount("x" * 11))
    assert list(long["errors"]) == ["amount"]
    assert not [body for body in desk.bot.heard if body.get("type") == "view_submission"]


def test_force_sends_a_form_the_client_would_not(desk: Desk, form: Json) -> None:
    answer = desk.hands.do("submit-view", **form, values=amount(None), force=True)
    assert answer["acked"]
    sent = desk.bot.last("view_submission")["view"]["state"]["values"]
    assert sent["amount"]["text"]["value"] is None


def test_field_errors_are_told_at_once_and_the_form_stays(desk: Desk, form: Json) -> None:
    answer = desk.hands.do("submit-view", **form, values=amount("誤り"), wait=10)
    assert answer["errors"] == {"amount": "直してください"}
    assert (answer["ok"], answer["acked"]) == (True, True)
    assert views(desk) == ["form"]


@pytest.mark.parametrize(
    ("text", "left"),
    [("更新", ["form"]), ("次", ["form", "second"]), ("消す", [])],
)
def test_the_bot_may_answer_with_a_view_or_clear_all(
    desk: Desk, form: Json, text: str, left: list[str]
) -> None:
    answer = desk.hands.do("submit-view", **form, values=amount(text), wait=0)
    assert "error" not in answer
    assert views(desk) == left
    assert len(answer["views"]) == (0 if text == "消す" else 1)


@pytest.mark.parametrize(("text", "error"), [("変", "invalid_arguments"), ("無", "invalid_errors")])
def test_an_answer_that_slack_would_not_take_is_an_error(
    desk: Desk, form: Json, text: str, error: str
) -> None:
    answer = desk.hands.do("submit-view", **form, values=amount(text))
    assert (answer["ok"], answer["error"]) == (False, error)
    assert answer["details"]
    assert views(desk) == ["form"]


def test_an_external_select_offers_what_the_bot_suggests(desk: Desk, form: Json) -> None:
    place = {**form, "block_id": "who", "action_id": "find"}
    offered = desk.hands.do("suggest", **place, value="市")
    assert [one["value"] for one in offered["options"]] == ["市1", "市2"]
    sent = desk.bot.last("block_suggestion")
    assert (sent["value"], sent["block_id"], sent["action_id"]) == ("市", "who", "find")
    assert sent["view"]["id"] == form["view_id"]
    values = {**amount("12"), "who": {"find": {"selected_option": "市2"}}}
    desk.hands.do("submit-view", **form, values=values)
    chosen = desk.bot.last("view_submission")["view"]["state"]["values"]["who"]["find"]
    assert chosen["selected_option"] == option("市2")
    reply = desk.hands.post("suggest", **form, block_id="kind", action_id="pick", value="x")
    assert reply.status == 404


def test_a_button_in_a_form_brings_the_view_and_what_was_filled_in(desk: Desk, form: Json) -> None:
    answer = desk.hands.do("interact", **form, action_id="in_form", values=amount("7"))
    assert [view["callback_id"] for view in answer["views"]] == ["second"]
    sent = desk.bot.last("block_actions")
    assert sent["container"] == {"type": "view", "view_id": form["view_id"]}
    assert sent["view"]["state"]["values"]["amount"]["text"]["value"] == "7"
    assert "channel" not in sent
    assert "response_url" not in sent


def test_closing_is_told_where_the_view_asks_for_it(desk: Desk, form: Json) -> None:
    answer = desk.hands.do("close-view", **form, wait=0)
    assert answer["acked"]
    sent = desk.bot.last("view_closed")
    assert (sent["view"]["id"], sent["is_cleared"]) == (form["view_id"], False)
    assert views(desk) == []
    assert desk.hands.post("close-view", **form).status == 404


def test_closing_the_one_in_front_leaves_the_one_behind(desk: Desk, form: Json) -> None:
    desk.hands.do("submit-view", **form, values=amount("次"), wait=0)
    front = desk.hands.look("views/U0STAFF")["views"][-1]["id"]
    answer = desk.hands.do("close-view", user="U0STAFF", view_id=front)
    assert answer["acked"] is None
    assert views(desk) == ["form"]
    desk.hands.do("submit-view", **form, values=amount("次"), wait=0)
    desk.hands.do("close-view", user="U0STAFF", view_id=form["view_id"], all=True, wait=0)
    assert desk.bot.last("view_closed")["is_cleared"] is True
    assert views(desk) == []


def test_a_chosen_channel_comes_with_a_response_url_where_asked_for(desk: Desk) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/echo x")
    element = {
        "type": "conversations_select",
        "action_id": "where",
        "response_url_enabled": True,
    }
    view = modal(entry("place", element), callback_id="second")
    trigger_id = desk.bot.last("/echo")["trigger_id"]
    opened = desk.bot.client.views_open(trigger_id=trigger_id, view=view)["view"]
    values = {"place": {"where": {"selected_conversation": "C0DIGEST"}}}
    desk.hands.do("submit-view", user="U0STAFF", view_id=opened["id"], values=values, wait=0)
    (url,) = desk.bot.last("view_submission")["response_urls"]
    assert (url["channel_id"], url["action_id"]) == ("C0DIGEST", "where")


NUMBER = {
    "type": "number_input",
    "action_id": "n",
    "is_decimal_allowed": False,
    "min_value": "0",
    "max_value": "100",
}


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [("0", True), ("100", True), ("-1", False), ("101", False), ("1.5", False), ("x", False)],
)
def test_numbers_are_checked_like_slacks_client_does(desk: Desk, text: str, is_fine: bool) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/echo x")
    trigger_id = desk.bot.last("/echo")["trigger_id"]
    view = desk.bot.client.views_open(
        trigger_id=trigger_id, view=modal(entry("n", NUMBER), callback_id="second")
    )["view"]
    values = {"n": {"n": {"value": text}}}
    answer = desk.hands.do("submit-view", user="U0STAFF", view_id=view["id"], values=values, wait=0)
    assert answer["ok"] is is_fine
