"""`/kpi-admin サイクル`: the dates and stages of a collection."""

from __future__ import annotations

from answers.content import Content
from answers.cycle_page import Said, cycle_page
from bot.admin.page import Request
from bot.desk import Desk
from store import cycle as cycles
from store import directory, stages
from store.errors import UnknownWords
from store.fiscal import era, read_year


def page(desk: Desk, request: Request) -> Content:
    """`サイクル R6`; without a year the collection that is current."""
    return shown(desk, _year(desk, request.words) if request.words else None)


def shown(desk: Desk, collection: int | None = None) -> Content:
    """A collection's page as it stands, with the ways to those before and after it."""
    plan, outlook = desk.plan, desk.outlook(collection)
    year = outlook.cycle.collection
    said = Said(
        cycles.dates_set(desk.db, plan.id, year),
        stages.closings(desk.db, plan.id, year),
        directory.names(desk.db),
    )
    known = cycles.collections(plan, desk.today)
    return cycle_page(outlook, said, [each for each in (year - 1, year + 1) if each in known])


def _year(desk: Desk, words: str) -> int:
    known = cycles.collections(desk.plan, desk.today)
    found = read_year(words.split(maxsplit=1)[0], desk.today)
    if found not in known:
        there = "、".join(era(year) for year in known)
        raise UnknownWords(
            f"「{words}」はこの計画の報告年度ではありません。年度: {there}",
            f"/kpi-admin サイクル {words}",
        )
    return found
