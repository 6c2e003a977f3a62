"""What every workbook of ours shares: how it is begun, what stands above a table, its guide and `_meta`.

Text of people never becomes a formula or a link: every text is written as a string, and XlsxWriter
is told not to convert any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.sheet.form import GUIDE, META, Column
from reports.sheet.looks import Looks, height

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

A4 = 9
LABEL_COLUMN, FACT_COLUMN = 1, 3
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MAY = {
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
Pairs = Iterable[tuple[str, str]]
Value = str | Decimal | date | None


@contextmanager
def workbook(buffer: BytesIO, title: str, issued: date) -> Iterator[Workbook]:
    """A workbook that is written into `buffer` at the end; the same bytes for the same content."""
    # Most answers do without it.
    from xlsxwriter import Workbook  # noqa: PLC0415

    with Workbook(buffer, {**SAFE, "strings_to_numbers": False}) as book:
        made = datetime(issued.year, issued.month, issued.day)  # noqa: DTZ001  # as xlsx has it
        book.set_properties({"title": title, "created": made})
        yield book


def heading_row(facts: Sequence[tuple[str, str]]) -> int:
    """The row of a table's headings, counted from 0: below the title, the facts and an empty line."""
    return len(facts) + 2


def facts_above(
    page: Worksheet, looks: Looks, title: str, facts: Pairs, columns: Sequence[Column]
) -> None:
    """The title, and below it the labelled lines, as wide as the table."""
    last = len(columns) - 1
    wide = sum(column.width for column in columns[FACT_COLUMN:])
    page.write_string(0, LABEL_COLUMN, title, looks.title)
    page.set_row(0, 24)
    for n, (label, text) in enumerate(facts, 1):
        page.write_string(n, LABEL_COLUMN, label, looks.label)
        page.merge_range(n, FACT_COLUMN, n, last, "", looks.line)
        page.write_string(n, FACT_COLUMN, text, looks.line)
        page.set_row(n, height([(text, wide)]))


def headings(page: Worksheet, looks: Looks, top: int, columns: Sequence[Column]) -> None:
    """The headings in row `top`, yellow over cells to fill in, and the columns as wide as they say.

    The first column, of hidden ids, is not shown.
    """
    for n, column in enumerate(columns):
        page.set_column(n, n, column.width, None, {"hidden": n == 0})
        look = looks.input_heading if column.typed_in else looks.heading
        page.write_string(top, n, column.heading, look)


def put(page: Worksheet, n: int, place: int, value: Value, look: Format) -> None:
    """One cell as what it is: a day, a number, or a text; blank where there is nothing to say."""
    if isinstance(value, date):
        page.write_datetime(n, place, value, look)
    elif isinstance(value, Decimal):
        page.write_number(n, place, float(value), look)
    elif value:
        page.write_string(n, place, value, look)
    else:
        page.write_blank(n, place, None, look)


def longest(column: Column) -> dict[str, Any]:
    """The rule by which Excel refuses a text that is longer than the column takes."""
    told = {"error_title": column.heading, "error_message": f"{column.most}文字までです。"}
    return {"validate": "length", "criteria": "<=", "value": column.most} | told


def on_paper(page: Worksheet, footer: str, top: int, corner: tuple[int, int]) -> None:
    """A4 landscape, one page wide, the headings of row `top` on each; `corner` ends what is printed."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(top)
    page.print_area(0, 1, *corner)
    page.set_footer(f"&L&8{footer}&R&8&P / &N")


def add_guide(book: Workbook, looks: Looks, guide: Pairs) -> None:
    """The page that says how to fill the others in."""
    page = book.add_worksheet(GUIDE)
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 95)
    page.write_string(0, 0, GUIDE, looks.title)
    for n, (what, how) in enumerate(guide, 2):
        page.write_string(n, 0, what, looks.plain)
        page.write_string(n, 1, how, looks.plain)
        page.set_row(n, height([(what, 30), (how, 95)]))
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.protect("", MAY)


def add_meta(book: Workbook, lines: Pairs) -> None:
    """The hidden page by which a sheet is known again."""
    page = book.add_worksheet(META)
    for n, (name, value) in enumerate(lines):
        page.write_string(n, 0, name)
        page.write_string(n, 1, value)
    page.protect("")
    page.very_hidden()
