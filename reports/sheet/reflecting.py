"""Writing the page of efforts: what was done for each indicator, why it came so, how it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.sheet.form import EFFORT_COLUMNS, Column, EffortRow, SheetForm
from reports.sheet.looks import LINE_POINTS, Looks, above, height
from reports.sheet.pages import headings, longest, put

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

TITLE = "取組内容・要因・今後の方向性"
HOW = (
    "黄色の欄に書いてください。書けるところだけ、後からでもかまいません。"
    "空欄にしても、前に書いたものは消えません（取り消しは画面から）。承認は要りません。"
)
TOP = 3
LAST = len(EFFORT_COLUMNS) - 1
LEAST_LINES = 3


def write_efforts(page: Worksheet, form: SheetForm, looks: Looks) -> None:
    """Fill the page with the form's `efforts`, below their headings in row `TOP` (from 0)."""
    above(page, looks, TITLE, HOW, EFFORT_COLUMNS)
    headings(page, looks, TOP, EFFORT_COLUMNS)
    for n, row in enumerate(form.efforts, TOP + 1):
        _write_row(page, n, row, form, looks)
    page.freeze_panes(TOP + 1, 3)


def _write_row(page: Worksheet, n: int, row: EffortRow, form: SheetForm, looks: Looks) -> None:
    words = []
    for place, column in enumerate(EFFORT_COLUMNS):
        text = row.key if place == 0 else str(getattr(row, column.key))
        look = looks.input("@") if column.typed_in else looks.fixed
        put(page, n, place, text, look)
        if column.typed_in:
            page.data_validation(n, place, n, place, _rule(column, form))
        words.append((text, column.width))
    page.set_row(n, max(height(words[1:]), LEAST_LINES * LINE_POINTS + 4))


def _rule(column: Column, form: SheetForm) -> dict[str, Any]:
    if column.key == "direction":
        return {"validate": "list", "source": list(form.directions), "show_error": False}
    return longest(column)
