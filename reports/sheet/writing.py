"""Writing a sheet: protected but for its inputs, printable on A4 landscape, one page wide.

Text of people never becomes a formula or a link: every text is written as a string, and XlsxWriter
is told not to convert any.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.sheet import comparing, reflecting
from reports.sheet.form import (
    COLUMNS,
    COMPARED,
    EFFORTS,
    GUIDE,
    META,
    Column,
    SheetForm,
    SheetRow,
    meta_of,
)
from reports.sheet.looks import LINE_POINTS, Looks, height
from store.fiscal import era

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LAST = len(COLUMNS) - 1
# The table's heading stands below the title, the facts and an empty line.
LABEL_COLUMN, FACT_COLUMN = 1, 3
FACTS_WIDE = sum(column.width for column in COLUMNS[FACT_COLUMN:])
A4 = 9
PERIOD_HINT = "いつの値か。例: R6（年度）、2024年（暦年）、R7.4.1（基準日）、H30〜R2平均"
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MAY = {
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_sheet(form: SheetForm) -> bytes:
    """The sheet as an .xlsx file, the same for the same form."""
    # Most answers do without it.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "strings_to_numbers": False}) as book:
        made = datetime(form.issued.year, form.issued.month, form.issued.day)  # noqa: DTZ001  # as xlsx has it
        book.set_properties({"title": form.title, "created": made})
        looks = Looks(book)
        _table(book.add_worksheet(f"{era(form.collection)}照会様式"), form, looks)
        if form.efforts:
            _efforts(book.add_worksheet(EFFORTS), form, looks)
        if form.compared:
            _compared(book.add_worksheet(COMPARED), form, looks)
        _guide(book.add_worksheet(GUIDE), form, looks)
        _meta(book.add_worksheet(META), form)
    return buffer.getvalue()


def heading_row(form: SheetForm) -> int:
    """The row of the table's headings, counted from 0."""
    return len(form.facts) + 2


def _table(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    top = heading_row(form)
    _above(page, form, looks)
    for n, column in enumerate(COLUMNS):
        page.set_column(n, n, column.width, None, {"hidden": n == 0})
        page.write_string(top, n, column.heading, _heading(column, looks))
    page.set_row(top, 2 * LINE_POINTS + 4)
    for n, row in enumerate(form.rows, top + 1):
        _write_row(page, n, row, form, looks)
    _on_paper(page, form, top, (top + len(form.rows), LAST))
    page.freeze_panes(top + 1, 3)
    page.protect("", MAY)


def _compared(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    comparing.write_compared(page, form, looks)
    _on_paper(page, form, comparing.TOP, (comparing.TOP + len(form.compared), comparing.LAST))
    page.protect("", MAY)


def _efforts(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    reflecting.write_efforts(page, form, looks)
    _on_paper(page, form, reflecting.TOP, (reflecting.TOP + len(form.efforts), reflecting.LAST))
    page.protect("", MAY)


def _above(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    page.write_string(0, LABEL_COLUMN, form.title, looks.title)
    page.set_row(0, 24)
    for n, (label, text) in enumerate(form.facts, 1):
        page.write_string(n, LABEL_COLUMN, label, looks.label)
        page.merge_range(n, FACT_COLUMN, n, LAST, "", looks.line)
        page.write_string(n, FACT_COLUMN, text, looks.line)
        page.set_row(n, height([(text, FACTS_WIDE)]))


def _heading(column: Column, looks: Looks) -> object:
    return looks.input_heading if column.typed_in else looks.heading


def _write_row(page: Worksheet, n: int, row: SheetRow, form: SheetForm, looks: Looks) -> None:
    words = []
    for place, column in enumerate(COLUMNS):
        text = str(getattr(row, column.key, row.key))
        formatted = row.number_format if column.key == "value" else "@"
        look = looks.input(formatted) if column.typed_in else looks.fixed
        if column.key == "value" and not isinstance(row.value, str):
            page.write_number(n, place, float(row.value), look)
        elif text:
            page.write_string(n, place, text, look)
        else:
            page.write_blank(n, place, None, look)
        if place:
            words.append((text, column.width))
        _check_input(page, n, place, _rule(column, row, form))
    page.set_row(n, max(height(words), 2 * LINE_POINTS + 4))


def _check_input(page: Worksheet, n: int, place: int, rule: dict[str, Any] | None) -> None:
    if rule is not None:
        page.data_validation(n, place, n, place, rule)


def _rule(column: Column, row: SheetRow, form: SheetForm) -> dict[str, Any] | None:
    """What Excel says of an input. Of values and years it only tells: words are inputs too."""
    if column.key == "value":
        hint = {"input_title": column.heading, "input_message": row.hint[:255]}
        return (_offers(row.choices) if row.choices else {"validate": "any"}) | hint
    if column.key == "period":
        hint = {"input_title": column.heading, "input_message": PERIOD_HINT}
        return _offers(form.periods) | hint
    if column.typed_in:
        told = {"error_title": column.heading, "error_message": f"{column.most}文字までです。"}
        return {"validate": "length", "criteria": "<=", "value": column.most} | told
    return None


def _offers(choices: tuple[str, ...]) -> dict[str, Any]:
    return {"validate": "list", "source": list(choices), "show_error": False}


def _on_paper(page: Worksheet, form: SheetForm, top: int, corner: tuple[int, int]) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(top)
    page.print_area(0, 1, *corner)
    page.set_footer(f"&L&8様式 {form.sheet}（第{form.version}版）&R&8&P / &N")


def _guide(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 95)
    page.write_string(0, 0, GUIDE, looks.title)
    for n, (what, how) in enumerate(form.guide, 2):
        page.write_string(n, 0, what, looks.plain)
        page.write_string(n, 1, how, looks.plain)
        page.set_row(n, height([(what, 30), (how, 95)]))
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.protect("", MAY)


def _meta(page: Worksheet, form: SheetForm) -> None:
    for n, (name, value) in enumerate(meta_of(form)):
        page.write_string(n, 0, name)
        page.write_string(n, 1, value)
    page.protect("")
    page.very_hidden()
