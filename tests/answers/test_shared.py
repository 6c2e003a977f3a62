"""A shared answer is within Slack's limits, whatever is shared."""

from __future__ import annotations

from answers.content import Content
from answers.shared import LABEL, shared
from tests.answers.city import City
from tests.answers.seen import buttons
from tests.answers.slack_limits import message_faults


def test_every_policy_and_indicator_can_be_shared(city: City) -> None:
    for words in (*(p.code for p in city.plan.policies), *city.plan.by_id):
        answer = city.ask(words)
        assert LABEL in buttons(answer), words
        post = shared(answer, "U0STAFF")
        assert message_faults(post.message) == [], words
        assert buttons(post).keys() == buttons(answer).keys() - {LABEL}


def test_a_row_that_held_only_the_button_goes(city: City) -> None:
    button = buttons(city.ask("1-1"))[LABEL]
    post = shared(Content("a", ({"type": "actions", "elements": [button]},)), "U0STAFF")
    assert [block["type"] for block in post.blocks] == ["context"]
