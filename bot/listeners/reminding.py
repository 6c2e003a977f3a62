"""Buttons of a reminder: hold it back (再通知), or have the department's sheet sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from slack_bolt import Ack, Respond

from answers.layout import compose, say
from answers.spans import line
from bot.acting import (
    act_once,
    click_key,
    looked_up,
    met_user,
    number_in,
    parts_in,
    refuse_outsiders,
    refuse_powerless,
)
from bot.desk import Desk
from bot.listeners import sheets
from schedules.reminder import owed_by, snoozed_said
from schedules.reminding_days import snooze_days
from schedules.scene import Stage, read_stage
from schedules.settling import say_held
from store import directory, snoozes
from store.acts import By
from store.departments import Department
from store.errors import NotAllowed, Stale
from store.inbox import Reply
from store.people import Act, Who

OLD = "このボタンは古いため使えません。いまの状況は `/kpi 自分の担当` で確認できます。"
DONE = "残っている提出はありません。再通知もありません。"


def hold_back(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """〔明日〕〔3日後〕〔来週〕: the department's reminders rest until that morning."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    pressed = body["container"]["message_ts"]
    seen: list[str | None] = []

    def hold() -> Reply:
        reply, stands = _hold(desk, by, person, action.get("value", ""))
        seen.extend(stands)
        return reply

    reply = act_once(desk, click_key(body, action), hold)
    ack()
    if pressed not in seen:
        desk.after(lambda: respond(replace_original=False, response_type="ephemeral", **reply))


def send_sheet(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """〔まとめて様式で出す〕: the sheet comes by DM, and the reminder stays as it is."""

    def beside(**reply: Any) -> object:
        return respond(**reply | {"replace_original": False, "response_type": "ephemeral"})

    sheets.pick_department(desk, ack, body, action, cast(Respond, beside))


def _hold(desk: Desk, by: By, person: Who, value: str) -> tuple[Reply, list[str | None]]:
    """Keep the snooze and say so where the reminders stand. Inside the act's transaction."""
    refuse_outsiders(by, person, Act.SUBMIT, "reminder")
    stage, department, choice = looked_up(
        lambda: _named(desk, value),
        lambda: refuse_powerless(by, person, Act.SUBMIT, "reminder"),
    )
    _permit(by, person, department)
    plan, name = stage.scene.plan, department.id
    owed = owed_by(stage.outlook, name)
    if not owed:
        raise Stale(DONE)
    days = dict(snooze_days(desk.today, (standing.due for standing in owed)))
    until = days.get(choice, max(days.values()))
    held = snoozes.snooze(desk.db, by, plan, stage.scene.collection, name, until)
    now_held = replace(stage, snoozes={**stage.snoozes, name: held})
    stands = say_held(desk.db, now_held, name, by.at)
    said = snoozed_said(directory.names(desk.db).get(by.actor, "担当者"), until, desk.today)
    return compose([say(line(f"{said}。"))]).message, [each.ts for each in stands]


def _named(desk: Desk, value: str) -> tuple[Stage, Department, str]:
    """The round and the department whose reminders are to rest, and until which day."""
    plan, year, name, choice = parts_in(value, 4, OLD)
    stage = read_stage(desk.db, desk.today)
    if stage is None or (stage.scene.plan, stage.scene.collection) != (plan, number_in(year, OLD)):
        raise Stale(OLD)
    department = stage.known.get(name)
    if department is None:
        raise Stale(OLD)
    return stage, department, choice


def _permit(by: By, person: Who, department: Department) -> None:
    if not person.belongs_to(department):
        mine = "・".join(each.name for each in person.departments) or "なし"
        said = f"{department.name}への通知は、その担当者が止められます。あなたの所属: {mine}。"
        raise NotAllowed(said, by, Act.SUBMIT, f"reminder:{department.id}")
