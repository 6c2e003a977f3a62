"""公開の決定: the buttons of its page, and the form that asks why a publication is taken back."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.publication_told import WHY, read_revoke_form, revoke_form
from bot import publishing
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.describing import show_form
from bot.desk import Desk
from bot.naming_rounds import named_in_button
from bot.pages_shown import after_form, in_place
from store.errors import BadForm
from store.inbox import Reply
from store.people import Act, permit
from store.reading.seen import readable

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
    in_place(desk, body, respond, reply)


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
    desk.after(lambda: show_form(desk, body, view, respond))


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
        return after_form(page, view)

    ack(**act_once(desk, view_key(body), act))
