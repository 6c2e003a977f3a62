"""What the forms to describe an indicator share: what a button names, who may, and where they open."""

from __future__ import annotations

from typing import Any

from slack_bolt import Respond

from bot.desk import Desk
from store.acts import By
from store.errors import Stale
from store.people import Act, Who, permit
from store.plan import Indicator, Plan
from store.standing import owner

OLD = "この画面は古いため使えません。`/kpi` から開き直してください。"


def indicator_named(desk: Desk, plan: str, indicator: str) -> tuple[Plan, Indicator]:
    """The current plan and its indicator. Raises Stale for what is not of it (any more)."""
    current = desk.plan
    found = current.by_id.get(indicator)
    if plan != current.id or found is None:
        raise Stale(OLD)
    return current, found


def permit_to_describe(desk: Desk, by: By, person: Who, plan: Plan, indicator: str) -> None:
    """Let the owning department and planners pass. Raises NotAllowed for everybody else."""
    owning = owner(desk.db, plan, indicator, desk.today)
    permit(by, person, Act.DESCRIBE, f"{plan.id}/{indicator}", owning)


def show_form(desk: Desk, body: dict[str, Any], form: dict[str, Any], respond: Respond) -> None:
    """Open a form beside a message, or on top of the view in which the button stands."""
    if body.get("view", {}).get("type") == "modal":
        desk.push_view(body["trigger_id"], form)
    else:
        desk.open_view(body["trigger_id"], form, respond)
