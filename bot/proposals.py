"""Proposals on their way: as they stand against the ledger, and as drafts keep them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from answers import preview
from answers.content import Content
from answers.forms import FormInput
from answers.proposed import if_approved
from bot.desk import Desk
from store.periods import default_period, show_period
from store.plan import Indicator, Plan
from store.showing import show_value
from store.standing import Standing
from store.submissions import Proposal, SeriesValues


def standing_of(desk: Desk, indicator: Indicator, collection: int | None) -> Standing:
    """How one indicator of the current plan stands in a collection (the current one by default)."""
    return desk.outlook(collection, [indicator.id]).standings[indicator.id]


def previous(standing: Standing) -> SeriesValues | None:
    """The values last approved in an earlier collection or in this one."""
    return standing.latest.proposal.values if standing.latest else None


def before(desk: Desk, given: FormInput) -> SeriesValues | None:
    """The values last approved for what a form is about; nothing for a year it cannot be about."""
    indicator = desk.plan.by_id.get(given.indicator or "")
    if indicator is None or given.collection not in reportable_years(desk.plan, desk.today):
        return None
    return previous(standing_of(desk, indicator, given.collection))


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
    own_period = proposal.period not in {None, default_period(proposal.collection)}
    return FormInput(
        proposal.indicator,
        proposal.collection,
        as_typed(desk.plan.by_id[proposal.indicator], proposal),
        show_period(proposal.period) if own_period and proposal.period else None,
        proposal.source,
        proposal.note,
        proposal.kind == "awaiting",
        proposal.month,
    )


def shown(desk: Desk, standing: Standing, proposal: Proposal, draft: str) -> Content:
    """The preview with its buttons."""
    plan = desk.plan
    verdict = if_approved(plan, standing, proposal)
    return preview.preview(plan, standing, proposal, verdict, draft)


def as_draft(proposal: Proposal) -> dict[str, Any]:
    """A proposal as a draft's payload."""
    values = [[series, format(value, "f")] for series, value in proposal.values.items()]
    return {**asdict(proposal), "values": values}


def from_draft(payload: dict[str, Any]) -> Proposal:
    """A draft's payload as a proposal."""
    values = {series: Decimal(value) for series, value in payload["values"]}
    return Proposal(**{**payload, "values": values, "oddities": tuple(payload["oddities"])})
