"""承認 and 差戻し: what planners do with a request in their DM."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, Respond

from answers.forms import NEW_DUE, REASON, read_return_form, return_form
from answers.propose import readable
from bot import rounds
from bot.acting import (
    MOST_DIGITS,
    act_once,
    click_key,
    met_user,
    number_in,
    refused_once,
    view_key,
)
from bot.desk import Desk
from store import submissions
from store.errors import BadForm
from store.inbox import Reply
from store.people import Act, permit


def approve(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """承認: every planner's request then says who approved, and the department hears of it."""
    user, team = met_user(desk, body)
    named, by = action.get("value", ""), desk.by(user, "button")

    def accept() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.APPROVE, subject_of(named))
        rounds.accept(desk.db, by, person, request_of(named))
        return {}

    act_once(desk, click_key(body, action), accept)
    ack()


def open_return_form(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """差戻し: ask for the reason. Refused here already to those who may not; decided on sending."""
    user, team = met_user(desk, body)
    named, person, by = action.get("value", ""), desk.who(user, team), desk.by(user, "button")
    refused_once(
        desk,
        click_key(body, action),
        lambda: permit(by, person, Act.SEND_BACK, subject_of(named)),
    )
    found = submissions.undecided(desk.db, request_of(named))
    indicator = desk.plan_of(found.proposal.plan).by_id[found.proposal.indicator]
    view = return_form(found, indicator)
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def send_back(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The reason was given: the submission goes back to its department."""
    user, team = met_user(desk, body)
    named, person = view["private_metadata"], desk.who(user, team)
    typed, new_due = read_return_form(view)
    reason = readable(typed) or ""
    by = desk.by(user, "form", reason)

    def turn_back() -> Reply:
        permit(by, person, Act.SEND_BACK, subject_of(named))
        _check(reason, new_due, by.at.date())
        rounds.turn_back(desk.db, by, person, request_of(named), new_due)
        return {}

    act_once(desk, view_key(body), turn_back)
    ack()


def _check(reason: str, new_due: date | None, today: date) -> None:
    wrong = {}
    if not reason:
        wrong[REASON] = "理由を書いてください。担当課にそのまま届きます。"
    if new_due is not None and new_due < today:
        wrong[NEW_DUE] = "新しい提出期限は今日以降の日を選んでください。"
    if wrong:
        raise BadForm(wrong)


def subject_of(named: str) -> str:
    """How the audit names a request, whatever a button or a hidden field says."""
    return f"submission:{named[:MOST_DIGITS]}"


def request_of(named: str) -> int:
    """A submission's number. Raises Stale for what is none."""
    return number_in(named, "この提出は見つかりません。")
