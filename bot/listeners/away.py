"""不在・代行: opened from Home or by `/kpi-admin 不在`, sent, taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.away import away_done, read_away_form, span
from answers.preview import receipt_view
from bot import absences
from bot.acting import act_once, click_key, met_user, refused_once, view_key
from bot.desk import Desk
from store import directory
from store.inbox import Reply

TITLE = {"type": "plain_text", "text": "不在・代行"}


def open_away(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """The form, for leads and planners."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(desk, click_key(body, action), lambda: absences.permit_away(by, person))
    view = absences.form(desk, person)
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def be_away(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: the deputy stands in from the first day to the last."""
    user, team = met_user(desk, body)
    by, filled = desk.by(user, "form"), read_away_form(view)

    def register() -> Reply:
        made = absences.register(desk.db, by, desk.who(user, team), *filled)
        deputy = directory.names(desk.db).get(made.deputy, made.deputy)
        said = f"{span(made, desk.today)}の不在を登録しました。代行は{deputy}さんです。"
        shown = {**receipt_view(away_done(said)), "title": TITLE}
        return {"response_action": "update", "view": shown}

    ack(**act_once(desk, view_key(body), register))


def be_back(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """取り消す: the absence ends now, and the form shows what is left."""
    user, team = met_user(desk, body)
    by, capacity = desk.by(user, "button"), action.get("value", "")

    def take_back() -> Reply:
        absences.take_back(desk.db, by, desk.who(user, team), capacity)
        return {}

    act_once(desk, click_key(body, action), take_back)
    ack()
    desk.after(partial(_show, desk, body, user, team))


def _show(desk: Desk, body: dict[str, Any], user: str, team: str | None) -> None:
    if "view" in body:
        form = absences.form(desk, desk.who(user, team))
        desk.client.views_update(view_id=body["view"]["id"], view=form)
