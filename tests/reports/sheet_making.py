"""Sheets as they are issued, filled in and maltreated: by openpyxl, and part by part in the zip."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from reports.sheet.examining import examine
from reports.sheet.filled import Filled, as_filled
from reports.sheet.form import COLUMNS, SheetForm, SheetRow
from reports.sheet.pages import heading_row
from reports.sheet.writing import write_sheet

TABLE = "xl/worksheets/sheet1.xml"
COLUMN = {column.key: number for number, column in enumerate(COLUMNS, 1)}
ROW = SheetRow(
    key="1-1b",
    code="1-1b",
    name="保育所（園）待機児童数",
    definition="4月1日現在",
    unit="人/年",
    measure="単年",
    before="18人（R5）",
    baseline="29人（R2と推定）",
    target="0人／年",
    value="",
    number_format='General"人";"△"General"人"',
    hint="単位 人。例: 29人",
    period="R6",
    source="",
    note="",
    state="未提出",
)
ROWS = (
    ROW,
    replace(ROW, key="1-1c", code="1-1c", name="予算の割合", unit="%", number_format="General"),
    replace(ROW, key="3-3a", code="3-3a", name="男女の比率", unit="―", number_format="@"),
    replace(ROW, key="4-1a", code="4-1a", name="特定空家数", value=Decimal("3")),
)
FORM = SheetForm(
    sheet="0123456789abcdef",
    version=1,
    plan="kitamoto-2",
    collection=2024,
    department="children",
    issued=date(2025, 6, 3),
    title="R6実績 照会様式　こども課",
    facts=(("計画", "第2期総合戦略"), ("提出期限", "2025年6月12日（木）")),
    sample=False,
    rows=ROWS,
    periods=("R6", "R5", "2024年"),
    guide=(("負の数", "△203"),),
)
FIRST = heading_row(FORM.facts) + 2
"""The sheet's first row of the table, as Excel counts."""


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(change: Callable[[Any, Workbook], object], form: SheetForm = FORM) -> bytes:
    """The sheet after somebody did something to its table and saved it."""
    book = opened(write_sheet(form))
    change(book.worksheets[0], book)
    return saved(book)


def filled_in(values: Mapping[str, Any], column: str = "value", form: SheetForm = FORM) -> bytes:
    """The sheet with values typed into a column, by row key."""

    def fill(page: Any, _: Workbook) -> None:
        for row in page.iter_rows(min_row=FIRST):
            if row[0].value in values:
                row[COLUMN[column] - 1].value = values[row[0].value]

    return changed(fill, form)


def read(data: bytes) -> Filled:
    """What a file says, read in this process."""
    return as_filled(examine(data))


def cell_of(data: bytes, key: str, column: str = "value") -> tuple[str, str | None]:
    """(text, trouble) of an input cell."""
    (row,) = (row for row in read(data).rows if row.key == key)
    return row.cells[column].text, row.cells[column].trouble


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, body in parts.items():
            parcel.writestr(name, body)
    return buffer.getvalue()


def with_part(
    name: str, body: bytes | Callable[[bytes], bytes], data: bytes | None = None
) -> bytes:
    """The sheet with one part replaced, changed or added."""
    parts = parts_of(write_sheet(FORM) if data is None else data)
    parts[name] = body if isinstance(body, bytes) else body(parts[name])
    return zipped(parts)
