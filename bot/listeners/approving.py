"""承認, 課長確認 and 差戻し: what planners and leads do with a request in their DM."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, Respond

from answers.returning import (
    NEW_DUE,
    REASON,
    read_return_form,
)
from bot import rounds, selections
from bot.acting import (
    MOST_DIGITS,
    act_once,
    click_key,
    met_user,
    number_in,
    refuse_powerless,
    refused_once,
    view_key,
)
from bot.decision_forms import returning
from bot.desk import Desk
from bot.done import done_lines, done_view
from bot.listeners.behind import about, show_anew
from store import submissions
from store.acts import By
from store.errors import BadForm
from store.inbox import Reply
from store.people import Act, Who, permit
from store.reading.seen import readable

NOT_FOUND = "この提出は見つかりません。"


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


def confirm(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """課長確認: the planners are asked now."""
    user, team = met_user(desk, body)
    named, by = action.get("value", ""), desk.by(user, "button")

    def agree() -> Reply:
        person = desk.who(user, team)
        refuse_powerless(by, person, Act.CONFIRM, subject_of(named))
        selections.confirm_all(desk.db, by, person, [request_of(named)])
        return {}

    act_once(desk, click_key(body, action), agree)
    ack()


def open_return_form(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """差戻し: ask for the reason. Refused here already to those who may not; decided on sending."""
    user, team = met_user(desk, body)
    named, person, by = action.get("value", ""), desk.who(user, team), desk.by(user, "button")
    key = click_key(body, action)
    refused_once(desk, key, lambda: _may_return(by, person, named))
    found = submissions.undecided(desk.db, request_of(named))
    refused_once(desk, key, lambda: rounds.permit_return(desk.db, by, person, found))
    view = returning(desk, [found.id])
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def send_back(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The reason was given: the submissions go back to their departments."""
    user, team = met_user(desk, body)
    named, person = about(view), desk.who(user, team)
    typed, new_due = read_return_form(view)
    reason = readable(typed) or ""
    by = desk.by(user, "form", reason)

    def turn_back() -> Reply:
        _may_return(by, person, named)
        check(reason, new_due, by.at.date())
        numbers = requests_of(named)
        if len(numbers) == 1:
            rounds.turn_back(desk.db, by, person, numbers[0], new_due)
            return {}
        done = selections.turn_back_all(desk.db, by, person, numbers, new_due)
        said = done_lines(desk, done, "差し戻しました")
        return {"response_action": "update", "view": done_view("差戻し", said)}

    ack(**act_once(desk, view_key(body), turn_back))
    desk.after(lambda: show_anew(desk, person, view))


def _may_return(by: By, person: Who, named: str) -> None:
    """Whoever is neither planner nor lead of anything is refused before anything is read."""
    if not (person.admitted and (person.leads or person.standing_in)):
        permit(by, person, Act.SEND_BACK, subject_of(named))


def check(reason: str, new_due: date | None, today: date) -> None:
    """Raises BadForm without a reason, or for a due date that has passed."""
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
    return number_in(named, NOT_FOUND)


def requests_of(named: str) -> list[int]:
    """Several submissions' numbers, with commas between. Raises Stale for what is none."""
    return [number_in(each, NOT_FOUND) for each in named.split(",")]
