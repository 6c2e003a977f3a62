"""照会様式: `/kpi-submit 様式 [課名] [R6]` issues a department's sheet and sends it by DM."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers import sheet_messages
from answers.plain import department_in
from answers.propose import check_collection
from bot.acting import (
    act_once,
    click_key,
    looked_up,
    met_user,
    number_in,
    refuse_outsiders,
    refuse_powerless,
    refused_once,
)
from bot.desk import Desk
from bot.sheet_work import begin
from store import departments, sheets
from store.acts import By
from store.departments import Department
from store.errors import NotAllowed, Stale, UnknownWords
from store.fiscal import read_year
from store.inbox import Reply
from store.people import Act, Who
from store.standing import State

OLD = "このボタンは古いため使えません。`/kpi-submit 様式` からやり直してください。"
NO_DEPARTMENT = (
    "様式は担当課の担当者と企画担当が受け取れます。あなたの所属: なし。担当の変更は企画担当へ。"
)


def ask_for_sheet(desk: Desk, ack: Ack, command: dict[str, Any], person: Who) -> None:
    """`/kpi-submit 様式 [課名] [R6]`: the department's sheet, or a choice between several."""
    key, by = f"command:{command['trigger_id']}", desk.by(person.user, "command")
    collection, named = _read_words(desk, command["text"])
    choices = [named] if named else _choices(desk, person)
    for department in choices:
        refused_once(desk, key, partial(_permit, by, person, department))
    if not choices:
        refused_once(desk, key, partial(_refuse, by, "sheet", NO_DEPARTMENT))
    if len(choices) != 1:
        said = sheet_messages.which_department(choices, collection)
        ack(response_type="ephemeral", **said.message)
        return
    reply = act_once(desk, key, partial(_issue, desk, by, choices[0], collection))
    ack(response_type="ephemeral", **reply)
    begin(desk)


def pick_department(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """One of several departments was chosen."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    name, _, year = action.get("value", "").partition("|")

    def issue() -> Reply:
        refuse_outsiders(by, person, Act.SUBMIT, "sheet")
        department = looked_up(
            lambda: _department(desk, name),
            lambda: refuse_powerless(by, person, Act.SUBMIT, "sheet", Act.PROXY),
        )
        _permit(by, person, department)
        collection = number_in(year, OLD)
        check_collection(desk.plan, collection, desk.today, "")
        return _issue(desk, by, department, collection)

    reply = act_once(desk, click_key(body, action), issue)
    ack()
    begin(desk)
    desk.after(lambda: respond(replace_original=True, **reply))


def _department(desk: Desk, name: str) -> Department:
    found = departments.departments(desk.db, desk.today).get(name)
    if found is None:
        raise Stale(OLD)
    return found


def _read_words(desk: Desk, typed: str) -> tuple[int, Department | None]:
    """The collection (the current one by default) and the department that was named, if any."""
    years = {word: read_year(word, desk.today) for word in typed.split()[1:]}
    collection = next((year for year in years.values() if year is not None), None)
    rest = " ".join(word for word, year in years.items() if year is None)
    if collection is None:
        collection = desk.outlook(None, []).cycle.collection
    check_collection(desk.plan, collection, desk.today, f"/kpi-submit {typed}")
    known = departments.departments(desk.db, desk.today)
    named, left = department_in(rest, known.values())
    named = known.get(rest) or named
    if rest and (named is None or (left.strip() and rest not in known)):
        names = "、".join(each.name for each in _owning(desk, known)) or "（まだありません）"
        raise UnknownWords(
            f"「{rest}」という課は見つかりません。指標を担当する課: {names}",
            f"/kpi-submit {typed}",
        )
    return collection, named


def _choices(desk: Desk, person: Who) -> list[Department]:
    """The person's departments that own indicators; for a planner without any, all that do."""
    known = departments.departments(desk.db, desk.today)
    owning = _owning(desk, known)
    mine = [each for each in owning if person.belongs_to(each)]
    return mine or (owning if person.planner else list(person.departments)[:1])


def _owning(desk: Desk, known: dict[str, Department]) -> list[Department]:
    owners = set(departments.owners(desk.db, desk.plan.id, desk.today).values())
    return [each for each in known.values() if each.id in owners]


def _permit(by: By, person: Who, department: Department) -> None:
    if not person.belongs_to(department) and not person.may(Act.PROXY):
        mine = "・".join(d.name for d in person.departments) or "なし"
        said = (
            f"{department.name}の様式は、その担当者と企画担当が受け取れます。あなたの所属: {mine}。"
        )
        _refuse(by, f"sheet:{department.id}", said)


def _refuse(by: By, subject: str, said: str) -> None:
    raise NotAllowed(said, by, Act.SUBMIT, subject)


def _issue(desk: Desk, by: By, department: Department, collection: int) -> Reply:
    """Issue the sheet and leave the sending as work to be done. Inside the act's transaction."""
    plan = desk.plan
    standings = desk.outlook(collection).standings.values()
    mine = [
        s.indicator
        for s in standings
        if s.department and s.department.id == department.id and s.state != State.RETIRED
    ]
    if not mine:
        raise UnknownWords(f"{department.name}が担当する指標はありません。担当の変更は企画担当へ。")
    keys = sheets.row_keys(mine)
    issued = sheets.issue(desk.db, by, plan.id, collection, department.id, keys)
    sheets.put_work(desk.db, f"send:{issued.id}", "send", by.actor, {"sheet": issued.id}, by.at)
    return sheet_messages.on_its_way(issued, department.name).message
