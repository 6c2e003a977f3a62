"""The report as an Excel workbook: a summary, a sheet for each goal, and what stands around them.

Numbers are numbers, with their unit in the cell's format. Text of people never becomes a formula or
a link. Every sheet prints on A4 landscape, one page wide, its headings on each page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from reports.progress.about import (
    DEFINITION_HEADINGS,
    DRAFT,
    OPINION_HEADINGS,
    REVISION_HEADINGS,
    definitions,
    facts,
    notes,
    opinion_rows,
    revision_rows,
    undefined,
)
from reports.progress.items import Item, Strand
from reports.progress.model import GoalPart, Report
from reports.progress.numbers import number_of
from reports.progress.sheets import TALLEST, Sheets
from reports.progress.table import Column, columns, used
from reports.progress.tally import tally_headings, tally_rows
from reports.sheet import pages
from reports.sheet.looks import height

# Characters to a column's weight. Figures with their year stand in one line.
WIDTHS, WORDS = {"baseline": 8.0, "latest": 8.0, "effort": 13.0}, 5.9


def workbook(report: Report) -> bytes:
    """The report as an .xlsx file, the same for the same report."""
    buffer = BytesIO()
    with pages.workbook(buffer, f"{report.plan.title} {report.title}", report.made_on) as book:
        made = _Pages(book, report)
        made.summary()
        for part in report.goals:
            made.goal(part)
        made.opinions("昨年度の意見と対応", opinion_rows(report.beside.earlier))
        made.opinions("意見", opinion_rows(report.beside.opinions))
        made.revisions()
        made.around()
    return buffer.getvalue()


class _Pages(Sheets):
    """What stands on the sheets of one workbook."""

    def __init__(self, book: Workbook, report: Report) -> None:
        super().__init__(book, report)
        self._mark = "" if report.final else f"（{DRAFT}）"

    def summary(self) -> None:
        """What the report is of, counts and shares, and the evaluation of all goals."""
        report, widths = self.report, [22, 12, 9, *[17] * len(tally_headings(self.report)[3:])]
        page = self.page("概要", widths)
        n = self.title(page, f"{report.plan.title} {report.title}")
        for label, text in facts(report):
            page.write_string(n, 0, label, self.looks.label)
            page.write_string(n, 1, text)
            n += 1
        n = self.text(page, n + 1, f"評価{self._mark}", report.overall.text, widths)
        top = n + 1
        self.headings(page, top, tally_headings(report))
        for n, row in enumerate(tally_rows(report), top + 1):
            for place, cell in enumerate(row):
                look = self.looks.table if place < 2 else self.looks.right
                page.write_string(n, place, cell, look)
        self.on_paper(page, None)

    def goal(self, part: GoalPart) -> None:
        """One goal: its direction and evaluation, then headline targets and KPIs in one table."""
        made = self._columns(part)
        widths = [WIDTHS.get(c.key, WORDS) * c.weight for c in made]
        page = self.page(part.goal.label, widths)
        n = self.title(page, part.name)
        for label, text in (
            ("方向性", part.goal.direction or ""),
            ("主な関連施策", "、".join(part.policies)),
            (f"評価{self._mark}", part.passage.text),
            ("取組内容と課題", part.effort.text),
        ):
            n = self.text(page, n, label, text, widths) if text else n
        top = n + 1
        self.headings(page, top, [column.heading for column in made])
        n = top + 1
        for called, items in (("数値目標", part.targets), ("KPI", part.kpis)):
            if items:
                page.merge_range(n, 0, n, len(made) - 1, called, self.looks.band)
                n += 1
            for item in items:
                n = self._item(page, n, item, made, widths)
        page.freeze_panes(top + 1, 1)
        self.on_paper(page, top)

    def _columns(self, part: GoalPart) -> list[Column]:
        """Those that something stands in, and those for remarks, which may be written in by hand."""
        filled = used(self.report, part.items)
        by_hand = ("effort", "direction")
        return [c for n, c in enumerate(columns(self.report)) if n in filled or c.key in by_hand]

    def _item(
        self, page: Worksheet, n: int, item: Item, made: Sequence[Column], widths: Sequence[float]
    ) -> int:
        last = n + len(item.strands) - 1
        for at, strand in enumerate(item.strands, n):
            words = []
            for place, (column, width) in enumerate(zip(made, widths, strict=True)):
                cell = column.cell(item, strand)
                if not column.shared:
                    self._figure(page, at, place, item, strand, column)
                elif at == n:
                    self._shared(page, (n, place, last), cell)
                if at == n or not column.shared:
                    words.append((cell, width))
            page.set_row(at, height(words, TALLEST))
        return last + 1

    def _shared(self, page: Worksheet, where: tuple[int, int, int], cell: str) -> None:
        n, place, last = where
        if last > n:
            page.merge_range(n, place, last, place, "", self.looks.table)
        page.write_string(n, place, cell, self.looks.table)

    def _figure(
        self, page: Worksheet, n: int, place: int, item: Item, strand: Strand, column: Column
    ) -> None:
        """A number where the cell says one; what stands beside it is in the cell's comment."""
        number = number_of(column, item, strand)
        if number is None:
            look = self.looks.right if column.figures else self.looks.table
            page.write_string(n, place, column.cell(item, strand), look)
            return
        page.write_number(n, place, float(number.value), self.looks.number(number.format))
        if number.beside:
            page.write_comment(n, place, number.beside, {"author": "kpibot", "x_scale": 1.5})

    def opinions(self, name: str, rows: Iterable[Sequence[str]]) -> None:
        """Remarks with what was answered; no sheet where there are none."""
        found = list(rows)
        if found:
            page = self.page(name, widths := [11, 18, 28, 60, 18, 60])
            self.table(page, self.title(page, name), OPINION_HEADINGS, found, widths)

    def revisions(self) -> None:
        """What was revised; no sheet where nothing was."""
        found = list(revision_rows(self.report))
        if found:
            page = self.page("見直し", widths := [36, 14, 22, 22, 9, 26, 50])
            self.table(page, self.title(page, "見直し"), REVISION_HEADINGS, found, widths)

    def around(self) -> None:
        """Definitions, sources and notes."""
        name = "定義・出典・注"
        page = self.page(name, widths := [40, 60, 20, 14, 40])
        n = self.title(page, name)
        found = list(definitions(self.report))
        n = self.table(page, n, DEFINITION_HEADINGS, found, widths) if found else n
        if missing := undefined(self.report):
            page.write_string(n, 0, missing)
            n += 2
        for label, text in notes(self.report):
            page.write_string(n, 0, label, self.looks.label)
            page.merge_range(n, 1, n, len(widths) - 1, "", self.looks.line)
            page.write_string(n, 1, text, self.looks.line)
            page.set_row(n, height([(label, widths[0]), (text, sum(widths[1:]))], TALLEST))
            n += 1
        self.on_paper(page, None)
