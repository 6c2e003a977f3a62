"""Writing the page of comparisons: what other places report, and room to enter more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.sheet.form import COMPARED_COLUMNS, Column, ComparedRow, SheetForm
from reports.sheet.looks import LINE_POINTS, Looks, above, height
from reports.sheet.pages import longest, put

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

TITLE = "比較値（全国・県・近隣市など）"
HOW = (
    "黄色の欄に値・データ年・出典を書いてください（出典は必ず）。値は実績と同じ書き方です。"
    "下の空いた行には、番号（1-1b など）と比較先も書けます。値のない行は何も変わりません。"
)
TOP = 3
LAST = len(COMPARED_COLUMNS) - 1
ALWAYS = frozenset({"period", "value", "source"})
ONLY_FREE = frozenset({"code", "series", "place"})


def write_compared(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    """Fill the page with the form's `compared`, below their headings in row `TOP` (from 0)."""
    above(page, looks, TITLE, HOW, COMPARED_COLUMNS)
    for n, column in enumerate(COMPARED_COLUMNS):
        page.set_column(n, n, column.width, None, {"hidden": n == 0})
        look = looks.input_heading if column.key in ALWAYS else looks.heading
        page.write_string(TOP, n, column.heading, look)
    for n, row in enumerate(form.compared, TOP + 1):
        _write_row(page, n, row, looks)
    page.freeze_panes(TOP + 1, 3)


def _write_row(page: Worksheet, n: int, row: ComparedRow, looks: Looks) -> None:
    for place, column in enumerate(COMPARED_COLUMNS):
        typed_in = column.key in ALWAYS or (row.free and column.key in ONLY_FREE)
        look = looks.input(_format(column, row)) if typed_in else looks.fixed
        value = row.key if place == 0 else getattr(row, column.key)
        put(page, n, place, value, look)
        if typed_in:
            page.data_validation(n, place, n, place, _rule(column, row))
    words = [(str(getattr(row, c.key)), c.width) for c in COMPARED_COLUMNS[1:]]
    page.set_row(n, max(height(words), LINE_POINTS + 6))


def _format(column: Column, row: ComparedRow) -> str:
    return row.number_format if column.key == "value" else "@"


def _rule(column: Column, row: ComparedRow) -> dict[str, Any]:
    if column.key not in {"source", "place"}:
        hint = row.hint if column.key == "value" else ""
        told = {"input_title": column.heading, "input_message": hint[:255]} if hint else {}
        return {"validate": "any"} | told
    return longest(column)
