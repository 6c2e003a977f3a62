"""意見: entered and mended by planners, answered by whoever owns them, in forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, Respond

from answers.answering_form import answer_form, read_answer
from answers.opinion_form import (
    enter_form,
    opinion_saved,
    read_enter,
    subject_options,
)
from bot import opinions
from bot.acting import (
    act_once,
    acting_user,
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
from bot.opinions_seen import plan_of, seen_by
from bot.proposals import reportable_years
from bot.remarking import OLD, owner_of, permit_answer
from store import departments, shelf
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, permit
from store.remarks import Opinion


def open_enter(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """意見を追加, or 直す."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(
        desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, "opinion")
    )
    mends = action["action_id"] != "opinion:add"
    held = opinions.found(desk, number_in(action.get("value", ""), OLD)) if mends else None
    known = departments.departments(desk.db, desk.today).values()
    plan = plan_of(desk, held) if held else desk.plan
    form = enter_form(plan, reportable_years(plan, desk.today), known, held)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def suggest_subjects(desk: Desk, ack: Ack, body: dict[str, Any]) -> None:
    """What an opinion can be about, by what is typed."""
    user, team = acting_user(body)
    planner = desk.who(user, team).may(Act.ADMINISTER)
    named = str((body.get("view") or {}).get("private_metadata", "")).partition("|")[0]
    over = named != desk.plan.id and named in shelf.plan_ids(desk.db)
    plan = shelf.ended(desk.db, named) if over else desk.plan
    ack(options=subject_options(plan, body["value"]) if planner else [])


def save_enter(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: entered, mended or taken back."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def save() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.ADMINISTER, "opinion")
        plan_id, number, seen = _named(view["private_metadata"])
        held = opinions.found(desk, number) if number else None
        if plan_id != (held.plan if held else desk.plan.id):
            raise Stale(OLD)
        return _saved(desk, by.actor, view, held, seen, team)

    ack(**act_once(desk, view_key(body), save))


def _saved(
    desk: Desk, user: str, view: dict[str, Any], held: Opinion | None, seen: int, team: str | None
) -> Reply:
    plan = plan_of(desk, held) if held else desk.plan
    person, by = desk.who(user, team), desk.by(user, "form")
    given = read_enter(view, plan, reportable_years(plan, desk.today), held)
    said = given.said
    if given.owner_of_subject:
        owner = owner_of(desk, plan, said.subject)
        said = replace(said, department=owner.id if owner else None)
    if held and given.gone:
        opinions.take_back(desk, by, person, held.number, seen)
        done, told = f"意見 #{held.number} を取り消しました。", None
    elif held:
        told = opinions.mend(desk, by, person, held.number, said, seen)
        done = f"意見 #{held.number} を直しました。"
    else:
        told = opinions.enter(desk, by, person, plan, given.collection, said)
        done = f"意見 #{told.number} を保存しました。"
    seen_now = seen_by(desk, person, [told] if told else [])
    return {"response_action": "update", "view": opinion_saved("意見", done, told, seen_now)}


def open_answer(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """対応を書く. Refused here already to those who may not; decided on sending."""
    user, team = met_user(desk, body)
    person, by, key = desk.who(user, team), desk.by(user, "button"), click_key(body, action)
    refused_once(desk, key, lambda: refuse_powerless(by, person, Act.ANSWER, "opinion"))
    found = opinions.found(desk, number_in(action.get("value", ""), OLD))
    refused_once(desk, key, lambda: permit_answer(desk, by, person, found))
    form = answer_form(found, seen_by(desk, person, [found]))
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_answer(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """What was done was sent."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def save() -> Reply:
        person = desk.who(user, team)
        refuse_powerless(by, person, Act.ANSWER, "opinion")
        number, seen = (number_in(p, OLD) for p in parts_in(view["private_metadata"], 2, OLD))
        permit_answer(desk, by, person, opinions.found(desk, number))
        told = opinions.answer(desk, by, person, number, read_answer(view), seen)
        seen_now = seen_by(desk, person, [told])
        made = opinion_saved("意見への対応", "対応を保存しました。", told, seen_now)
        return {"response_action": "update", "view": made}

    ack(**act_once(desk, view_key(body), save))


def _named(hidden: str) -> tuple[str, int, int]:
    """What a form's metadata names: a plan, an opinion (0: none yet), what was seen of it."""
    plan, number, seen = parts_in(hidden, 3, OLD)
    return plan, number_in(number, OLD), number_in(seen, OLD)
