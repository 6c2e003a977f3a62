"""Writing a department's sheet: protected but for its inputs, printable on A4 landscape."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.sheet import comparing, reflecting
from reports.sheet.form import COLUMNS, COMPARED, EFFORTS, Column, SheetForm, SheetRow, meta_of
from reports.sheet.looks import LINE_POINTS, Looks, height
from reports.sheet.pages import (
    MAY,
    add_guide,
    add_meta,
    facts_above,
    heading_row,
    headings,
    longest,
    on_paper,
    put,
    workbook,
)
from store.fiscal import era

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LAST = len(COLUMNS) - 1
PERIOD_HINT = "いつの値か。例: R6（年度）、2024年（暦年）、R7.4.1（基準日）、H30〜R2平均"


def write_sheet(form: SheetForm) -> bytes:
    """The sheet as an .xlsx file, the same for the same form."""
    buffer = BytesIO()
    with workbook(buffer, form.title, form.issued) as book:
        looks = Looks(book)
        _table(book.add_worksheet(f"{era(form.collection)}照会様式"), form, looks)
        if form.efforts:
            _efforts(book.add_worksheet(EFFORTS), form, looks)
        if form.compared:
            _compared(book.add_worksheet(COMPARED), form, looks)
        add_guide(book, looks, form.guide)
        add_meta(book, meta_of(form))
    return buffer.getvalue()


def _table(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    top = heading_row(form.facts)
    facts_above(page, looks, form.title, form.facts, COLUMNS)
    headings(page, looks, top, COLUMNS)
    page.set_row(top, 2 * LINE_POINTS + 4)
    for n, row in enumerate(form.rows, top + 1):
        _write_row(page, n, row, form, looks)
    on_paper(page, _footer(form), top, (top + len(form.rows), LAST))
    page.freeze_panes(top + 1, 3)
    page.protect("", MAY)


def _compared(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    comparing.write_compared(page, form, looks)
    on_paper(
        page, _footer(form), comparing.TOP, (comparing.TOP + len(form.compared), comparing.LAST)
    )
    page.protect("", MAY)


def _efforts(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    reflecting.write_efforts(page, form, looks)
    on_paper(
        page, _footer(form), reflecting.TOP, (reflecting.TOP + len(form.efforts), reflecting.LAST)
    )
    page.protect("", MAY)


def _footer(form: SheetForm) -> str:
    return f"様式 {form.sheet}（第{form.version}版）"


def _write_row(page: Worksheet, n: int, row: SheetRow, form: SheetForm, looks: Looks) -> None:
    words = []
    for place, column in enumerate(COLUMNS):
        value = getattr(row, column.key, row.key)
        formatted = row.number_format if column.key == "value" else "@"
        look = looks.input(formatted) if column.typed_in else looks.fixed
        put(page, n, place, value, look)
        if place:
            words.append((str(value), column.width))
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
        return longest(column)
    return None


def _offers(choices: tuple[str, ...]) -> dict[str, Any]:
    return {"validate": "list", "source": list(choices), "show_error": False}
