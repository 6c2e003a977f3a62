"""An .xlsx, cell by cell: which sheet of ours it is, and what stands in its input cells.

Everything is found by what it says, not by where it stands: the sheet by its hidden `_meta`, the
table by the heading of its hidden ids, a column by its heading. Tabs may be renamed, columns moved.
Formulas are seen as formulas, never as the value that a file claims for them; only rows in use are
read, whatever size the file claims.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reports.sheet.cells import MOST_TEXT, read_cell
from reports.sheet.form import (
    COMPARED_ID,
    COMPARED_READ,
    EFFORT_ID,
    EFFORT_READ,
    HEADING_WITHIN,
    ID,
    INPUTS,
    META,
    MOST_COLUMNS,
    MOST_ROWS,
    Column,
)
from reports.sheet.merges import merged_cells
from reports.sheet.opinion_form import FORM as OPINIONS
from reports.sheet.opinion_form import OPINION_ID, OPINION_READ
from reports.sheet.parcel import check
from reports.sheet.refusals import Refused

MERGED = "ほかのセルと結合されています。結合を解除して、値を入力し直してください。"
MOST_PAGES = 20
MOST_META = 30


@dataclass(frozen=True)
class _Table:
    """A table to look for: the column of its hidden ids, and what is read beside them."""

    mark: Column
    columns: tuple[Column, ...]


# The tables of a department's sheet, and of others by what their `_meta` says they are.
_REPORTED = {
    "rows": _Table(ID, INPUTS),
    "compared": _Table(COMPARED_ID, COMPARED_READ),
    "efforts": _Table(EFFORT_ID, EFFORT_READ),
}
_OTHERS = {OPINIONS: {"rows": _Table(OPINION_ID, OPINION_READ)}}


def examine(data: bytes) -> dict[str, Any]:
    """The sheet as JSON: `{"meta": {…}, "rows": [{"number", "key", "cells"}], "compared": […],
    "efforts": […]}`; what a sheet of its kind lacks is left out or empty.

    Raises Refused for a file that is not taken; whatever else is wrong with a file comes out of
    openpyxl as any exception at all.
    """
    check(data)
    with warnings.catch_warnings():
        # openpyxl tells of features that it does not know; none of them matters here.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        try:
            meta = _meta(book)
            return {"meta": meta, **_tables(book, data, meta.get("kpibot", ""))}
        finally:
            book.close()


def _tables(book: Any, data: bytes, form: str) -> dict[str, list[dict[str, Any]]]:
    """The tables of this kind of sheet by name; without its rows it is none."""
    wanted = _OTHERS.get(form, _REPORTED)
    try:
        read = {name: _read(book, data, table) for name, table in wanted.items()}
    except Refused as refused:
        raise refused.of(form) from None
    if read["rows"] is None:
        raise Refused("no_table").of(form)
    return {name: rows or [] for name, rows in read.items()}


def _meta(book: Any) -> dict[str, str]:
    for page in book.worksheets[:MOST_PAGES]:
        if page.title == META or _first(page) == "kpibot":
            lines = page.iter_rows(max_row=MOST_META, max_col=2, values_only=True)
            return {str(line[0]): str(line[1]) for line in lines if line and line[0] is not None}
    raise Refused("foreign")


def _first(page: Any) -> object:
    return next(
        (line[0] for line in page.iter_rows(max_row=1, max_col=1, values_only=True) if line), None
    )


def _read(book: Any, data: bytes, table: _Table) -> list[dict[str, Any]] | None:
    """The rows of a table, on whichever page it stands; None where there is none."""
    found = [
        (page, number, heading)
        for page in book.worksheets[:MOST_PAGES]
        for number, heading in _headings(page, table.mark)
    ]
    if not found:
        return None
    if len(found) > 1:
        raise Refused("two_tables")
    page, top, heading = found[0]
    places = _places(heading, table)
    return list(_rows(page, top, table, places, merged_cells(data, page)))


def _places(heading: list[str], table: _Table) -> dict[str, int]:
    """Where each column stands, the ids first."""
    places = {ID.key: heading.index(table.mark.heading)}
    for column in table.columns:
        if heading.count(column.heading) != 1:
            raise Refused("columns", column.heading)
        places[column.key] = heading.index(column.heading)
    return places


def _headings(page: Any, mark: Column) -> Iterator[tuple[int, list[str]]]:
    lines = page.iter_rows(max_row=HEADING_WITHIN, max_col=MOST_COLUMNS, values_only=True)
    for number, line in enumerate(lines, 1):
        words = ["".join(str(cell).split()) if cell is not None else "" for cell in line]
        if mark.heading in words:
            yield number, words


def _rows(
    page: Any, top: int, table: _Table, places: dict[str, int], merged: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """Rows that say something: those with an id, and those where somebody typed without one."""
    last = top + MOST_ROWS
    lines = page.iter_rows(min_row=top + 1, max_row=last, max_col=MOST_COLUMNS)
    for number, line in enumerate(lines, top + 1):
        cells = {
            column.key: _cell(line[places[column.key]], column, places[column.key], number, merged)
            for column in table.columns
        }
        key = line[places[ID.key]].value
        said = "" if key is None else str(key).strip()[:100]
        if said or any(text or trouble for _, text, trouble in cells.values()):
            yield {"number": number, "key": said, "cells": cells}


def _cell(
    cell: Any, column: Column, place: int, number: int, merged: frozenset[str]
) -> tuple[str, str, str | None]:
    address = f"{get_column_letter(place + 1)}{number}"
    if address in merged:
        return address, "", MERGED
    shown, most = cell.number_format or "", max(column.most, MOST_TEXT)
    text, trouble = read_cell(cell.value, cell.data_type, shown, column.key, most)
    return address, text, trouble
