"""締め: the buttons of its page, and the form for a reason: to undo it, or to leave something 確認中."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.closing import WHY, read_reason_form, reason_form
from bot import closing
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.describing import show_form
from bot.desk import Desk
from bot.naming_rounds import named_in_button
from bot.pages_shown import after_form, in_place
from store.errors import BadForm
from store.inbox import Reply
from store.locks import Change
from store.people import Act, permit
from store.reading.seen import readable

OLD = "このボタンは古いため使えません。`/kpi-admin 締め` から開き直してください。"


def press(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Propose, agree or drop; the page then shows what holds."""
    user, team = met_user(desk, body)
    by, what, named = desk.by(user, "button"), action["action_id"], action.get("value", "")

    def act() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.LOCK, what)
        if what == "lock:propose":
            made = closing.propose(desk.db, by, person, *named_in_button(desk, named, OLD), "lock")
        else:
            agreed = what == "lock:agree"
            made = closing.settle(desk.db, by, person, number_in(named, OLD), agreed)
        return closing.page(desk.db, by, made.plan, made.collection).message

    reply = act_once(desk, click_key(body, action), act)
    ack()
    in_place(desk, body, respond, reply)


def open_reason(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """締めの解除を提案, or 締め with something still 確認中: the reason is asked first."""
    user, team = met_user(desk, body)
    person, by, named = desk.who(user, team), desk.by(user, "button"), action.get("value", "")
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.LOCK, "undo"))
    plan, collection = named_in_button(desk, named, OLD)
    change: Change = "lock" if action["action_id"] == "lock:leave" else "unlock"
    view = reason_form(collection, change, f"{plan}|{collection}")
    ack()
    desk.after(lambda: show_form(desk, body, view, respond))


def propose_for_reason(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The reason was given: the other planners are asked."""
    user, team = met_user(desk, body)
    why = readable(read_reason_form(view)) or ""
    by = desk.by(user, "form", why)
    change: Change = "lock" if view["callback_id"] == "propose_lock" else "unlock"

    def propose() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.LOCK, "undo")
        plan, collection = named_in_button(desk, view["private_metadata"], OLD)
        if not why:
            raise BadForm({WHY: "理由を書いてください。履歴に残ります。"})
        closing.propose(desk.db, by, person, plan, collection, change)
        page = closing.page(desk.db, by, plan, collection)
        return after_form(page, view)

    ack(**act_once(desk, view_key(body), propose))
