"""The cells of one indicator's rows become a proposal, or say which cell is to be mended and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from answers.propose import figures_of, with_sum
from reports.sheet.filled import Cell, FilledRow
from store.errors import UnreadableValue
from store.known import last_period
from store.lags import fitting_period, lags
from store.periods import default_period, read_period
from store.plan import Indicator
from store.reading.seen import readable
from store.standing import Standing
from store.submissions import Proposal
from store.totals import Entered, Total
from store.values import Awaiting, NoSurvey, Reading, Values, read_values

Rows = Mapping[str | None, FilledRow]
BOTH = (
    "値のある行と「公表待ち」「調査対象外」の行が混ざっています。どの行も同じように書いてください。"
)
DIFFERENT = "同じ指標の行で違うデータの年度が書かれています。1つに揃えてください。"
JOINED = "／"
MOST_QUOTED = 40
OF_WHICH_YEAR = (
    "何年度の値ですか。前回は報告年度と違う年の値でした。"
    "「データの年度・基準日」に書いてください。例: `R5`"
)
_PART = re.compile(r"\s*(?:(?P<year>(?:[今本当単]年度|今年)分)|(?P<total>累計値?|通算))$")

Readings = Mapping[str | None, tuple[Reading, Entered | None]]


class ToMend(Exception):
    """A cell that cannot be taken. `address` is where it is (`J12`); the message says what to do."""

    def __init__(self, address: str, sentence: str) -> None:
        super().__init__(sentence)
        self.address = address


def read_rows(rows: Rows, standing: Standing, plan: str, today: date) -> Proposal | None:
    """What the rows of one indicator propose, with all that is odd about it; None without a value.

    Raises ToMend for whatever cannot be taken.
    """
    _check_cells(rows)
    values = {series: row.cells["value"] for series, row in rows.items() if row.cells["value"].text}
    if not values:
        return None
    _check_complete(rows, values, standing.indicator)
    readings = {series: _reading(cell, standing.indicator) for series, cell in values.items()}
    if len({(type(reading), part) for reading, part in readings.values()}) > 1:
        raise ToMend(next(iter(values.values())).address, BOTH)
    typed = " ".join(f"{series or ''}{cell.text}" for series, cell in values.items())
    said = Proposal(
        plan,
        standing.indicator.id,
        standing.collection,
        source=_joined(rows, "source"),
        note=_joined(rows, "note"),
        typed=readable(typed),
    )
    figures = _figures(rows, readings, standing)
    if figures is None:
        return _without_figure(said, [reading for reading, _ in readings.values()])
    return replace(
        said,
        values=figures.values,
        period=_period(rows, standing, today),
        note=with_sum(said.note, figures.said),
        oddities=figures.oddities,
    )


def _figures(rows: Rows, readings: Readings, standing: Standing) -> Total | None:
    """The values of all rows together, added up where they are this year's part of a total."""
    first, part = next(iter(readings.values()))
    values = {s: r.by_series[None] for s, (r, _) in readings.items() if isinstance(r, Values)}
    reading = Values(values) if values else first
    try:
        return figures_of(reading, standing.indicator, None, standing, part)
    except UnreadableValue as error:
        raise ToMend(next(iter(rows.values())).cells["value"].address, str(error)) from error


def _without_figure(said: Proposal, readings: list[Reading]) -> Proposal:
    if isinstance(readings[0], NoSurvey):
        return replace(said, kind="no_survey")
    months = (each.month for each in readings if isinstance(each, Awaiting) and each.month)
    return replace(said, kind="awaiting", month=next(months, None))


def _check_cells(rows: Rows) -> None:
    """Formulas, errors, times: wrong whatever stands in the other cells."""
    for row in rows.values():
        for cell in row.cells.values():
            if cell.trouble:
                raise ToMend(cell.address, cell.trouble)


def _check_complete(rows: Rows, values: Mapping[str | None, Cell], indicator: Indicator) -> None:
    lacking = [name for name in indicator.series_names if name not in values]
    if lacking:
        empty = rows.get(lacking[0])
        names = "・".join(name or "" for name in lacking)
        address = empty.cells["value"].address if empty else ""
        raise ToMend(address, f"{names}の値がありません。すべての行に書いてください。")


def _reading(cell: Cell, indicator: Indicator) -> tuple[Reading, Entered | None]:
    """A cell holds one series, so that it is read as an indicator of its own; and 今年度分 or 累計."""
    found = _PART.search(cell.text)
    part: Entered | None = ("year" if found["year"] else "total") if found else None
    alone = indicator.series[0].model_copy(update={"name": None})
    of_cell = indicator.model_copy(update={"series": (alone,)})
    try:
        return read_values(_PART.sub("", cell.text), of_cell), part
    except UnreadableValue as error:
        raise ToMend(cell.address, _quoted(error)) from error


def _period(rows: Rows, standing: Standing, today: date) -> str:
    """The one period of all rows.

    Where nobody wrote any it is the year that is reported on, unless the last figure lagged behind
    its own: then it is asked.
    """
    collection, first = standing.collection, next(iter(rows.values())).cells["period"]
    cells = [row.cells["period"] for row in rows.values() if row.cells["period"].text]
    if not cells and lags(last_period(standing)):
        raise ToMend(first.address, OF_WHICH_YEAR)
    try:
        found = {read_period(cell.text, today) for cell in cells} or {default_period(collection)}
        if len(found) > 1:
            raise ToMend(cells[-1].address, DIFFERENT)
        return fitting_period(found.pop(), collection, standing.indicator.as_of)
    except UnreadableValue as error:
        raise ToMend((cells or [first])[0].address, str(error)) from error


def _joined(rows: Rows, column: str) -> str | None:
    """What all rows say; different words stand beside each other."""
    said = dict.fromkeys(row.cells[column].text for row in rows.values())
    return readable(JOINED.join(text for text in said if text))


def _quoted(error: UnreadableValue) -> str:
    """The sentence, with what was typed where the sentence itself does not say it."""
    typed = error.typed if len(error.typed) <= MOST_QUOTED else f"{error.typed[:MOST_QUOTED]}…"
    return str(error) if typed in str(error) else f"「{typed}」: {error}"
