"""`/kpi-admin 履歴`: who did what, when, why and from where, narrowed down by words."""

from __future__ import annotations

from typing import Any

from answers.content import Content
from answers.ledger import IN_MESSAGE, IN_MODAL, ledger_page, ledger_view
from answers.ledger_words import subjects_of
from bot.admin.page import Request
from bot.desk import Desk
from bot.looking_back import reader_for, sought_in, wanted_by
from store import departments, ledger
from store.ledger import Wanted
from store.people import Who
from store.plan import Indicator


def page(desk: Desk, request: Request) -> Content:
    """What was done, the newest first."""
    db, plan, today = desk.db, desk.plan, desk.today
    sought = sought_in(db, plan, request.words, today)
    asked = wanted_by(db, plan, sought, today)
    count = ledger.count(db, asked)
    last = max(1, -(-count // IN_MESSAGE))
    events = ledger.events(db, asked, IN_MESSAGE, (min(sought.page, last) - 1) * IN_MESSAGE)
    called = {d.id: d.name for d in departments.departments(db, today).values()}
    return ledger_page(sought, events, count, reader_for(db, plan, request.person, today), called)


def view_of(desk: Desk, person: Who, indicator: Indicator, page: int) -> dict[str, Any]:
    """The modal of one indicator's history."""
    db, plan = desk.db, desk.plan
    asked = Wanted(plan.id, subjects_of(plan, indicator.id))
    count = ledger.count(db, asked)
    page = max(1, min(page, -(-count // IN_MODAL)))
    events = ledger.events(db, asked, IN_MODAL, (page - 1) * IN_MODAL)
    return ledger_view(indicator, events, count, page, reader_for(db, plan, person, desk.today))
