"""`/kpi-admin 報告` and `総括`: the yearly report, and the evaluation of a plan's whole period."""

from __future__ import annotations

from answers.content import Content
from bot import reporting
from bot.admin.page import Request
from bot.desk import Desk
from bot.naming_rounds import named_in_words
from store import shelf
from store.documented import phase
from store.errors import UnknownWords
from store.plan import Plan
from store.reading.letters import normalise


def page(desk: Desk, request: Request) -> Content:
    """`報告 R6`; without a year the collection that is current."""
    year = named_in_words(desk, request.words, "報告", "報告書のある")
    by = desk.by(request.person.user, "admin")
    return reporting.page(desk.db, by, desk.plan, "progress", year)


def whole_page(desk: Desk, request: Request) -> Content:
    """`総括`, `総括 第1期`; without a word the plan that ended last, else the current one."""
    by = desk.by(request.person.user, "admin")
    return reporting.page(desk.db, by, _plan(desk, request.words), "whole", None)


def _plan(desk: Desk, words: str) -> Plan:
    current = desk.plan
    if words:
        held = [desk.plan_of(name) for name in shelf.plan_ids(desk.db)]
        wanted = normalise(words)
        found = (p for p in held if wanted in {normalise(n) for n in (p.id, p.title, phase(p))})
        plan = next(found, None)
        if plan is None:
            there = "、".join(f"{phase(p)}（{p.id}）" for p in held)
            raise UnknownWords(
                f"「{words}」という計画はありません。あるもの: {there}", f"/kpi-admin 総括 {words}"
            )
        return plan
    if desk.outlook(None, []).ended:
        return current
    return shelf.predecessor(desk.db, current) or current
