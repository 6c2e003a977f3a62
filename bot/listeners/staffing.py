"""担当 in the planning section's hands: departments and planners, edited in forms from Slack."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.department_form import LEADS, MEMBERS, members_block, read_department
from answers.handed_over import saved
from answers.handover_forms import PLANNERS, planners_form
from answers.people_fields import ID, read_people
from bot import staffing
from bot.acting import (
    act_once,
    click_key,
    met_user,
    number_in,
    parts_in,
    refused_once,
    view_key,
)
from bot.desk import FAILURES, Desk
from store import departments, directory
from store.acts import By
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, permit
from store.people_file import appoint

GONE = "この課は今は登録されていません。`/kpi-admin 担当` から開き直してください。"
CHANGED = (
    "このフォームを開いた後に、この課の登録が変わりました。"
    "内容を確かめるため、開き直してもう一度入力してください。"
)
NOBODY = "企画担当は1人以上必要です。"
NOT_READ = "ユーザーグループを読めませんでした。担当者を直接選んでください。"


def edit_department(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """編集 and 担当課を追加: the form, with the user groups there are."""
    permitted(desk, body, click_key(body, action), "department")
    department = str(action.get("value", ""))
    given = staffing.as_given(desk, department)
    if department and not given:
        raise Stale(GONE)
    ack()

    def show() -> None:
        desk.open_view(body["trigger_id"], staffing.form(desk, department, given), respond)

    desk.after(show)


def expand_group(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """A user group was picked: its people are filled in as members, for the planner to confirm."""
    permitted(desk, body, click_key(body, action), "department")
    group = (action.get("selected_option") or {}).get("value", "")
    view = body.get("view")
    if view is None:
        raise Stale(GONE)
    department, _, filled = parts_in(view["private_metadata"], 3, GONE)
    again = number_in(filled, GONE) + 1
    ack()
    desk.after(partial(_fill_in, desk, view, group, department, again))


def _fill_in(desk: Desk, view: dict[str, Any], group: str, department: str, times: int) -> None:
    given = read_department(view["state"]["values"])
    known = staffing.as_given(desk, department)
    try:
        found = list(desk.client.usergroups_users_list(usergroup=group)["users"])
    except FAILURES:
        found, said = [], NOT_READ
    else:
        named = directory.names(desk.db)
        joining = [u for u in staffing.full_members(desk.db, found) if u not in given[LEADS]]
        given[MEMBERS] = list(dict.fromkeys([*given[MEMBERS], *joining]))
        called = "・".join(named.get(u, u) for u in joining) or "該当なし"
        said = (
            f"グループから担当者に加えました: {called}。外す人があれば外してから保存してください。"
        )
    again = staffing.form(desk, department, {**given, ID: known.get(ID, given[ID])}, said, times)
    if not department:
        again = {**again, "private_metadata": staffing.metadata("", 0, times)}
    desk.client.views_update(view_id=view["id"], hash=view["hash"], view=again)


def save_department(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """保存: name, people and tasks hold from the day given on."""
    named = view["private_metadata"].partition("|")[0]
    by = permitted(desk, body, view_key(body), f"department:{named}")
    department, mark, _ = parts_in(view["private_metadata"], 3, GONE)
    given = read_department(view["state"]["values"])

    def save() -> Reply:
        members = members_block(view["state"]["values"])
        staffing.check_people(desk.db, {LEADS: given[LEADS], members: given[MEMBERS]})
        entry = staffing.entry_of(desk.db, department, given, desk.today)
        if department and str(staffing.mark(desk.db, department)) != mark:
            raise Stale(CHANGED)
        since = entry.since or desk.today
        before = staffing.described(desk, entry.id, since)
        appoint(desk.db, by, desk.plan.id, entry, since)
        staffing.give_up(desk.db, by, desk.plan.id, entry, since)
        after = staffing.described(desk, entry.id, since)
        return staffing.instead(saved(staffing.changes(before, after, since)))

    ack(**act_once(desk, view_key(body), save))


def edit_planners(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """企画担当を変える: who approves."""
    permitted(desk, body, click_key(body, action), "planners")
    view = planners_form(departments.planners(desk.db))
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def save_planners(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The planning section is who was picked; somebody always remains."""
    wanted = read_people(view["state"]["values"], PLANNERS)
    by = permitted(desk, body, view_key(body), "planners")

    def save() -> Reply:
        staffing.check_people(desk.db, {PLANNERS: wanted})
        if not wanted:
            raise BadForm({PLANNERS: NOBODY})
        before = set(departments.planners(desk.db))
        for user in wanted:
            departments.make_planner(desk.db, by, user)
        for user in before - set(wanted):
            departments.drop_planner(desk.db, by, user)
        names = directory.names(desk.db)
        added = [f"企画担当に加えました: {names.get(u, u)}" for u in wanted if u not in before]
        left = [f"企画担当から外しました: {names.get(u, u)}" for u in sorted(before - set(wanted))]
        return staffing.instead(saved([*added, *left]))

    ack(**act_once(desk, view_key(body), save))


def permitted(desk: Desk, body: dict[str, Any], key: str, subject: str) -> By:
    """The act of somebody who may administer; others are refused, with one audit row."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "admin")
    refused_once(desk, key, lambda: permit(by, person, Act.ADMINISTER, subject))
    return by
