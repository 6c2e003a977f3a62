"""承認 and 差戻し: what planners do with a request in their DM."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.forms import REASON, read_return_form, return_form
from bot import rounds
from bot.acting import act_once, click_key, met_user, refused_once, view_key
from bot.desk import Desk
from store import submissions
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, permit


def approve(desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
    """承認: every planner's request then says who approved, and the department hears of it."""
    user, team = met_user(desk, body)
    number = _number(action["value"])

    def accept() -> Reply:
        rounds.accept(desk.db, desk.by(user, "button"), desk.who(user, team), number)
        return {}

    act_once(desk, click_key(body, action), accept)
    ack()


def open_return_form(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """差戻し: ask for the reason. Refused here already to those who may not; decided on sending."""
    user, team = met_user(desk, body)
    number = _number(action["value"])
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(
        desk,
        click_key(body, action),
        lambda: permit(by, person, Act.SEND_BACK, f"submission:{number}"),
    )
    found = submissions.undecided(desk.db, number)
    indicator = desk.plan_of(found.proposal.plan).by_id[found.proposal.indicator]
    view = return_form(found, indicator)
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def send_back(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The reason was given: the submission goes back to its department."""
    user, team = met_user(desk, body)
    number = _number(view["private_metadata"])
    reason, new_due = read_return_form(view)
    if not reason:
        raise BadForm({REASON: "理由を書いてください。担当課にそのまま届きます。"})
    by = desk.by(user, "form", reason)

    def turn_back() -> Reply:
        rounds.turn_back(desk.db, by, desk.who(user, team), number, new_due)
        return {}

    act_once(desk, view_key(body), turn_back)
    ack()


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise Stale("この提出は見つかりません。")
    return int(value)
