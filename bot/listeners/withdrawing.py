"""取下げ: whoever submitted takes it back, or their lead, while it is 確認中."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.withdrawing import to_withdraw, withdrawn
from bot import rounds, telling
from bot.acting import (
    MOST_DIGITS,
    act_once,
    click_key,
    met_user,
    number_in,
    refuse_powerless,
)
from bot.desk import Desk
from store import submissions
from store.inbox import Reply
from store.people import Act, Who
from store.reading.letters import normalise


def wants_list(text: str) -> bool:
    """`取下げ` after `/kpi-submit`, however it is written."""
    return normalise(text) in {"取下げ", "取り下げ", "取下"}


def answer_list(desk: Desk, ack: Ack, person: Who) -> None:
    """What this person can take back now."""
    today = desk.today
    found = [
        s
        for s in submissions.waiting(desk.db)
        if person.may(Act.WITHDRAW, rounds.department_of(desk.db, s, today), s.actor)
    ]
    said = to_withdraw(telling.seen(desk.db, found, today))
    ack(response_type="ephemeral", **said.message)


def withdraw(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """取下げ, from a receipt or from the list: it then says so in its place."""
    user, team = met_user(desk, body)
    named, by = action.get("value", ""), desk.by(user, "button")

    def take_back() -> Reply:
        person = desk.who(user, team)
        refuse_powerless(by, person, Act.WITHDRAW, f"submission:{named[:MOST_DIGITS]}")
        number = number_in(named, "この提出は見つかりません。")
        found = rounds.withdraw(desk.db, by, person, number)
        indicator = desk.plan_of(found.proposal.plan).by_id[found.proposal.indicator]
        return withdrawn(found, indicator).message

    reply = act_once(desk, click_key(body, action), take_back)
    ack()
    if body.get("response_url"):
        desk.after(lambda: respond(replace_original=True, **reply))
