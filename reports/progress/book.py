"""The report as an Excel workbook: a summary, a sheet for each goal, and what stands around them.

Numbers are numbers, with their unit in the cell's format. Text of people never becomes a formula or
a link. Every sheet prints on A4 landscape, one page wide, its headings on each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from reports.charting.wording import SAMPLE
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
from reports.progress.model import GoalPart, Item, Report, Strand
from reports.progress.numbers import number_of
from reports.progress.table import Column, columns, used
from reports.progress.tally import tally_headings, tally_rows
from reports.sheet.looks import LINE_POINTS, Looks, height

A4 = 9
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# Characters to a column's weight. Figures with their year stand in one line.
DATED, FIGURES, WORDS = {"baseline", "latest"}, 8.0, 5.9
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def workbook(report: Report) -> bytes:
    """The report as an .xlsx file, the same for the same report."""
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "strings_to_numbers": False}) as book:
        day = report.made_on
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # as xlsx has it
        title = f"{report.plan.title} {report.title}"
        book.set_properties({"title": title, "created": made})
        pages = _Pages(book, report)
        pages.summary()
        for part in report.goals:
            pages.goal(part)
        pages.opinions("昨年度の意見と対応", opinion_rows(report.beside.earlier))
        pages.opinions("意見", opinion_rows(report.beside.opinions))
        pages.revisions()
        pages.around()
    return buffer.getvalue()


class _Pages:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self._book = book
        self._report = report
        self._looks = Looks(book)
        self._names = set[str]()
        self._mark = "" if report.final else f"（{DRAFT}）"

    def summary(self) -> None:
        """What the report is of, counts and shares, and the evaluation of all goals."""
        report, widths = self._report, [22, 12, 9, *[17] * len(tally_headings(self._report)[3:])]
        page = self._page("概要", widths)
        n = self._title(page, f"{report.plan.title} {report.title}")
        for label, text in facts(report):
            page.write_string(n, 0, label, self._looks.label)
            page.write_string(n, 1, text)
            n += 1
        n = self._text(page, n + 1, f"評価{self._mark}", report.overall.text, widths)
        top = n + 1
        self._headings(page, top, tally_headings(report))
        for n, row in enumerate(tally_rows(report), top + 1):
            for place, cell in enumerate(row):
                look = self._looks.table if place < 2 else self._looks.right
                page.write_string(n, place, cell, look)
        self._on_paper(page, None)

    def goal(self, part: GoalPart) -> None:
        """One goal: its direction and evaluation, then headline targets and KPIs in one table."""
        made = self._columns(part)
        widths = [c.weight * (FIGURES if c.key in DATED else WORDS) for c in made]
        page = self._page(part.goal.label, widths)
        n = self._title(page, part.name)
        for label, text in (
            ("方向性", part.goal.direction or ""),
            ("主な関連施策", "、".join(part.policies)),
            (f"評価{self._mark}", part.passage.text),
            ("取組内容と課題", part.effort.text),
        ):
            n = self._text(page, n, label, text, widths) if text else n
        top = n + 1
        self._headings(page, top, [column.heading for column in made])
        n = top + 1
        for called, items in (("数値目標", part.targets), ("KPI", part.kpis)):
            if items:
                page.merge_range(n, 0, n, len(made) - 1, called, self._looks.band)
                n += 1
            for item in items:
                n = self._item(page, n, item, made, widths)
        page.freeze_panes(top + 1, 1)
        self._on_paper(page, top)

    def _columns(self, part: GoalPart) -> list[Column]:
        """Those that something stands in, and those for remarks, which may be written in by hand."""
        filled = used(self._report, part.items)
        by_hand = ("effort", "direction")
        return [c for n, c in enumerate(columns(self._report)) if n in filled or c.key in by_hand]

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
            page.set_row(at, height(words))
        return last + 1

    def _shared(self, page: Worksheet, where: tuple[int, int, int], cell: str) -> None:
        n, place, last = where
        if last > n:
            page.merge_range(n, place, last, place, "", self._looks.table)
        page.write_string(n, place, cell, self._looks.table)

    def _figure(
        self, page: Worksheet, n: int, place: int, item: Item, strand: Strand, column: Column
    ) -> None:
        """A number where the cell says one; what stands beside it is in the cell's comment."""
        number = number_of(column, item, strand)
        if number is None:
            look = self._looks.right if column.figures else self._looks.table
            page.write_string(n, place, column.cell(item, strand), look)
            return
        page.write_number(n, place, float(number.value), self._looks.number(number.format))
        if number.beside:
            page.write_comment(n, place, number.beside, {"author": "kpibot", "x_scale": 1.5})

    def opinions(self, name: str, rows: Iterable[Sequence[str]]) -> None:
        """Remarks with what was answered; no sheet where there are none."""
        found = list(rows)
        if found:
            page = self._page(name, widths := [11, 18, 28, 60, 18, 60])
            self._table(page, self._title(page, name), OPINION_HEADINGS, found, widths)

    def revisions(self) -> None:
        """What was revised; no sheet where nothing was."""
        found = list(revision_rows(self._report))
        if found:
            page = self._page("見直し", widths := [36, 14, 22, 22, 9, 26, 50])
            self._table(page, self._title(page, "見直し"), REVISION_HEADINGS, found, widths)

    def around(self) -> None:
        """Definitions, sources and notes."""
        name = "定義・出典・注"
        page = self._page(name, widths := [40, 60, 20, 14, 40])
        n = self._title(page, name)
        found = list(definitions(self._report))
        n = self._table(page, n, DEFINITION_HEADINGS, found, widths) if found else n
        if missing := undefined(self._report):
            page.write_string(n, 0, missing)
            n += 2
        for label, text in notes(self._report):
            page.write_string(n, 0, label, self._looks.label)
            page.merge_range(n, 1, n, len(widths) - 1, "", self._looks.line)
            page.write_string(n, 1, text, self._looks.line)
            page.set_row(n, height([(label, widths[0]), (text, sum(widths[1:]))]))
            n += 1
        self._on_paper(page, None)

    def _page(self, name: str, widths: Sequence[float]) -> Worksheet:
        page = self._book.add_worksheet(self._named(name))
        for n, width in enumerate(widths):
            page.set_column(n, n, width)
        return page

    def _named(self, name: str) -> str:
        """A name that Excel takes: short, without its signs, and not there yet."""
        plain = _NOT_IN_NAMES.sub("・", name)[:28]
        free = (each for each in _tries(plain) if each.lower() not in self._names)
        found = next(free)
        self._names.add(found.lower())
        return found

    def _title(self, page: Worksheet, text: str) -> int:
        """The title, and below it that samples are in it; the next free row."""
        page.write_string(0, 0, text, self._looks.title)
        page.set_row(0, 24)
        if self._report.sample:
            page.write_string(1, 0, SAMPLE, self._looks.warning)
        return 3 if self._report.sample else 2

    def _text(self, page: Worksheet, n: int, label: str, text: str, widths: Sequence[float]) -> int:
        """A label, and the text below it over all columns, a row a paragraph; the next free row."""
        page.write_string(n, 0, label, self._looks.label)
        for paragraph in filter(None, text.split("\n")):
            n += 1
            page.merge_range(n, 0, n, len(widths) - 1, "", self._looks.line)
            page.write_string(n, 0, paragraph, self._looks.line)
            page.set_row(n, height([(paragraph, sum(widths))]))
        return n + 1

    def _headings(self, page: Worksheet, n: int, names: Sequence[str]) -> None:
        for place, name in enumerate(names):
            page.write_string(n, place, name, self._looks.heading)
        page.set_row(n, 2 * LINE_POINTS + 4)

    def _table(
        self,
        page: Worksheet,
        top: int,
        names: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
    ) -> int:
        self._headings(page, top, names)
        for n, row in enumerate(rows, top + 1):
            for place, cell in enumerate(row):
                page.write_string(n, place, cell, self._looks.table)
            page.set_row(n, height(zip(row, widths, strict=True)))
        page.freeze_panes(top + 1, 0)
        self._on_paper(page, top)
        return top + len(rows) + 2

    def _on_paper(self, page: Worksheet, top: int | None) -> None:
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        if top is not None:
            page.repeat_rows(top)
        said = f"{self._report.plan.title} {self._report.title}".replace("&", "&&")
        page.set_header(f"&L&8{said}&R&8{SAMPLE if self._report.sample else ''}")
        page.set_footer("&C&8&P / &N")


def _tries(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}({n})" for n in range(2, 1000))
