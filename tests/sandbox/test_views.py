"""views.*: trigger ids, the stack of modals, hashes, external ids, the Home tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.bot import FORM, entry, modal, plain
from tests.sandbox.conftest import Desk
from tests.sandbox.hands import Json, soon
from tests.sandbox.test_chat import error_of

DIVIDER = {"type": "divider"}
HOME = {"type": "home", "blocks": [DIVIDER]}


@pytest.fixture
def trigger(desk: Desk) -> Callable[[], str]:
    """A fresh trigger id of U0STAFF, from a command."""

    def fresh() -> str:
        desk.hands.command("U0STAFF", "C0STAFF", "/echo x", wait=0)
        trigger_id: str = desk.bot.last("/echo")["trigger_id"]
        return trigger_id

    return fresh


@pytest.fixture
def slack(desk: Desk) -> WebClient:
    """The bot's client."""
    return desk.bot.client


def test_a_trigger_id_opens_one_modal_only(slack: WebClient, trigger: Callable[[], str]) -> None:
    once = trigger()
    view = slack.views_open(trigger_id=once, view=modal(DIVIDER))["view"]
    assert (view["type"], view["callback_id"], view["team_id"]) == ("modal", "form", "T0KITAMOTO")
    again = error_of(slack.views_open, trigger_id=once, view=modal(DIVIDER))
    assert again == "exchanged_trigger_id"


def test_a_trigger_id_runs_out_after_three_seconds(
    slack: WebClient, trigger: Callable[[], str], desk: Desk
) -> None:
    late = trigger()
    desk.sandbox.clock.set(desk.sandbox.clock.now() + timedelta(seconds=3.1))
    error = error_of(slack.views_open, trigger_id=late, view=modal(DIVIDER))
    assert error == "expired_trigger_id"
    error = error_of(slack.views_open, trigger_id="nonsense", view=modal(DIVIDER))
    assert error == "invalid_trigger_id"


