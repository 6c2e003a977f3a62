"""「この言い方を覚える」: offered under answers, decided by planners, taken back by them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, Respond
from sqlite_utils import Database

from answers.answer_view import answer_view
from answers.content import Content
from answers.learning import picked_for, receipt
from answers.teachable import NOT_THERE
from bot import teaching
from bot.acting import (
    MOST_DIGITS,
    act_once,
    click_key,
    met_user,
    number_in,
    refuse_outsiders,
)
from bot.desk import Desk
from bot.listeners import asking, home
from bot.listeners.administering import show_view
from store.acts import By
from store.aliases import Alias
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, Who, permit
from store.plan import Plan
from store.taught import Subject, Thing

THINGS: dict[str, Thing] = {"indicator": "indicator", "policy": "policy", "goal": "goal"}
NO_SUCH = "この言い方の提案は見つかりません。"
Decide = Callable[[Database, By, Who, int], Alias]


def picked(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """A reading that was picked: its answer, with the offer to read those words so from now on."""
    words, unread = picked_for(action.get("value", ""))
    asked = {**action, "value": words}
    if (body.get("container") or {}).get("type") == "view":
        home.ask_button(desk, ack, body, asked, respond)
    else:
        asking.ask_button(desk, ack, body, asked, respond, unread)


def teach(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Propose the words that a button carries, which are checked as if anybody had typed them."""
    user, team = met_user(desk, body)
    by, value = desk.by(user, "button"), action.get("value", "")

    def propose() -> Reply:
        person = desk.who(user, team)
        refuse_outsiders(by, person, Act.ASK, "alias")
        plan, subject, words = _named(desk, value)
        return teaching.propose(desk.db, by, person, plan, subject, words).message

    reply = act_once(desk, click_key(body, action), propose)
    ack()
    desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **reply))


def learn(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """覚える, in the request: it then says who decided."""
    _decide(desk, body, action, teaching.learn)
    ack()


def decline(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """見送る, in the request: it then says who decided."""
    _decide(desk, body, action, teaching.decline)
    ack()


def learn_on_page(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """覚える on the page of words."""
    said = _decide(desk, body, action, teaching.learn)
    ack()
    _beside(desk, body, said, respond)


def decline_on_page(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """見送る on the page of words."""
    said = _decide(desk, body, action, teaching.decline)
    ack()
    _beside(desk, body, said, respond)


def forget(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """取り消す: the words are read as before they were learnt."""
    said = _decide(desk, body, action, teaching.forget)
    ack()
    _beside(desk, body, said, respond)


def _beside(desk: Desk, body: dict[str, Any], said: Content, respond: Respond) -> None:
    """What came of it, beside the page or in the place of the modal that shows it."""
    if (body.get("container") or {}).get("type") == "view":
        desk.after(partial(show_view, desk, body, answer_view(said)))
    else:
        desk.after(
            lambda: respond(response_type="ephemeral", replace_original=False, **said.message)
        )


def _decide(desk: Desk, body: dict[str, Any], action: dict[str, Any], decide: Decide) -> Content:
    user, team = met_user(desk, body)
    by, named = desk.by(user, "button"), action.get("value", "")

    def work() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.ADMINISTER, f"alias:{named[:MOST_DIGITS]}")
        decided = decide(desk.db, by, person, number_in(named, NO_SUCH))
        return receipt(desk.plan_of(decided.plan), decided).message

    reply = act_once(desk, click_key(body, action), work)
    return Content(reply["text"], tuple(reply["blocks"]))


def _named(desk: Desk, value: str) -> tuple[Plan, Subject, str]:
    """What a button names. Raises Stale for what is not in the current plan."""
    plan, kind, name, words = (*value.split("|", 3), "", "", "", "")[:4]
    current = desk.plan
    if plan != current.id or kind not in THINGS:
        raise Stale(NOT_THERE)
    return current, (THINGS[kind], name), words
