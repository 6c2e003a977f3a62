"""What the sheets of a report's workbook share: names, titles, tables, and how they print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from reports.charting.wording import SAMPLE
from reports.progress.model import Report
from reports.sheet.looks import LINE_POINTS, Looks, height
from reports.sheet.pages import A4

LONGEST_HEADER = 100
TALLEST = 30
"""Lines to a row: Excel makes none taller."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


class Sheets:
    """The sheets of one workbook: each prints on A4 landscape, one page wide, its heads repeated."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self.report = report
        self.looks = Looks(book)
        self._book = book
        self._names = set[str]()

    def page(self, name: str, widths: Sequence[float]) -> Worksheet:
        """A new sheet with columns of these widths."""
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

    def title(self, page: Worksheet, text: str) -> int:
        """The title, and below it that samples are in it; the next free row."""
        page.write_string(0, 0, text, self.looks.title)
        page.set_row(0, 24)
        if self.report.sample:
            page.write_string(1, 0, SAMPLE, self.looks.warning)
        return 3 if self.report.sample else 2

    def text(self, page: Worksheet, n: int, label: str, text: str, widths: Sequence[float]) -> int:
        """A label, and the text below it over all columns, a row a paragraph; the next free row."""
        page.write_string(n, 0, label, self.looks.label)
        for paragraph in filter(None, text.split("\n")):
            n += 1
            page.merge_range(n, 0, n, len(widths) - 1, "", self.looks.line)
            page.write_string(n, 0, paragraph, self.looks.line)
            page.set_row(n, height([(paragraph, sum(widths))], TALLEST))
        return n + 1

    def headings(self, page: Worksheet, n: int, names: Sequence[str]) -> None:
        """The headings of a table in row `n`."""
        for place, name in enumerate(names):
            page.write_string(n, place, name, self.looks.heading)
        page.set_row(n, 2 * LINE_POINTS + 4)

    def table(
        self,
        page: Worksheet,
        top: int,
        names: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
    ) -> int:
        """A table of text that takes the whole sheet; the row after the one below it."""
        self.headings(page, top, names)
        for n, row in enumerate(rows, top + 1):
            for place, cell in enumerate(row):
                page.write_string(n, place, cell, self.looks.table)
            page.set_row(n, height(zip(row, widths, strict=True), TALLEST))
        page.freeze_panes(top + 1, 0)
        self.on_paper(page, top)
        return top + len(rows) + 2

    def on_paper(self, page: Worksheet, top: int | None) -> None:
        """How the sheet prints; row `top` is repeated on each page."""
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        if top is not None:
            page.repeat_rows(top)
        said = f"{self.report.plan.title} {self.report.title}"[:LONGEST_HEADER].replace("&", "&&")
        page.set_header(f"&L&8{said}&R&8{SAMPLE if self.report.sample else ''}")
        page.set_footer("&C&8&P / &N")


def _tries(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}({n})" for n in range(2, 1000))
