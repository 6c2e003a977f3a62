"""見直し: the form that proposes one, and the buttons of a second planner."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.preview import receipt_view
from answers.revision_given import read_revision
from bot import revisions, revisions_seen
from bot.acting import act_once, click_key, met_user, number_in, view_key
from bot.desk import Desk
from bot.pages_shown import show_page
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, permit

OLD = "この画面は古いため使えません。`/kpi-admin 見直し` から開き直してください。"
MEANWHILE = (
    "開いた後に、ほかの見直しが確定しました。内容を確かめるため、開き直して提案してください。"
)


def send_proposal(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: the other planners are asked."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")
    plan_id, _, rest = view["private_metadata"].partition("|")
    seen, _, indicator = rest.partition("|")

    def propose() -> Reply:
        person, plan = desk.who(user, team), desk.plan
        permit(by, person, Act.REVISE, f"{plan_id}/{indicator}")
        if plan_id != plan.id or indicator not in plan.by_id:
            raise Stale(OLD)
        now = revisions_seen.now_of(desk, indicator)
        if now.seen != number_in(seen, OLD):
            raise Stale(MEANWHILE)
        given = read_revision(view, now, desk.today)
        revisions.propose(desk.db, by, person, plan, indicator, given)
        page = receipt_view(revisions_seen.page(desk, user))
        return {"response_action": "update", "view": {**page, "title": view["title"]}}

    ack(**act_once(desk, view_key(body), propose))


def press(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """Agree or drop; the page then shows what holds. A request in a DM is changed where it stands."""
    user, team = met_user(desk, body)
    by, what, named = desk.by(user, "button"), action["action_id"], action.get("value", "")

    def act() -> Reply:
        person = desk.who(user, team)
        permit(by, person, Act.REVISE, what)
        agreed = what == "revision:agree"
        revisions.settle(desk.db, by, person, number_in(named, OLD), agreed)
        return revisions_seen.page(desk, user).message

    reply = act_once(desk, click_key(body, action), act)
    ack()
    where = body.get("container") or {}
    if where.get("type") == "view":
        desk.after(partial(show_page, desk, body, reply))
    elif where.get("is_ephemeral"):
        desk.after(lambda: respond(replace_original=True, **reply))
