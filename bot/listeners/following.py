"""フォロー: pressed under an answer, taken back the same way."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.content import Content
from answers.follow import follow_said
from bot.acting import act_once, click_key, met_user
from bot.desk import Desk
from store import follows
from store.errors import Stale
from store.follows import Subject
from store.inbox import Reply
from store.people import Act, permit
from store.plan import Plan

OLD = "このボタンは古いため使えません。もう一度 `/kpi` から開いてください。"
KINDS: dict[str, follows.Kind] = {"indicator": "indicator", "policy": "policy", "goal": "goal"}


def follow(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """From now on the person follows what the button names, or no longer does."""
    user, team = met_user(desk, body)
    by, value = desk.by(user, "button"), action.get("value", "")

    def choose() -> Reply:
        permit(by, desk.who(user, team), Act.ASK, "follow")
        plan, subject, active = _named(desk, value)
        follows.follow(desk.db, by, plan.id, subject, active)
        said: Content = follow_said(plan, subject, active)
        return said.message

    reply = act_once(desk, click_key(body, action), choose)
    ack()
    desk.after(lambda: respond(response_type="ephemeral", replace_original=False, **reply))


def _named(desk: Desk, value: str) -> tuple[Plan, Subject, bool]:
    """What a button names. Raises Stale for what is not in the current plan."""
    active, _, rest = value.partition("|")
    plan, _, rest = rest.partition("|")
    kind, _, name = rest.partition("|")
    current = desk.plan
    if plan != current.id or kind not in KINDS or active not in {"on", "off"}:
        raise Stale(OLD)
    subject: Subject = (KINDS[kind], name)
    if follows.named(current, subject) is None:
        raise Stale(OLD)
    return current, subject, active == "on"
