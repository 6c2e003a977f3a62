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
    refuse_powerless(desk, key, by, person, Act.DESCRIBE, "card")
    named, _, id_ = str(action.get("value", "")).partition("|")
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
    by, key = desk.by(user, "form"), view_key(body)
    refuse_powerless(desk, key, by, desk.who(user, team), Act.DESCRIBE, "card")
    named, _, rest = view["private_metadata"].partition("|")
    id_, _, number = rest.rpartition("|")
    plan, indicator = indicator_named(desk, named, id_)
    seen = number_in(number, OLD)

    def save() -> Reply:
        permit_to_describe(desk, by, desk.who(user, team), plan, id_)
        changed = cards.fill_in(desk.db, by, plan, indicator, read_card(view), seen)
        after = cards.card(desk.db, plan, indicator)
        return {"response_action": "update", "view": card_saved(indicator, after, changed)}

    ack(**act_once(desk, key, save))
