"""A collection as buttons and words name it: `kitamoto-2|2024`, `R6`."""

from __future__ import annotations

from bot.acting import number_in, parts_in
from bot.desk import Desk
from bot.proposals import reportable_years
from store.errors import Stale, UnknownWords
from store.fiscal import era, read_year


def named_in_button(desk: Desk, named: str, otherwise: str) -> tuple[str, int]:
    """The plan and collection that a button or a form names. Raises Stale, saying `otherwise`."""
    plan, year = parts_in(named, 2, otherwise)
    collection = number_in(year, otherwise)
    if plan != desk.plan.id or collection not in reportable_years(desk.plan, desk.today):
        raise Stale(otherwise)
    return plan, collection


def named_in_words(desk: Desk, words: str, page: str, can: str) -> int:
    """The collection in the words after `/kpi-admin PAGE`; without words the current one.

    Raises UnknownWords, saying what `can` be done with which years, for any other word.
    """
    if not words:
        return desk.outlook(None, []).cycle.collection
    years = reportable_years(desk.plan, desk.today)
    found = read_year(words.split(maxsplit=1)[0], desk.today)
    if found not in years:
        known = "、".join(era(year) for year in years)
        raise UnknownWords(
            f"「{words}」は{can}年度ではありません。年度: {known}", f"/kpi-admin {page} {words}"
        )
    return found
