"""Proposals on their way: as they stand against the ledger, and as drafts keep them."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from answers import preview
from answers.content import Content
from answers.form_fields import SAME_YEAR
from answers.forms import MEASURES_TO_CHOOSE, FormInput
from answers.proposed import if_approved
from bot.desk import Desk
from store import cards, directory, drafts, submissions
from store.acts import By
from store.declared import declared
from store.departments import Department
from store.errors import Stale
from store.known import last_period
from store.lags import plausible_periods
from store.periods import default_period, show_period
from store.plan import Indicator, Measure, Plan
from store.reading.units import kind_of
from store.showing import show_value
from store.standing import Standing, owner
from store.submissions import Proposal, Submission


def standing_of(desk: Desk, indicator: Indicator, collection: int | None) -> Standing:
    """How one indicator of the current plan stands in a collection (the current one by default).

    The indicator is counted as its definition card says.
    """
    standing = desk.outlook(collection, [indicator.id]).standings[indicator.id]
    return replace(standing, indicator=declared(desk.db, desk.plan, indicator))


def standing_for(desk: Desk, given: FormInput) -> Standing | None:
    """How what a form is about stands; None for a year it cannot be about."""
    indicator = desk.plan.by_id.get(given.indicator or "")
    if indicator is None or given.collection not in reportable_years(desk.plan, desk.today):
        return None
    return standing_of(desk, indicator, given.collection)


def reportable_years(plan: Plan, today: date) -> tuple[int, ...]:
    """The collections of the plan that are over, newest first."""
    last = plan.last_year if plan.last_year is not None else today.year
    first = plan.first_year if plan.first_year is not None else last
    over = (year for year in range(last, first - 1, -1) if today >= date(year + 1, 4, 1))
    return tuple(over) or (first,)


def begun(desk: Desk, standing: Standing) -> FormInput:
    """What a form begins with: all that was said in the round's returned submission, else nothing."""
    last = standing.last
    if last is None or last.decision is None or last.decision.kind != "return":
        return FormInput(standing.indicator.id, standing.collection)
    return as_form(desk, last.proposal)


def as_typed(indicator: Indicator, proposal: Proposal) -> dict[str | None, str]:
    """Each series' value as it can be typed again."""
    return {name: show_value(value, indicator) for name, value in proposal.values.items()}


def as_form(desk: Desk, proposal: Proposal) -> FormInput:
    """The form that would say the same."""
    default = default_period(proposal.collection)
    listed = proposal.period is None or proposal.period in _choices(desk, proposal)
    return FormInput(
        proposal.indicator,
        proposal.collection,
        as_typed(desk.plan.by_id[proposal.indicator], proposal),
        None if listed else show_period(proposal.period or default),
        proposal.source,
        proposal.note,
        proposal.kind == "awaiting",
        proposal.month,
        proposal.kind == "no_survey",
        (SAME_YEAR if proposal.period == default else proposal.period) if listed else None,
    )


def _choices(desk: Desk, proposal: Proposal) -> tuple[str, ...]:
    """The years that the form offers for what is proposed."""
    standing = standing_of(desk, desk.plan.by_id[proposal.indicator], proposal.collection)
    as_of = standing.indicator.as_of
    return plausible_periods(proposal.collection, last_period(standing), as_of)


def shown(desk: Desk, standing: Standing, proposal: Proposal, draft: str, user: str) -> Content:
    """The preview with its buttons."""
    plan = desk.plan
    verdict = if_approved(plan, standing, proposal)
    names = directory.names(desk.db)
    return preview.preview(plan, standing, proposal, verdict, draft, names, user)


def keep(desk: Desk, user: str, proposal: Proposal, measure: Measure | None = None) -> str:
    """Keep a proposal as its owner's draft, with the newest submission there is; the draft's id."""
    seen = submissions.newest_number(desk.db)
    payload = {**as_draft(proposal), "seen": seen, "measure": measure}
    return drafts.keep(desk.db, user, payload, desk.now())


def as_draft(proposal: Proposal) -> dict[str, Any]:
    """A proposal as a draft's payload."""
    values = [[series, format(value, "f")] for series, value in proposal.values.items()]
    return {**asdict(proposal), "values": values}


def from_draft(payload: dict[str, Any]) -> Proposal:
    """A draft's payload as a proposal."""
    said = {field.name: payload[field.name] for field in fields(Proposal)}
    values = {series: Decimal(value) for series, value in payload["values"]}
    return Proposal(**{**said, "values": values, "oddities": tuple(payload["oddities"])})


def check_fresh(desk: Desk, user: str, proposal: Proposal, seen: int) -> None:
    """Somebody else reported the same figure since it was previewed: let the person look first."""
    for other in submissions.since(desk.db, proposal, seen):
        if other.actor != user:
            raise Stale(
                f"この画面を開いた後に、<@{other.actor}> さんが同じ指標を提出しました。"
                "内容を確かめ、必要なら開き直して提出してください。"
            )


def declare_once(desk: Desk, by: By, proposal: Proposal, measure: Measure | None) -> bool:
    """Keep how a figure is counted, unless somebody said so before; whether it was kept."""
    plan = desk.plan_of(proposal.plan)
    indicator = plan.by_id[proposal.indicator]
    if measure is None or cards.measure(desk.db, plan, indicator) != "unknown":
        return False
    cards.declare_measure(desk.db, by, plan.id, indicator.id, measure)
    return True


def asks_measure(desk: Desk, proposal: Proposal) -> bool:
    """Nobody has said yet how the indicator of this figure is counted."""
    plan = desk.plan_of(proposal.plan)
    indicator = plan.by_id[proposal.indicator]
    numeric = proposal.kind == "actual" and kind_of(indicator) == "number"
    return numeric and cards.measure(desk.db, plan, indicator) == "unknown"


def measure_in(action_id: str) -> Measure:
    """The measure that a button names. Raises Stale for one that none of ours does."""
    named = action_id.rpartition(":")[2]
    for measure in MEASURES_TO_CHOOSE:
        if measure == named:
            return measure
    raise Stale("このボタンは古いため使えません。")


def owner_of(desk: Desk, submission: Submission) -> Department | None:
    """The department that owns the indicator of a submission today."""
    plan = desk.plan_of(submission.proposal.plan)
    return owner(desk.db, plan, submission.proposal.indicator, desk.today)
