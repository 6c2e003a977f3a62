"""値を直して承認へ: a planner puts a submitted figure right; and 訂正 of a locked collection's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, Respond

from answers.correcting import WHY, corrected_receipt, read_why
from answers.entry import read_entry
from answers.forms import read_form
from answers.preview import receipt_view
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
from bot.decision_forms import mending
from bot.desk import Desk
from store import submissions
from store.errors import BadForm, Stale
from store.inbox import Reply
from store.people import Act, permit
from store.reading.seen import readable
from store.submissions import Proposal, Submission

OLD = "このフォームは古いため使えません。開き直してください。"


def open_correction(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """値を直して承認へ, from a request: the form, for planners."""
    user, team = met_user(desk, body)
    named, person, by = action.get("value", ""), desk.who(user, team), desk.by(user, "button")
    subject = f"submission:{named[:MOST_DIGITS]}"
    refused_once(desk, click_key(body, action), lambda: permit(by, person, Act.CORRECT, subject))
    view = mending(desk, number_in(named, "この提出は見つかりません。"))
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def correct_actual(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: another planner is asked to approve what it says."""
    user, team = met_user(desk, body)
    why = readable(read_why(view)) or ""
    person, by = desk.who(user, team), desk.by(user, "form", why)
    named = view["private_metadata"]
    key = view_key(body)
    refused_once(desk, key, lambda: permit(by, person, Act.CORRECT, named[:60]))
    submission, about = _about(desk, named)
    proposal = _read(desk, view, about, why)

    def correct() -> Reply:
        if submission is not None:
            made = rounds.correct(desk.db, by, person, submission.id, proposal)
        else:
            made = rounds.enter_after_lock(desk.db, by, person, proposal)
        return {"response_action": "update", "view": receipt_view(_receipt(desk, made))}

    ack(**act_once(desk, key, correct))


def _receipt(desk: Desk, made: Submission) -> Any:
    indicator = desk.plan_of(made.proposal.plan).by_id[made.proposal.indicator]
    before = submissions.submission(desk.db, made.corrects) if made.corrects else None
    return corrected_receipt(indicator, made, before)


def _read(desk: Desk, view: dict[str, Any], about: Proposal, why: str) -> Proposal:
    given = replace(read_form(view), indicator=about.indicator, collection=about.collection)
    wrong = {} if why else {WHY: "直す理由を書いてください。担当課に届きます。"}
    approved = submissions.approved_of(desk.db, about)
    previous = approved.proposal.values if approved else None
    try:
        proposal = read_entry(desk.plan_of(about.plan), given, desk.today, previous)
    except BadForm as mistakes:
        raise BadForm({**mistakes.by_field, **wrong}) from mistakes
    if wrong:
        raise BadForm(wrong)
    return proposal


def _about(desk: Desk, named: str) -> tuple[Submission | None, Proposal]:
    """What the hidden field names. Raises Stale for what is none of ours."""
    parts = named.split("|")
    if len(parts) == 2 and parts[0] == "submission":
        found = submissions.submission(desk.db, number_in(parts[1], OLD))
        return found, found.proposal
    if len(parts) != 3:
        raise Stale(OLD)
    plan = desk.plan
    if parts[0] != plan.id or parts[1] not in plan.by_id:
        raise Stale(OLD)
    return None, Proposal(plan.id, parts[1], number_in(parts[2], OLD))
