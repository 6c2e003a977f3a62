"""比較値: entered, mended and taken back in a form, by the owning department or by planners."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.comparison_form import (
    comparison_form,
    comparison_saved,
    named_in,
    read_comparison,
)
from bot.acting import act_once, click_key, met_user, refuse_powerless, refused_once, view_key
from bot.describing import indicator_named, permit_to_describe, show_form
from bot.desk import Desk
from store import comparisons
from store.comparisons import Comparison
from store.errors import Stale
from store.inbox import Reply
from store.people import Act
from store.plan import Indicator, Plan

GONE = "この比較値はすでにありません。`/kpi` から開き直してください。"


def open_comparison(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """比較値を記入, or 直す of one that is on record. Refused here already to those who may not."""
    user, team = met_user(desk, body)
    person, by, key = desk.who(user, team), desk.by(user, "button"), click_key(body, action)
    refused_once(desk, key, lambda: refuse_powerless(by, person, Act.DESCRIBE, "comparison"))
    named = named_in(str(action.get("value", "")))
    plan, indicator = indicator_named(desk, *named[:2])
    refused_once(desk, key, lambda: permit_to_describe(desk, by, person, plan, indicator.id))
    held = _held(desk, plan, indicator, *named[2:])
    form = comparison_form(plan.id, indicator, held, comparisons.places(desk.db, plan.id))
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_comparison(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: entered, mended or taken back."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def save() -> Reply:
        person = desk.who(user, team)
        refuse_powerless(by, person, Act.DESCRIBE, "comparison")
        named = named_in(view["private_metadata"])
        plan, indicator = indicator_named(desk, *named[:2])
        permit_to_describe(desk, by, person, plan, indicator.id)
        held = _held(desk, plan, indicator, *named[2:])
        given = read_comparison(view, indicator, held, desk.today)
        where = (desk.db, by, plan.id, indicator.id, given.place, given.period)
        if given.gone:
            comparisons.take_back(*where)
        else:
            comparisons.record(*where, given.values, given.source)
        return {"response_action": "update", "view": comparison_saved(indicator, given)}

    ack(**act_once(desk, view_key(body), save))


def _held(
    desk: Desk, plan: Plan, indicator: Indicator, period: str | None, place: str | None
) -> Comparison | None:
    """What a button names on record. Raises Stale when it was taken back since."""
    if period is None or place is None:
        return None
    found = comparisons.find(desk.db, plan.id, indicator.id, place, period)
    if found is None:
        raise Stale(GONE)
    return found