def test_a_refused_view_does_not_use_up_the_trigger_id(
    slack: WebClient, trigger: Callable[[], str]
) -> None:
    one = trigger()
    bad = modal(DIVIDER, title=plain("x" * 25))
    assert error_of(slack.views_open, trigger_id=one, view=bad) == "invalid_arguments"
    assert slack.views_open(trigger_id=one, view=modal(DIVIDER))["ok"]


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        (modal(DIVIDER, title=plain("x" * 25)), "/view/title/text"),
        (modal(DIVIDER, submit=plain("x" * 25)), "/view/submit/text"),
        (modal(DIVIDER, title={"type": "mrkdwn", "text": "x"}), "/view/title/type"),
        (modal(DIVIDER, private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(*[DIVIDER] * 101), "no more than 100 items"),
        ({"type": "modal", "title": plain("x")}, "missing required field: blocks"),
        ({**modal(entry("a", {"type": "url_text_input"})), "submit": None}, "field: submit"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
        (HOME, "must be one of: modal"),
        ({"type": "dialog"}, "/view/type"),
        ("[]", "/view/type"),
    ],
)
def test_a_view_that_wont_do_is_refused_with_the_place(
    slack: WebClient, trigger: Callable[[], str], view: Json, complaint: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.api_call("views.open", json={"trigger_id": trigger(), "view": view})
    assert caught.value.response["error"] == "invalid_arguments"
    messages = caught.value.response["response_metadata"]["messages"]
    assert any(complaint in message for message in messages), messages


def test_a_view_of_more_than_250_kb_is_too_large(
    slack: WebClient, trigger: Callable[[], str]
) -> None:
    text = {"type": "section", "text": plain("あ" * 3000)}
    error = error_of(slack.views_open, trigger_id=trigger(), view=modal(*[text] * 30))
    assert error == "view_too_large"


def test_modals_stack_three_high(desk: Desk) -> None:
    desk.hands.command("U0STAFF", "C0STAFF", "/form")
    for depth in (2, 3):
        view = desk.hands.look("views/U0STAFF")["views"][0]
        desk.hands.do("interact", user="U0STAFF", view_id=view["id"], action_id="in_form")
        assert len(desk.hands.look("views/U0STAFF")["views"]) == depth
    stack = desk.hands.look("views/U0STAFF")["views"]
    assert stack[2]["previous_view_id"] == stack[1]["id"]
    assert stack[2]["root_view_id"] == stack[0]["id"]
    desk.hands.do("interact", user="U0STAFF", view_id=stack[0]["id"], action_id="in_form", wait=0)
    pushed = [line for line in desk.hands.log("api") if line["method"] == "views.push"]
    assert soon(lambda: desk.hands.log("api")[-1]["error"] == "push_limit_reached"), pushed


def test_pushing_needs_a_trigger_from_a_modal(slack: WebClient, trigger: Callable[[], str]) -> None:
    assert error_of(slack.views_push, trigger_id=trigger(), view=modal(DIVIDER)) == "not_found"


def test_opening_a_modal_replaces_the_one_before(
    slack: WebClient, trigger: Callable[[], str], desk: Desk
) -> None:
    slack.views_open(trigger_id=trigger(), view=modal(DIVIDER))
    second = slack.views_open(trigger_id=trigger(), view=modal(DIVIDER))["view"]["id"]
    assert [view["id"] for view in desk.hands.look("views/U0STAFF")["views"]] == [second]


def test_a_view_is_changed_by_id_or_external_id_unless_the_hash_is_old(
    slack: WebClient, trigger: Callable[[], str]
) -> None:
    first = modal(DIVIDER, external_id="one")
    view = slack.views_open(trigger_id=trigger(), view=first)["view"]
    changed = slack.views_update(view_id=view["id"], hash=view["hash"], view=first)["view"]
    assert changed["hash"] != view["hash"]
    stale = error_of(slack.views_update, view_id=view["id"], hash=view["hash"], view=first)
    assert stale == "hash_conflict"
    assert slack.views_update(external_id="one", view=first)["view"]["id"] == view["id"]
    assert error_of(slack.views_update, view_id="V0NO", view=first) == "not_found"


def test_an_external_id_is_used_once(slack: WebClient, trigger: Callable[[], str]) -> None:
    slack.views_publish(user_id="U0CHILD", view={**HOME, "external_id": "one"})
    twice = modal(DIVIDER, external_id="one")
    error = error_of(slack.views_open, trigger_id=trigger(), view=twice)
    assert error == "duplicate_external_id"


def test_what_was_filled_in_stays_when_the_bot_changes_the_view(desk: Desk) -> None:
    view = desk.hands.command("U0STAFF", "C0STAFF", "/form")["views"][0]
    typed = {"amount": {"text": {"value": "12"}}}
    desk.hands.do("interact", user="U0STAFF", view_id=view["id"], action_id="in_form", values=typed)
    other = {**FORM, "blocks": [FORM["blocks"][0], DIVIDER]}
    changed = desk.bot.client.views_update(view_id=view["id"], view=other)["view"]
    assert changed["state"]["values"] == {
        "amount": {"text": {"type": "plain_text_input", "value": "12"}}
    }


def test_the_home_tab_is_each_users_own_and_keeps_its_id(slack: WebClient, desk: Desk) -> None:
    assert desk.hands.look("home/U0STAFF") == {"view": None}
    first = slack.views_publish(user_id="U0STAFF", view=HOME)["view"]
    second = slack.views_publish(user_id="U0STAFF", view=HOME, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    stale = error_of(slack.views_publish, user_id="U0STAFF", view=HOME, hash=first["hash"])
    assert stale == "hash_conflict"
    assert desk.hands.look("home/U0CHILD") == {"view": None}
    assert error_of(slack.views_publish, user_id="U0NOBODY", view=HOME) == "user_not_found"
