"""`/kpi-admin 言い方`: what people taught, to be looked through and taken back."""

from __future__ import annotations

from answers.content import Content
from answers.learnt_words import learnt_words
from bot.admin.page import Request
from bot.desk import Desk
from store import aliases, directory
from store.reading.letters import normalise

MOST_DIGITS = 4


def page(desk: Desk, request: Request) -> Content:
    """Of the current plan; `言い方 2` shows the second page."""
    plan = desk.plan
    found = [*aliases.waiting(desk.db, plan.id), *aliases.learnt(desk.db, plan.id)]
    return learnt_words(plan, found, directory.names(desk.db), _number(request.words))


def _number(words: str) -> int:
    digits = normalise(words).removesuffix("ページ").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else 1
