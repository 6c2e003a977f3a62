"""課長確認 by department, and the sentences of 差戻し: what planners set for all."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.answer_view import answer_view
from answers.away import away_done
from answers.preview import receipt_view
from answers.returning import MOST_TEMPLATE, MOST_TEMPLATES, TEMPLATE, read_templates_form
from bot.acting import act_once, click_key, met_user, view_key
from bot.admin.approvals import lead_rules_of
from bot.decision_forms import TEMPLATES
from bot.desk import Desk
from store import confirming, departments, settings
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, permit
from store.reading.seen import readable


def set_lead_rule(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """必要にする or 不要にする, from the next submission on."""
    user, team = met_user(desk, body)
    by = desk.by(user, "admin")
    wanted, _, department = action.get("value", "").partition("|")

    def set_rule() -> Reply:
        permit(by, desk.who(user, team), Act.ADMINISTER, "lead_rule")
        if department not in departments.departments(desk.db, desk.today):
            raise Stale("この課は今は登録されていません。変更はありません。")
        confirming.want(desk.db, by, department, wanted == "on")
        return {}

    act_once(desk, click_key(body, action), set_rule)
    ack()
    page = lead_rules_of(desk)
    if (body.get("container") or {}).get("type") == "view":
        update = partial(desk.client.views_update, view_id=body["view"]["id"])
        desk.after(lambda: update(view=answer_view(page)))
    else:
        desk.after(lambda: respond(replace_original=True, **page.message))


def keep_templates(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The sentences as they were typed, one a line; they hold from now on."""
    user, team = met_user(desk, body)
    by, typed = desk.by(user, "admin"), readable(read_templates_form(view)) or ""
    lines = [each.strip() for each in typed.splitlines() if each.strip()]

    def keep() -> Reply:
        permit(by, desk.who(user, team), Act.ADMINISTER, "return_templates")
        _check(lines)
        settings.put(desk.db, by, TEMPLATES, "\n".join(lines))
        said = away_done(f"差戻しの定型文を保存しました（{len(lines)}件）。")
        return {"response_action": "update", "view": {**receipt_view(said), "title": view["title"]}}

    ack(**act_once(desk, view_key(body), keep))


def _check(lines: list[str]) -> None:
    long = next((each for each in lines if len(each) > MOST_TEMPLATE), None)
    if long is not None:
        raise BadForm({TEMPLATE: f"{MOST_TEMPLATE}字を超える文があります: 「{long[:20]}…」"})
    if len(lines) > MOST_TEMPLATES:
        raise BadForm({TEMPLATE: f"{MOST_TEMPLATES}行までにしてください（いま{len(lines)}行）。"})
