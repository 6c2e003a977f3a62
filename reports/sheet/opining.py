"""Writing a sheet of opinions: those on record, of which only the answer can be written, then free rows."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.sheet.looks import DAY_FORMAT, LINE_POINTS, Looks, height
from reports.sheet.opinion_form import (
    ALWAYS,
    CHOICES,
    DAYS,
    OPINION_COLUMNS,
    OPINIONS,
    OpinionRow,
    OpinionsForm,
    meta_of_opinions,
)
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
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LAST = len(OPINION_COLUMNS) - 1
LEAST_LINES = 2
DAY_HINT = "例: 2025/8/24　R7.8.24"


def write_opinions(form: OpinionsForm) -> bytes:
    """The sheet as an .xlsx file, the same for the same form."""
    buffer = BytesIO()
    with workbook(buffer, form.title, form.issued) as book:
        looks = Looks(book)
        _table(book.add_worksheet(f"{era(form.collection)}{OPINIONS}"), form, looks)
        add_guide(book, looks, form.guide)
        _choices(book, form)
        add_meta(book, meta_of_opinions(form))
    return buffer.getvalue()


def _table(page: Worksheet, form: OpinionsForm, looks: Looks) -> None:
    top = heading_row(form.facts)
    facts_above(page, looks, form.title, form.facts, OPINION_COLUMNS)
    headings(page, looks, top, OPINION_COLUMNS)
    for n, row in enumerate(form.rows, top + 1):
        _write_row(page, n, row, looks)
    _check_inputs(page, form, top)
    last = top + len(form.rows)
    on_paper(page, f"様式 {form.sheet}", top, (last, LAST))
    page.freeze_panes(top + 1, 2)
    page.protect("", MAY)


def _write_row(page: Worksheet, n: int, row: OpinionRow, looks: Looks) -> None:
    words = []
    for place, column in enumerate(OPINION_COLUMNS):
        value = row.key if place == 0 else getattr(row, column.key)
        typed_in = column.typed_in and (row.free or column.key in ALWAYS)
        shown = DAY_FORMAT if column.key in DAYS else "@"
        look = looks.input(shown) if typed_in else looks.day if column.key in DAYS else looks.fixed
        put(page, n, place, value, look)
        words.append((value if isinstance(value, str) else "", column.width))
    if not row.free:
        # Free rows have no height of ours: Excel makes room as they are filled in.
        page.set_row(n, max(height(words[1:]), LEAST_LINES * LINE_POINTS + 4))


def _check_inputs(page: Worksheet, form: OpinionsForm, top: int) -> None:
    """What Excel offers and says of each column; it keeps nobody from other words."""
    last, free = top + len(form.rows), sum(row.free for row in form.rows)
    for place, column in enumerate(OPINION_COLUMNS):
        first = top + 1 if column.key in ALWAYS else last - free + 1
        if column.typed_in and first <= last:
            page.data_validation(first, place, last, place, _rule(place, form))


def _rule(place: int, form: OpinionsForm) -> dict[str, Any]:
    column = OPINION_COLUMNS[place]
    if offered := form.choices.get(column.key):
        at = chr(ord("A") + list(form.choices).index(column.key))
        source = f"={CHOICES}!${at}$1:${at}${len(offered)}"
        return {"validate": "list", "source": source, "show_error": False}
    if column.key in DAYS:
        return {"validate": "any", "input_title": column.heading, "input_message": DAY_HINT}
    return longest(column)


def _choices(book: Workbook, form: OpinionsForm) -> None:
    """The page that the lists are taken from: in a cell's own rule Excel has room for 255 letters."""
    page = book.add_worksheet(CHOICES)
    for place, offered in enumerate(form.choices.values()):
        for n, word in enumerate(offered):
            page.write_string(n, place, word)
    page.protect("")
    page.very_hidden()
