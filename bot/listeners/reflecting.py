"""取組内容・要因・今後の方向性: written in a form, by the owning department or by planners."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.effort_form import effort_form, effort_saved, read_effort
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
from bot.describing import show_form
from bot.desk import Desk
from bot.remarking import OLD, owner_of, permit_effort, subject_meant
from store import directory, efforts
from store.inbox import Reply
from store.people import Act


def open_effort(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """取組内容を書く. Refused here already to those who may not; decided on sending."""
    user, team = met_user(desk, body)
    person, by, key = desk.who(user, team), desk.by(user, "button"), click_key(body, action)
    refused_once(desk, key, lambda: refuse_powerless(by, person, Act.REFLECT, "effort"))
    plan_id, year, named = parts_in(str(action.get("value", "")), 3, OLD)
    plan, collection, subject = subject_meant(desk, plan_id, year, named)
    refused_once(desk, key, lambda: permit_effort(desk, by, person, plan, subject))
    held = efforts.effort(desk.db, plan.id, collection, subject)
    name = directory.names(desk.db).get(held.actor, held.actor) if held else None
    form = effort_form(plan, subject, collection, held, name, desk.today)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_effort(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def save() -> Reply:
        person = desk.who(user, team)
        refuse_powerless(by, person, Act.REFLECT, "effort")
        plan_id, year, seen, named = parts_in(view["private_metadata"], 4, OLD)
        plan, collection, subject = subject_meant(desk, plan_id, year, named)
        before = number_in(seen, OLD)
        permit_effort(desk, by, person, plan, subject)
        written = read_effort(view, before > 0)
        owning = owner_of(desk, plan, subject)
        department = owning.id if owning else None
        efforts.write(desk.db, by, plan.id, collection, subject, department, written, before)
        return {
            "response_action": "update",
            "view": effort_saved(plan, subject, collection, written),
        }

    ack(**act_once(desk, view_key(body), save))
