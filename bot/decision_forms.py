"""The forms of 差戻し, 値を直して承認へ and 訂正, filled in with the figures as they stand now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.correcting import correction_form
from answers.returning import return_form, templates_of
from bot import telling
from bot.desk import Desk
from store import settings, submissions
from store.submissions import Proposal

TEMPLATES = "return.templates"


def templates(desk: Desk) -> tuple[str, ...]:
    """The sentences that a return form offers, as planners last wrote them."""
    return templates_of(settings.get(desk.db, TEMPLATES))


def returning(desk: Desk, numbers: Sequence[int]) -> dict[str, Any]:
    """差戻し of these submissions, with a reason."""
    found = [submissions.submission(desk.db, number) for number in numbers]
    return return_form(telling.seen(desk.db, found, desk.today), templates(desk))


def mending(desk: Desk, number: int) -> dict[str, Any]:
    """値を直して承認へ, for a submission that is 確認中. Raises Stale when it is not."""
    found = submissions.undecided(desk.db, number)
    indicator = desk.plan_of(found.proposal.plan).by_id[found.proposal.indicator]
    return correction_form(indicator, found.proposal.collection, found, f"submission|{number}")


def after_lock(desk: Desk, plan: str, indicator: str, collection: int) -> dict[str, Any]:
    """訂正, for a figure of a locked collection, filled in with what is approved."""
    found = desk.plan_of(plan).by_id[indicator]
    approved = submissions.approved_of(desk.db, Proposal(plan, indicator, collection))
    return correction_form(found, collection, approved, f"{plan}|{indicator}|{collection}")
