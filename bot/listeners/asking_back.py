"""What the bot asked back about a figure is answered: of which year it is, how it is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, Respond

from answers.asked_back import with_measure_answer
from bot import proposals, rounds
from bot.acting import (
    act_once,
    click_key,
    looked_up,
    met_user,
    number_in,
    refuse_outsiders,
    refuse_powerless,
)
from bot.desk import Desk
from store import drafts, submissions
from store.errors import Stale
from store.inbox import Reply
from store.lags import fitting_period
from store.people import Act, permit_entry
from store.periods import read_period

OLD_BUTTON = "このボタンは古いため使えません。"


def pick_period(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """何年度の値ですか was answered: the preview with that year, which can be submitted."""
    user, team = met_user(desk, body)
    by, (draft, _, period) = desk.by(user, "button"), action.get("value", "").partition("|")

    def pick() -> Reply:
        refuse_outsiders(by, desk.who(user, team), Act.SUBMIT, "draft")
        kept = proposals.from_draft(drafts.use(desk.db, draft, by))
        indicator = desk.plan.by_id[kept.indicator]
        standing = proposals.standing_of(desk, indicator, kept.collection)
        of = read_period(period, desk.today)
        as_of = standing.indicator.as_of
        picked = replace(kept, period=fitting_period(of, kept.collection, as_of))
        again = proposals.keep(desk, user, picked)
        return proposals.shown(desk, standing, picked, again, user).message

    reply = act_once(desk, click_key(body, action), pick)
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))


def answer_measure(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """単年・累計・時点 was answered under a receipt: kept for good, and never asked again."""
    user, team = met_user(desk, body)
    by, person = desk.by(user, "button"), desk.who(user, team)
    number = action.get("value", "").rpartition("|")[2]
    measure = proposals.measure_in(action["action_id"])

    def answer() -> Reply:
        refuse_outsiders(by, person, Act.SUBMIT, "measure")
        found = looked_up(
            lambda: submissions.submission(desk.db, number_in(number, OLD_BUTTON)),
            lambda: refuse_powerless(by, person, Act.SUBMIT, "measure", Act.PROXY),
        )
        subject, owning = rounds.subject_of(found.proposal), proposals.owner_of(desk, found)
        permit_entry(by, person, subject, owning)
        if not proposals.declare_once(desk, by, found.proposal, measure):
            raise Stale("この指標の数え方は、すでに記録されています。変更はありません。")
        receipt = rounds.receipt(desk.db, found, desk.today)
        return with_measure_answer(receipt, measure).message

    reply = act_once(desk, click_key(body, action), answer)
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))
