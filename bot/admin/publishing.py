"""`/kpi-admin 公開`: whether a collection may be shown to the public, and who decided it."""

from __future__ import annotations

from answers.content import Content
from bot import publishing
from bot.admin.page import Request
from bot.desk import Desk
from bot.naming_rounds import named_in_words


def page(desk: Desk, request: Request) -> Content:
    """`公開 R6`; without a year the collection that is current."""
    collection = named_in_words(desk, request.words, "公開", "公開を決められる")
    by = desk.by(request.person.user, "admin")
    return publishing.page(desk.db, by, desk.plan.id, collection)
