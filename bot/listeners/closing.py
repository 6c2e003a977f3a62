"""締め: the buttons of its page, and the form for a reason: to undo it, or to leave something 確認中."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.answer_view import CALLBACK, answer_view
from answers.closing import WHY, read_reason_form, reason_form
from answers.content import Content
from answers.preview import receipt_view
from answers.propose import readable
from bot import closing
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.desk import Desk
from bot.naming_rounds import named_in_button
from store.errors import BadForm
from store.inbox import Reply
from store.locks import Change
from store.people import Act, permit

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
    if (body.get("container") or {}).get("type") == "view":
        desk.after(partial(show_page, desk, body, reply))
    else:
        desk.after(lambda: respond(replace_original=True, **reply))


def show_page(desk: Desk, body: dict[str, Any], reply: Reply) -> None:
    """Put the page as it now stands in the place of the one in the modal that was acted in."""
    view = answer_view(Content(reply["text"], tuple(reply["blocks"])))
    if body["view"].get("callback_id") == CALLBACK:
        desk.client.views_update(view_id=body["view"]["id"], view=view)


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
    if (body.get("container") or {}).get("type") == "view":
        desk.after(lambda: desk.client.views_push(trigger_id=body["trigger_id"], view=view))
    else:
        desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


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
        return {"response_action": "update", "view": {**receipt_view(page), "title": view["title"]}}

    ack(**act_once(desk, view_key(body), propose))
