"""CSV that a spreadsheet opens as it stands: UTF-8 with the mark that Excel looks for, no formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """The rows below their headings; no cell is taken for a formula. A plain number stays one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(
        [cell if _NUMBER.fullmatch(cell) else harmless(cell) for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell with a sign before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
