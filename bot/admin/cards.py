"""`/kpi-admin 定義`: which definition cards lack what."""

from __future__ import annotations

from answers.card_page import CardsSeen, card_page
from answers.content import Content
from bot.admin.page import Request, page_in
from bot.desk import Desk
from store import cards, departments
from store.owning import owner_of


def page(desk: Desk, request: Request) -> Content:
    """`定義 2ページ` shows the second page, `定義 すべて` the complete cards too."""
    plan, today = desk.plan, desk.today
    owning = departments.owners(desk.db, plan.id, today)
    known = departments.departments(desk.db, today)
    owners = {
        i.id: known[owner].name
        for i in plan.indicators
        if (owner := owner_of(owning, i)) is not None and owner in known
    }
    seen = CardsSeen(plan, cards.cards(desk.db, plan), owners)
    return card_page(seen, page_in(request.words), everything="すべて" in request.words)
