"""`/kpi-admin 意見`: what the bodies said, to be entered, mended and answered; and its Excel sheets."""

from __future__ import annotations

from answers.content import Content
from answers.opinion_sheet_messages import no_such_year, which_sheet
from answers.sheet_words import wants_sheet
from answers.sought_opinions import read_sought
from bot.admin.page import Request
from bot.desk import Desk
from bot.opinions_seen import listed
from bot.proposals import reportable_years


def page(desk: Desk, request: Request) -> Content:
    """`意見 未対応 R6`: those that the words look for; `意見 様式 R6 有識者`: the sheets for them."""
    if wants_sheet(request.words):
        return _sheets(desk, (*request.words.split(maxsplit=1), "")[1])
    return listed(desk, request.person, request.words)


def _sheets(desk: Desk, words: str) -> Content:
    plan, years = desk.plan, reportable_years(desk.plan, desk.today)
    sought = read_sought(words, plan, (), desk.today)
    year = sought.collection if sought.collection is not None else years[0]
    if year not in years:
        return no_such_year(year, years)
    return which_sheet(plan, years, year, sought.body, sought.words)
