"""`/kpi-admin 締め`: how a collection stands before it is locked, and after."""

from __future__ import annotations

from answers.content import Content
from bot import closing
from bot.admin.page import Request
from bot.desk import Desk
from bot.proposals import reportable_years
from store.errors import UnknownWords
from store.fiscal import era, read_year


def page(desk: Desk, request: Request) -> Content:
    """`締め R6`; without a year the collection that is current."""
    collection = desk.outlook(None, []).cycle.collection
    if request.words:
        collection = _year(desk, request.words)
    by = desk.by(request.person.user, "admin")
    return closing.page(desk.db, by, desk.plan.id, collection)


def _year(desk: Desk, words: str) -> int:
    years = reportable_years(desk.plan, desk.today)
    found = read_year(words.split(maxsplit=1)[0], desk.today)
    if found not in years:
        known = "、".join(era(year) for year in years)
        raise UnknownWords(
            f"「{words}」は締められる年度ではありません。年度: {known}", f"/kpi-admin 締め {words}"
        )
    return found
