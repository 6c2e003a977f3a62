"""通知の設定: from one's Home tab, how one wants to be told. Nobody chooses for somebody else."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.layout import compose, say
from answers.own_notices import ALWAYS, notices_form, read_notices
from answers.preview import receipt_view
from answers.spans import line
from bot.acting import act_once, click_key, met_user, refused_once, view_key
from bot.describing import show_form
from bot.desk import Desk
from store.errors import Stale
from store.inbox import Reply
from store.manners import choose, manners
from store.people import Act, permit

OLD = "この画面は古いため使えません。ホームの〔通知の設定〕から開き直してください。"
TITLE = {"type": "plain_text", "text": "通知の設定"}


def open_notices(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """The form with what holds for the acting person."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.ASK, "own"))
    form = notices_form(manners(desk.db, user))
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_notices(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """保存: it holds for the person who sent the form, from the next message on."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def save() -> Reply:
        permit(by, desk.who(user, team), Act.ASK, "own")
        wanted = read_notices(view)
        if wanted is None:
            raise Stale(OLD)
        changed = choose(desk.db, by, wanted)
        said = (
            "保存しました。次のお知らせから、この設定に従います。"
            if changed
            else "変更はありません。"
        )
        told = compose((say(line(said)), say(line(ALWAYS))))
        return {"response_action": "update", "view": {**receipt_view(told), "title": TITLE}}

    ack(**act_once(desk, view_key(body), save))
