"""静穏: a quiet period is set, changed or taken back."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.cycle_page import cycle_view
from answers.quiet_form import NAME, Wanted, quiet_form, read_quiet
from bot.acting import act_once, click_key, met_user, refused_once, view_key
from bot.admin.quieting import shown
from bot.describing import show_form
from bot.desk import Desk
from store.acts import By
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, permit
from store.quiet import Quiet, drop_quiet, quiet_periods, set_quiet

OLD = "この画面は古いため使えません。`/kpi-admin 静穏` から開き直してください。"
OVERTAKEN = "入力中にこの期間が変わりました。画面を閉じて、開き直してください。"
TAKEN = "同じ名前の期間があります。別の名前にするか、その期間を変えてください。"


def open_period(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """変える or 期間を加える: the form."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, "quiet"))
    name = action.get("value") or ""
    held = _held(desk, name)
    if name and held is None:
        raise Stale(OLD)
    form = quiet_form(held)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_period(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """保存: the period holds at once, also for what is ready to be posted."""
    user, team = met_user(desk, body)

    def save() -> Reply:
        permit(desk.by(user, "form"), desk.who(user, team), Act.ADMINISTER, "quiet")
        wanted = read_quiet(view)
        if wanted is None:
            raise Stale(OLD)
        changed = _keep(desk, desk.by(user, "form", wanted.reason), wanted)
        page = shown(desk, "保存しました。" if changed else "変更はありません。")
        return {
            "response_action": "update",
            "view": cycle_view(page, title="通知を控える期間"),
        }

    ack(**act_once(desk, view_key(body), save))


def _keep(desk: Desk, by: By, wanted: Wanted) -> bool:
    """Whether anything is another now. A renamed period is one taken back and one set."""
    db, opened, period = desk.db, wanted.opened, wanted.period
    if opened and _held(desk, opened.name) != opened:
        raise BadForm({NAME: OVERTAKEN})
    if wanted.gone and opened:
        drop_quiet(db, by, opened.name)
        return True
    renamed = opened is None or opened.name != period.name
    if renamed and _held(desk, period.name):
        raise BadForm({NAME: TAKEN})
    if opened and renamed:
        drop_quiet(db, by, opened.name)
    set_quiet(db, by, period)
    return period != opened


def _held(desk: Desk, name: str) -> Quiet | None:
    return next((each for each in quiet_periods(desk.db) if each.name == name), None)
