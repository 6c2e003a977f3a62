"""Which cells are merged: a streaming reader does not tell, and all but one of them look empty."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from reports.sheet.form import HEADING_WITHIN, MOST_COLUMNS, MOST_ROWS

_MERGED = re.compile(rb'mergeCell\s[^>]{0,40}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
CHUNK = 1 << 20
OVERLAP = 100
LOWEST = HEADING_WITHIN + MOST_ROWS


def merged_cells(data: bytes, page: Any, lowest: int = LOWEST) -> frozenset[str]:
    """The addresses of merged cells among the rows and columns that are read at all."""
    found: set[str] = set()
    with ZipFile(BytesIO(data)) as parcel, parcel.open(page._worksheet_path.lstrip("/")) as part:
        held = b""
        while chunk := part.read(CHUNK):
            held = held[-OVERLAP:] + chunk
            for each in _MERGED.findall(held):
                found |= _addresses(each.decode(), lowest)
    return frozenset(found)


def _addresses(ref: str, lowest: int) -> set[str]:
    left, top, right, bottom = range_boundaries(ref)
    columns = range(left or 1, min(right or 1, MOST_COLUMNS) + 1)
    rows = range(top or 1, min(bottom or 1, lowest) + 1)
    return {f"{get_column_letter(column)}{row}" for column in columns for row in rows}
