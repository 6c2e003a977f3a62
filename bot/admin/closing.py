"""`/kpi-admin 締め`: how a collection stands before it is locked, and after."""

from __future__ import annotations

from answers.content import Content
from bot import closing
from bot.admin.page import Request
from bot.desk import Desk
from bot.naming_rounds import named_in_words


def page(desk: Desk, request: Request) -> Content:
    """`締め R6`; without a year the collection that is current."""
    collection = named_in_words(desk, request.words, "締め", "締められる")
    by = desk.by(request.person.user, "admin")
    return closing.page(desk.db, by, desk.plan.id, collection)
