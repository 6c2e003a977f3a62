"""The table of a digest: how many indicators of each group stand where, and what changed."""

from __future__ import annotations

from answers.content import cut
from answers.layout import Part, grid
from schedules.digests.chart import OTHERS
from schedules.digests.scoping import Scoped
from schedules.news import News
from store.judge import grades_of

TITLE_WIDTH = 30


def attainment(view: Scoped, news: News, first: bool) -> Part:
    """A row a group, with the change since the channel's last digest unless it is its first."""
    outlook = view.outlook
    grades = grades_of(outlook.plan)
    codes = [*(grade.code for grade in grades), None]
    rows = []
    # A phone shows the first columns: a group's title, which may be long, stands last.
    for group in view.groups:
        now, before = outlook.grades(group.members), news.graded_before(outlook, group.members)
        cells = [_cell(now[code], 0 if first else now[code] - before[code]) for code in codes]
        rows.append([group.label, *cells, cut(group.title, TITLE_WIDTH)])
    headings = ["達成状況", *(grade.label for grade in grades), OTHERS, view.grouped]
    return grid(headings, rows)


def _cell(count: int, change: int) -> str:
    sign = "+" if change > 0 else "−"
    return f"{count}（{sign}{abs(change)}）" if change else str(count)
