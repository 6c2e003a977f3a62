"""`/kpi-submit` by form: opened empty or filled in, following the indicator, sent, confirmed if odd."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, Respond

from answers.entry import read_entry
from answers.forms import FormInput, indicator_options, read_form, submit_form
from answers.preview import preview_view, receipt_view
from answers.propose import Words
from answers.proposed import if_approved
from bot import proposals, rounds
from bot.acting import act_once, acting_user, click_key, met_user, refused_once, view_key
from bot.desk import Desk
from store import drafts, submissions
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, Who, permit
from store.submissions import Proposal


def open_form(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """A button that opens the form for one indicator and collection (`plan|indicator|collection`)."""
    user, team = met_user(desk, body)
    indicator, collection = _named(desk, action["value"])
    standing = proposals.standing_of(desk, desk.plan.by_id[indicator], collection)
    person, by = desk.who(user, team), desk.by(user, "button")
    subject = f"{desk.plan.id}/{indicator}/{collection}"
    refused_once(
        desk,
        click_key(body, action),
        lambda: permit(by, person, Act.SUBMIT, subject, standing.department),
    )
    view = form(desk, FormInput(indicator, collection, values=proposals.last_typed(standing)))
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def show_form(desk: Desk, trigger_id: str, words: Words, respond: Respond) -> None:
    """The form, filled in as far as the words went."""
    indicator = words.indicator.id if words.indicator else None
    desk.open_view(trigger_id, form(desk, FormInput(indicator, words.collection)), respond)


def show_proposal(desk: Desk, trigger_id: str, proposal: Proposal, respond: Respond) -> None:
    """The form, filled in with what a proposal says."""
    desk.open_view(trigger_id, form(desk, proposals.as_form(desk, proposal)), respond)


def form(desk: Desk, given: FormInput, seen: int | None = None) -> dict[str, Any]:
    """The form for what is given so far. It remembers the newest submission there was."""
    plan = desk.plan
    indicator = plan.by_id.get(given.indicator or "")
    current = desk.outlook(None, []).cycle.collection
    collection = given.collection if given.collection is not None else current
    standing = proposals.standing_of(desk, indicator, collection) if indicator else None
    newest = submissions.newest_number(desk.db) if seen is None else seen
    years = proposals.reportable_years(plan, desk.today)
    return submit_form(plan, standing, collection, years, given, json.dumps({"seen": newest}))


def pick_indicator(desk: Desk, ack: Ack, body: dict[str, Any]) -> None:
    """An indicator was chosen in the form: show its series, unit, target and last value."""
    view = body["view"]
    picked = replace(read_form(view), values={})
    followed = form(desk, picked, _seen(view))
    ack()
    desk.after(
        lambda: desk.client.views_update(view_id=view["id"], hash=view["hash"], view=followed)
    )


def suggest_indicators(desk: Desk, ack: Ack, body: dict[str, Any]) -> None:
    """The indicators this person may submit, by what is typed."""
    user, team = acting_user(body)
    mine = rounds.reportable(desk.plan, desk.db, desk.who(user, team), desk.today)
    ack(options=indicator_options(mine, body["value"]))


def submit_actual(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The form was sent: submitted, or shown once more when something is odd."""
    user, team = met_user(desk, body)
    given = read_form(view)
    before = proposals.before(desk, given)
    proposal = read_entry(desk.plan, given, desk.today, before)

    def submit() -> Reply:
        _check_fresh(desk, user, proposal, _seen(view))
        if proposal.oddities:
            return _confirm(desk, desk.who(user, team), proposal)
        return _submitted(desk, user, team, proposal)

    ack(**act_once(desk, view_key(body), submit))


def confirm_actual(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The odd value is meant: submit it."""
    user, team = met_user(desk, body)

    def submit() -> Reply:
        kept = drafts.use(desk.db, view["private_metadata"], user, desk.now())
        return _submitted(desk, user, team, proposals.from_draft(kept))

    ack(**act_once(desk, view_key(body), submit))


def _confirm(desk: Desk, person: Who, proposal: Proposal) -> Reply:
    indicator = desk.plan.by_id[proposal.indicator]
    standing = proposals.standing_of(desk, indicator, proposal.collection)
    by = desk.by(person.user, "form")
    permit(by, person, Act.SUBMIT, rounds.subject_of(proposal), standing.department)
    draft = drafts.keep(desk.db, person.user, proposals.as_draft(proposal), desk.now())
    verdict = if_approved(desk.plan, standing, proposal)
    view = preview_view(desk.plan, standing, proposal, verdict, draft)
    return {"response_action": "push", "view": view}


def _submitted(desk: Desk, user: str, team: str | None, proposal: Proposal) -> Reply:
    by = desk.by(user, "form")
    submitted = rounds.enter(desk.db, by, desk.who(user, team), proposal)
    return {
        "response_action": "update",
        "view": receipt_view(rounds.receipt(desk.db, submitted, desk.today)),
    }


def _check_fresh(desk: Desk, user: str, proposal: Proposal, seen: int) -> None:
    """Somebody else reported the same figure since the form was opened: let the person look first."""
    for other in submissions.since(desk.db, proposal, seen):
        if other.actor != user:
            raise Stale(
                f"このフォームを開いた後に、<@{other.actor}> さんが同じ指標を提出しました。"
                "内容を確かめ、必要ならフォームを開き直して提出してください。"
            )


def _seen(view: dict[str, Any]) -> int:
    try:
        return int(json.loads(view["private_metadata"])["seen"])
    except (ValueError, KeyError, TypeError) as error:
        raise Stale("このフォームは古いため使えません。開き直してください。") from error


def _named(desk: Desk, value: str) -> tuple[str, int]:
    plan, _, rest = value.partition("|")
    indicator, _, collection = rest.rpartition("|")
    if plan != desk.plan.id or indicator not in desk.plan.by_id or not collection.isdigit():
        raise Stale("このボタンは古いため使えません。`/kpi-submit` から入力してください。")
    return indicator, int(collection)
