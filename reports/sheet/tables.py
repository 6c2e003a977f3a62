"""Any table, cell by cell: an .xlsx with all its pages, or a CSV file. Run in the confined process.

Formulas are seen as formulas, never as the value that a file claims for them. Of merged cells the
upper left one keeps its text and all say so: a name may be merged, a value is then nobody's.
"""

from __future__ import annotations

import csv
import warnings
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reports.sheet.cells import read_cell
from reports.sheet.merges import merged_cells
from reports.sheet.parcel import check, kind_of
from reports.sheet.refusals import Refused

MOST_PAGES = 20
MOST_ROWS = 3000
MOST_COLUMNS = 60
ENCODINGS = ("utf-8-sig", "cp932")
# Excel's 「Unicode テキスト」 begins so.
_WIDE = (BOM_UTF16_LE, BOM_UTF16_BE)
MERGED = "ほかのセルと結合されています。結合を解除して、セルごとに値を書いてください。"
_DELIMITERS = ",\t;"
_NO_DAY = "value"

Row = list[tuple[str, str, str | None]]


def tables(data: bytes) -> dict[str, Any]:
    """The file as JSON: `{"pages": [{"title", "rows": [[[address, text, trouble]]], "cut"}]}`.

    Raises Refused for a file that is not taken.
    """
    if data.startswith(_WIDE) or kind_of(data) == "text":
        return {"pages": [_page("", _lines(data))]}
    check(data)
    with warnings.catch_warnings():
        # openpyxl tells of features that it does not know; none of them matters here.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        try:
            pages = book.worksheets[:MOST_PAGES]
            return {"pages": [_page(each.title, _cells(data, each)) for each in pages]}
        finally:
            book.close()


def _page(title: str, rows: Iterator[Row]) -> dict[str, Any]:
    kept = list(islice(rows, MOST_ROWS))
    return {"title": title, "rows": kept, "cut": next(rows, None) is not None}


def _cells(data: bytes, page: Any) -> Iterator[Row]:
    merged = merged_cells(data, page, MOST_ROWS)
    lines = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    for number, line in enumerate(lines, 1):
        yield _used([_cell(cell, _address(c, number), merged) for c, cell in enumerate(line, 1)])


def _used(row: Row) -> Row:
    """Without the empty cells at its end, which a sheet that was once wider has many of."""
    last = max((n for n, (_, text, trouble) in enumerate(row, 1) if text or trouble), default=0)
    return row[:last]


def _cell(cell: Any, address: str, merged: frozenset[str]) -> tuple[str, str, str | None]:
    text, trouble = read_cell(cell.value, cell.data_type, cell.number_format or "", _NO_DAY)
    return address, text, trouble or (MERGED if address in merged else None)


def _lines(data: bytes) -> Iterator[Row]:
    text = _decoded(data)
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    for number, line in enumerate(_readable(lines), 1):
        cells = enumerate(line[:MOST_COLUMNS], 1)
        yield [(_address(c, number), *read_cell(text, "s", "", _NO_DAY)) for c, text in cells]


def _readable(lines: Iterable[list[str]]) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error as error:
        raise Refused("broken") from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data.startswith(_WIDE) else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def _delimiter(text: str) -> str:
    """Whichever of the usual ones stands most often among the first lines."""
    start = text[:4096]
    return max(_DELIMITERS, key=start.count)


def _address(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"
