"""定義カード: opened by a button, filled in by the department that owns the indicator or by planners."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.card_form import card_form, card_saved, read_card
from bot.acting import (
    act_once,
    click_key,
    met_user,
    number_in,
    parts_in,
    refuse_powerless,
    refused_once,
    view_key,
)
from bot.describing import OLD, indicator_named, permit_to_describe, show_form
from bot.desk import Desk
from store import cards, directory
from store.inbox import Reply
from store.people import Act


def open_card(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """記入する: the card as it stands. Refused here already to those who may not."""
    user, team = met_user(desk, body)
    person, by, key = desk.who(user, team), desk.by(user, "button"), click_key(body, action)
    refused_once(desk, key, lambda: refuse_powerless(by, person, Act.DESCRIBE, "card"))
    named, id_ = parts_in(str(action.get("value", "")), 2, OLD)
    plan, indicator = indicator_named(desk, named, id_)
    refused_once(desk, key, lambda: permit_to_describe(desk, by, person, plan, id_))
    seen = cards.newest_number(desk.db, plan.id, id_)
    card, names = cards.card(desk.db, plan, indicator), directory.names(desk.db)
    form = card_form(card, indicator, names, desk.today, seen)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_card(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The card was sent: what changed is entered, and the form says what that was."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def save() -> Reply:
        person = desk.who(user, team)
        refuse_powerless(by, person, Act.DESCRIBE, "card")
        named, id_, number = parts_in(view["private_metadata"], 3, OLD)
        plan, indicator = indicator_named(desk, named, id_)
        seen = number_in(number, OLD)
        permit_to_describe(desk, by, person, plan, id_)
        changed = cards.fill_in(desk.db, by, plan, indicator, read_card(view), seen)
        after = cards.card(desk.db, plan, indicator)
        return {"response_action": "update", "view": card_saved(indicator, after, changed)}

    ack(**act_once(desk, view_key(body), save))
