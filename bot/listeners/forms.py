"""`/kpi-submit` by form: opened empty or filled in, following the indicator, sent, confirmed if odd."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers.entry import read_entry
from answers.forms import FormInput, indicator_options, read_form, submit_form
from answers.preview import preview_view, receipt_view
from answers.proposed import if_approved
from answers.said import Words
from bot import proposals, rounds
from bot.acting import (
    act_once,
    acting_user,
    click_key,
    looked_up,
    met_user,
    number_in,
    parts_in,
    refuse_outsiders,
    refuse_powerless,
    refused_once,
    view_key,
)
from bot.desk import Desk
from store import directory, drafts, submissions
from store.errors import Stale
from store.inbox import Reply
from store.people import Act, Who, permit_entry
from store.plan import Measure
from store.submissions import Proposal


def open_form(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """A button that opens the form for one indicator and collection (`plan|indicator|collection`)."""
    user, team = met_user(desk, body)
    key, named = click_key(body, action), action.get("value", "")
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(desk, key, lambda: refuse_outsiders(by, person, Act.SUBMIT, "form"))
    powerless = partial(refuse_powerless, by, person, Act.SUBMIT, "form", Act.PROXY)
    indicator, collection = looked_up(
        lambda: _named(desk, named),
        lambda: refused_once(desk, key, powerless),
    )
    standing = proposals.standing_of(desk, desk.plan.by_id[indicator], collection)
    subject = f"{desk.plan.id}/{indicator}/{collection}"
    refused_once(desk, key, lambda: permit_entry(by, person, subject, standing.department))
    rounds.refuse_closed(desk.db, person, Proposal(desk.plan.id, indicator, collection))
    view = form(desk, proposals.begun(desk, standing))
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def show_form(desk: Desk, trigger_id: str, words: Words, respond: Respond) -> None:
    """The form, filled in as far as the words went."""
    indicator = words.indicator.id if words.indicator else None
    given = FormInput(indicator, words.collection, period=words.period, part=words.part)
    desk.open_view(trigger_id, form(desk, given), respond)


def show_proposal(desk: Desk, trigger_id: str, proposal: Proposal, respond: Respond) -> None:
    """The form, filled in with what a proposal says."""
    desk.open_view(trigger_id, form(desk, proposals.as_form(desk, proposal)), respond)


def form(desk: Desk, given: FormInput, seen: int | None = None) -> dict[str, Any]:
    """The form for what is given so far. It remembers the newest submission there was."""
    plan, years = desk.plan, proposals.reportable_years(desk.plan, desk.today)
    current = desk.outlook(None, []).cycle.collection
    collection = given.collection if given.collection in years else current
    indicator = plan.by_id.get(given.indicator or "")
    standing = proposals.standing_of(desk, indicator, collection) if indicator else None
    newest = submissions.newest_number(desk.db) if seen is None else seen
    return submit_form(plan, standing, collection, years, given, str(newest))


def pick_indicator(desk: Desk, ack: Ack, body: dict[str, Any]) -> None:
    """An indicator was chosen in the form: show its series, unit, target and last value."""
    user, team = met_user(desk, body)
    view, action = body["view"], body["actions"][0]
    person, by = desk.who(user, team), desk.by(user, "form")
    refused_once(
        desk,
        click_key(body, action),
        lambda: refuse_outsiders(by, person, Act.SUBMIT, "form"),
    )
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
    check_may_send(desk, view_key(body), desk.who(user, team), given)
    standing = proposals.standing_for(desk, given)
    proposal = read_entry(desk.plan, given, desk.today, standing=standing)

    def submit() -> Reply:
        proposals.check_fresh(desk, user, proposal, _seen(view))
        if proposal.oddities:
            return _confirm(desk, desk.who(user, team), proposal, given)
        return _submitted(desk, user, team, proposal, given.measure)

    ack(**act_once(desk, view_key(body), submit))


def check_may_send(desk: Desk, key: str, person: Who, given: FormInput) -> None:
    """Refuse who may not submit what the form names, before anything in it is read."""
    by, indicator = desk.by(person.user, "form"), desk.plan.by_id.get(given.indicator or "")
    if indicator is None:
        powerless = partial(refuse_powerless, by, person, Act.SUBMIT, "form", Act.PROXY)
        refused_once(desk, key, powerless)
        return
    standing = proposals.standing_of(desk, indicator, None)
    subject = f"{desk.plan.id}/{indicator.id}/{given.collection}"
    refused_once(desk, key, lambda: permit_entry(by, person, subject, standing.department))


def confirm_actual(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The odd value is meant: submit it."""
    user, team = met_user(desk, body)
    by = desk.by(user, "form")

    def submit() -> Reply:
        refuse_outsiders(by, desk.who(user, team), Act.SUBMIT, "draft")
        kept = drafts.use(desk.db, view["private_metadata"], by)
        return _submitted(desk, user, team, proposals.from_draft(kept), kept.get("measure"))

    ack(**act_once(desk, view_key(body), submit))


def _confirm(desk: Desk, person: Who, proposal: Proposal, given: FormInput) -> Reply:
    indicator = desk.plan.by_id[proposal.indicator]
    standing = proposals.standing_of(desk, indicator, proposal.collection)
    by = desk.by(person.user, "form")
    permit_entry(by, person, rounds.subject_of(proposal), standing.department)
    draft = proposals.keep(desk, person.user, proposal, given.measure)
    verdict = if_approved(desk.plan, standing, proposal)
    names = directory.names(desk.db)
    view = preview_view(desk.plan, standing, proposal, verdict, draft, names, person.user)
    return {"response_action": "push", "view": view}


def _submitted(
    desk: Desk, user: str, team: str | None, proposal: Proposal, measure: Measure | None
) -> Reply:
    by = desk.by(user, "form")
    submitted = rounds.enter(desk.db, by, desk.who(user, team), proposal)
    proposals.declare_once(desk, by, proposal, measure)
    return {
        "response_action": "update",
        "view": receipt_view(rounds.receipt(desk.db, submitted, desk.today)),
    }


def _seen(view: dict[str, Any]) -> int:
    old = "このフォームは古いため使えません。開き直してください。"
    return number_in(view["private_metadata"], old)


def _named(desk: Desk, value: str) -> tuple[str, int]:
    old = "このボタンは古いため使えません。`/kpi-submit` から入力してください。"
    plan, indicator, year = parts_in(value, 3, old)
    collection = number_in(year, old)
    years = proposals.reportable_years(desk.plan, desk.today)
    if plan != desk.plan.id or indicator not in desk.plan.by_id or collection not in years:
        raise Stale(old)
    return indicator, collection
