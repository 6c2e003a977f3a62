"""意見の様式: a planner's button issues a sheet of opinions and sends it by DM."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.opinion_sheet_messages import EVERY, on_its_way
from bot import opinion_sheets
from bot.acting import act_once, click_key, met_user, number_in, parts_in
from bot.desk import Desk
from bot.pages_shown import say_beside
from bot.proposals import reportable_years
from bot.sheet_work import begin
from store import sheets
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, permit
from store.remarks import BODIES, Body

OLD = "このボタンは古いため使えません。`/kpi-admin 意見 様式` からやり直してください。"


def issue_sheet(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """The sheet of a year and a meeting, or of all."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)

    def issue() -> Reply:
        permit(by, person, Act.ADMINISTER, "opinion_sheet")
        year, meeting = _meant(desk, str(action.get("value", "")))
        issued = opinion_sheets.issue(desk, by, year, meeting)
        key, work = f"send:{issued.id}", {"opinions": issued.id}
        sheets.put_work(desk.db, key, "send", user, work, by.at)
        return on_its_way(issued, desk.plan).message

    reply = act_once(desk, click_key(body, action), issue)
    ack()
    begin(desk)
    say_beside(desk, body, respond, reply)


def _meant(desk: Desk, value: str) -> tuple[int, Body | None]:
    """The year and the meeting that a button names. Raises Stale for what is not (any more)."""
    plan, year, named = parts_in(value, 3, OLD)
    collection = number_in(year, OLD)
    meeting = next((each for each in BODIES if each == named), None)
    there = plan == desk.plan.id and collection in reportable_years(desk.plan, desk.today)
    if not there or (meeting is None and named != EVERY):
        raise Stale(OLD)
    return collection, meeting
