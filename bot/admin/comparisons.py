"""`/kpi-admin 比較値`: what other places report."""

from __future__ import annotations

from answers.comparison_page import comparison_page
from answers.content import Content
from answers.matching import names_of
from bot.admin.page import Request, page_in
from bot.desk import Desk
from store import comparisons


def page(desk: Desk, request: Request) -> Content:
    """All of them; `比較値 1-1b` those of one indicator, `比較値 2ページ` the second page."""
    plan = desk.plan
    hits = (hit for word in request.words.split() for hit in names_of(plan).called(word))
    one = next((hit.id for hit in hits if hit.thing == "indicator"), "")
    held = comparisons.by_indicator(desk.db, plan.id)
    return comparison_page(plan, held, page_in(request.words), one)
