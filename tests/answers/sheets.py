"""Sheets of the small city: issued, filled in by another library, read and judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from answers.sheet_form import sheet_form
from answers.sheet_preview import SheetPreview
from answers.sheet_rows import Judged, judge_rows
from reports.sheet.examining import examine
from reports.sheet.filled import Filled, as_filled
from reports.sheet.form import COLUMNS, SheetForm
from reports.sheet.writing import write_sheet
from store import sheets
from store.db import writing
from store.sheets import Sheet
from store.standing import Standing
from tests.answers.city import City

PLACE = {column.key: number for number, column in enumerate(COLUMNS)}
CHILDREN = ("1-1", "1-2", "1-4", "1-5")


@dataclass(frozen=True)
class Desk:
    """A city and one issue of a sheet."""

    city: City
    issued: Sheet

    @property
    def form(self) -> SheetForm:
        """What the sheet says."""
        seen = self.city.outlook(self.issued.collection)
        return sheet_form(self.issued, seen, "こども課", ["企画担当A"])

    def filled(self, values: Mapping[str, Any], column: str = "value") -> Filled:
        """The sheet, filled in by openpyxl and read; `values` by row key."""
        return self.filled_columns({column: values})

    def filled_columns(self, columns: Mapping[str, Mapping[str, Any]]) -> Filled:
        """Several columns filled in at once."""
        book = load_workbook(BytesIO(write_sheet(self.form)))
        for row in book.worksheets[0].iter_rows():
            for column, values in columns.items():
                if str(row[0].value) in values:
                    row[PLACE[column]].value = values[str(row[0].value)]
        buffer = BytesIO()
        book.save(buffer)
        return as_filled(examine(buffer.getvalue()))

    def judged(self, filled: Filled, user: str = "U0CHILD") -> tuple[Judged, ...]:
        """What the sheet would change if `user` submitted it."""
        person = self.city.who(user)

        def refuse(standing: Standing) -> str | None:
            return None if person.belongs_to(standing.department) else "担当ではありません。"

        return judge_rows(self.issued, filled, self.city.outlook(self.issued.collection), refuse)

    def anybody(self, filled: Filled) -> tuple[Judged, ...]:
        """The same for somebody who may submit everything."""
        seen = self.city.outlook(self.issued.collection)
        return judge_rows(self.issued, filled, seen, lambda _: None)

    def row(self, indicator: str, filled: Filled, user: str = "U0CHILD") -> Judged:
        """One indicator of it."""
        return next(each for each in self.judged(filled, user) if each.indicator == indicator)

    def preview(self, filled: Filled, notes: Iterable[str] = ()) -> SheetPreview:
        """What is shown of it."""
        return SheetPreview("R6実績　こども課", self.judged(filled), tuple(notes))


def issue(city: City, policies: Iterable[str] | None = CHILDREN, year: int = 2024) -> Desk:
    """A sheet of these policies' indicators, or of the whole plan."""
    mine = [i for i in city.plan.indicators if policies is None or i.policy in tuple(policies)]
    with writing(city.db):
        by = city.by("U0CHILD")
        keys = sheets.row_keys(mine)
        return Desk(city, sheets.issue(city.db, by, city.plan.id, year, "children", keys))


def changed(filled: Filled, of: str, **cells: Any) -> Filled:
    """The same with a row's number or id changed."""
    rows = tuple(replace(row, **cells) if row.key == of else row for row in filled.rows)
    return replace(filled, rows=rows)
