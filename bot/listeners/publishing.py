"""公開の決定: the buttons of its page, and the form that asks why a publication is taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.preview import receipt_view
from answers.propose import readable
from answers.publishing import WHY, read_revoke_form, revoke_form
from bot import publishing
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.desk import Desk
from bot.listeners.closing import show_page
from bot.naming_rounds import named_in_button
from store.errors import BadForm
from store.inbox import Reply
from store.people import Act, permit

OLD = "このボタンは古いため使えません。`/kpi-admin 公開` から開き直してください。"


def press(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Propose, agree or drop; the page then shows what holds."""
    user, team = met_user(desk, body)
    by, what, named = desk.by(user, "button"), action["action_id"], action.get("value", "")

    def act() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.PUBLISH, what)
        if what == "publication:propose":
            made = publishing.propose(desk.db, by, person, *named_in_button(desk, named, OLD))
        else:
            agreed, number = what == "publication:agree", number_in(named, OLD)
            made = publishing.settle(desk.db, by, person, number, agreed)
        return publishing.page(desk.db, by, made.plan, made.collection).message

    reply = act_once(desk, click_key(body, action), act)
    ack()
    if (body.get("container") or {}).get("type") == "view":
        desk.after(partial(show_page, desk, body, reply))
    else:
        desk.after(lambda: respond(replace_original=True, **reply))


def open_revoke(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """公開を取りやめる: the reason is asked first."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.PUBLISH, "revoke"))
    plan, collection = named_in_button(desk, action.get("value", ""), OLD)
    view = revoke_form(collection, f"{plan}|{collection}")
    ack()
    if (body.get("container") or {}).get("type") == "view":
        desk.after(lambda: desk.client.views_push(trigger_id=body["trigger_id"], view=view))
    else:
        desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def revoke(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The reason was given: the decision is taken back."""
    user, team = met_user(desk, body)
    why = readable(read_revoke_form(view)) or ""
    by = desk.by(user, "form", why)

    def act() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.PUBLISH, "revoke")
        plan, collection = named_in_button(desk, view["private_metadata"], OLD)
        if not why:
            raise BadForm({WHY: "理由を書いてください。履歴に残ります。"})
        publishing.revoke(desk.db, by, person, plan, collection)
        page = publishing.page(desk.db, by, plan, collection)
        return {"response_action": "update", "view": {**receipt_view(page), "title": view["title"]}}

    ack(**act_once(desk, view_key(body), act))
