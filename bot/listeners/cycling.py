"""年間サイクル: dates set, stages closed and opened again."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.cycle_form import dates_form, read_dates
from answers.cycle_page import CLOSE, WHY, cycle_view
from answers.stage_form import read_reason, stage_form
from bot import closed_stages
from bot.acting import act_once, click_key, met_user, number_in, refused_once, view_key
from bot.admin import cycle as cycle_pages
from bot.describing import show_form
from bot.desk import Desk
from store import cycle as cycles
from store import directory, stages
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, permit
from store.stages import STAGES, gap_said, gaps

OLD = "この画面は古いため使えません。`/kpi-admin サイクル` から開き直してください。"


def open_dates(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """日付を変える: the form with the dates as they hold."""
    _permitted(desk, body, action, "cycle:edit")
    collection, _ = _named(desk, action.get("value", ""))
    form = _dates(desk, collection)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def save_dates(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent. When somebody else changed a date meanwhile, it is shown anew instead."""
    user, team = met_user(desk, body)

    def save() -> Reply:
        permit(desk.by(user, "form"), desk.who(user, team), Act.ADMINISTER, "cycle")
        collection, opened = _named(desk, view["private_metadata"])
        version = number_in(opened, OLD)
        plan, db = desk.plan, desk.db
        if cycles.version(db, plan.id, collection) != version:
            shown = _dates(desk, collection, _overtaken(desk, collection))
            return {"response_action": "update", "view": shown}
        picked = read_dates(view, plan, collection, version)
        by = desk.by(user, "form", picked.reason)
        changed = cycles.set_dates(db, by, plan.id, collection, picked.days)
        done = "保存しました。督促や週報はこの日付に従います。" if changed else "変更はありません。"
        page = cycle_pages.shown(desk, collection)
        return {"response_action": "update", "view": cycle_view(page, (done, *picked.notes))}

    ack(**act_once(desk, view_key(body), save))


def _overtaken(desk: Desk, collection: int) -> str:
    found = cycles.dates_set(desk.db, desk.plan.id, collection).values()
    last = max(found, key=lambda each: each.at)
    who = directory.names(desk.db).get(last.actor, last.actor)
    return f"入力中に{who}さんが日付を変えたため、保存していません。いまの日付を確かめて、もう一度選んでください。"


def open_stage(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """完了にする, or take it back: what the stage lacks is shown, and a reason asked where one is due."""
    _permitted(desk, body, action, "stage")
    collection, stage = _named(desk, action.get("value", ""))
    closes = action["action_id"].startswith(CLOSE)
    heard = len(closed_stages.hearing(desk.db))
    form = stage_form(desk.outlook(collection), _known(stage), closes, heard)
    ack()
    desk.after(lambda: show_form(desk, body, form, respond))


def close_stage(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: the stage is closed. What came to lack since it was opened is told first."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form", read_reason(view))

    def close() -> Reply:
        permit(by, desk.who(user, team), Act.ADMINISTER, "stage")
        collection, rest = _named(desk, view["private_metadata"])
        stage, _, overrule = rest.partition("|")
        outlook = desk.outlook(collection)
        lacking = "、".join(gap_said(gap) for gap in gaps(outlook, _known(stage)))
        if lacking and not overrule:
            said = f"画面を開いた後に不足が生じました（{lacking}）。開き直してください。"
            raise BadForm({WHY: said})
        if lacking and not by.reason:
            raise BadForm({WHY: f"不足があるため（{lacking}）、理由を書いてください。"})
        stages.close(desk.db, by, outlook, stage, bool(overrule))
        closed_stages.tell_closed(desk.db, by, desk.outlook(collection), stage)
        return _page(desk, collection, "完了にしました。")

    ack(**act_once(desk, view_key(body), close))


def reopen_stage(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: the stage is under way again."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form", read_reason(view))

    def reopen() -> Reply:
        permit(by, desk.who(user, team), Act.ADMINISTER, "stage")
        collection, rest = _named(desk, view["private_metadata"])
        if not by.reason:
            raise BadForm({WHY: "取り消す理由を書いてください。履歴に残ります。"})
        stage = _known(rest.partition("|")[0])
        stages.reopen(desk.db, by, desk.plan.id, collection, stage)
        closed_stages.tell_reopened(desk.db, by, desk.outlook(collection), stage)
        return _page(desk, collection, "完了を取り消しました。")

    ack(**act_once(desk, view_key(body), reopen))


def _permitted(desk: Desk, body: dict[str, Any], action: dict[str, Any], what: str) -> None:
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.ADMINISTER, what))


def _dates(desk: Desk, collection: int, notice: str = "") -> dict[str, Any]:
    plan = desk.plan
    dates = cycles.cycle(cycles.held(desk.db, plan.id), plan.id, collection)
    return dates_form(plan, dates, cycles.version(desk.db, plan.id, collection), notice)


def _page(desk: Desk, collection: int, done: str) -> Reply:
    view = cycle_view(cycle_pages.shown(desk, collection), (done,))
    return {"response_action": "update", "view": view}


def _named(desk: Desk, value: str) -> tuple[int, str]:
    """The collection that a button or form names, and what follows it."""
    plan, _, rest = value.partition("|")
    year, _, rest = rest.partition("|")
    collection = number_in(year, OLD)
    if plan != desk.plan.id or collection not in cycles.collections(desk.plan, desk.today):
        raise Stale(OLD)
    return collection, rest


def _known(stage: str) -> str:
    if stage not in STAGES:
        raise Stale(OLD)
    return stage
