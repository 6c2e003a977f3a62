"""予定: the times at which the bot speaks by itself, changed from the next day on."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.cycle_page import cycle_view
from answers.fields import typed
from answers.speech_times import changed_said
from answers.times_form import OLD, TITLE, WHY, Filled, read_times, times_form
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.admin import planned
from bot.describing import show_form
from bot.desk import Desk
from store import directory, times
from store.inbox import Reply
from store.people import Act, permit
from store.reading.seen import readable

SAME = "変更はありません。"


def open_times(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """時刻を変える: the form with the times as they will hold tomorrow."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, "times"))
    form = _form(desk)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_times(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent. When somebody else changed a time meanwhile, it is shown anew instead."""
    user, team = met_user(desk, body)

    def save() -> Reply:
        permit(desk.by(user, "form"), desk.who(user, team), Act.ADMINISTER, "times")
        opened = number_in(view["private_metadata"], OLD)
        if times.version(desk.db) != opened:
            reason = readable(typed(view["state"]["values"], WHY)) or ""
            return {"response_action": "update", "view": _form(desk, _overtaken(desk), reason)}
        notes = _keep(desk, user, read_times(view, opened))
        page = planned.shown(desk.db, desk.now())
        return {"response_action": "update", "view": cycle_view(page, notes, TITLE)}

    ack(**act_once(desk, view_key(body), save))


def _keep(desk: Desk, user: str, filled: Filled) -> list[str]:
    """What is said of it once it is kept."""
    by = desk.by(user, "form", filled.reason)
    first = times.first_day(by.at)
    before = times.timetable(desk.db).on(first)
    if not times.change(desk.db, by, filled.wanted):
        return [SAME]
    said = f"保存しました。明日（{first.month}/{first.day}）から次のとおりです。今日送る分は変わりません。"
    return [said, *changed_said(before, filled.wanted)]


def _form(desk: Desk, notice: str = "", reason: str = "") -> dict[str, Any]:
    first = times.first_day(desk.now())
    held = times.timetable(desk.db).on(first)
    return times_form(held, times.version(desk.db), first, desk.today, notice, reason)


def _overtaken(desk: Desk) -> str:
    last = times.changes(desk.db)[-1]
    who = directory.names(desk.db).get(last.actor, last.actor)
    return (
        f"入力中に{who}さんが時刻を変えたため、保存していません。"
        "いまの設定を確かめて、もう一度選んでください。"
    )
