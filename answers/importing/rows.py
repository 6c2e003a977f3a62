"""The rows of a table, each value by its indicator and year; or which cell is to be mended and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from answers.importing.columns import Columns
from answers.importing.kinds import Meaning
from answers.matching import Names, names_of
from reports.sheet.filled import Cell, FilledRow
from reports.sheet.table import Page
from store.errors import UnreadableValue
from store.fiscal import read_year
from store.plan import Indicator, Plan
from store.reading.figures import examples_of
from store.reading.letters import normalise
from store.reading.series import split_series
from store.spelling import key

_NOTHING = re.compile(r"[-‐‑‒–—―−ー－]*")
_CODE = re.compile(r"\s*[0-9A-Za-z]+[-‐‑‒–—―−ー－][0-9]+[a-z]?[\s　]+")
_BESIDE = {"period": "データ年", "source": "出典", "note": "備考"}


@dataclass(frozen=True)
class Entry:
    """What a table says of one indicator and year: its rows by series, all for one collection."""

    indicator: str
    collection: int
    rows: Mapping[str | None, FilledRow]


@dataclass(frozen=True)
class Unread:
    """A row or cell that cannot be taken: where, what stands there, and what to do."""

    address: str
    typed: str
    why: str


def read_rows(
    page: Page, columns: Columns, plan: Plan, today: date
) -> tuple[tuple[Entry, ...], tuple[Unread, ...]]:
    """Every value of the table, in its order, and all that could not be taken.

    A row without indicator goes on with the one above only where it is a series of its own, or where
    their cells are merged.
    """
    found: dict[tuple[str, int], dict[str | None, FilledRow]] = {}
    unread: list[Unread] = []
    for each in _told(page, columns, plan, today):
        if isinstance(each, Unread):
            unread.append(each)
            continue
        rows = found.setdefault((each.indicator, each.collection), {})
        for series, row in each.rows.items():
            if series in rows:
                unread.append(_twice(row, rows[series]))
            rows.setdefault(series, row)
    return tuple(Entry(*of, rows) for of, rows in found.items()), tuple(unread)


def _twice(row: FilledRow, earlier: FilledRow) -> Unread:
    cell, before = row.cells["value"], earlier.cells["value"]
    why = f"同じ指標・年度の値が {before.address}「{before.text}」にもあります。1つだけ残してください。"
    return Unread(cell.address, cell.text, why)


def _told(page: Page, columns: Columns, plan: Plan, today: date) -> Iterator[Entry | Unread]:
    names = names_of(plan)
    meant: Indicator | Unread | None = None
    for number, row in enumerate(page.rows[columns.heading + 1 :], columns.heading + 2):
        line = _Line(number, row, columns)
        if not line.has_values:
            continue
        if not line.goes_on:
            meant = _indicator(line, names, plan)
        if isinstance(meant, Indicator):
            yield from _values(line, meant, today)
        elif meant is not None:
            yield replace(meant, address=line.address)


@dataclass(frozen=True)
class _Line:
    """One row below the heading."""

    number: int
    row: Sequence[Cell]
    columns: Columns

    def cell(self, meaning: Meaning) -> Cell:
        """The cell for a role or year."""
        return self.columns.cell(self.row, meaning)

    @property
    def address(self) -> str:
        """Where the row is, for people."""
        return f"{self.number}行目"

    @property
    def goes_on(self) -> bool:
        """It is about the indicator of the row above."""
        naming = [self.cell(role) for role in ("指標番号", "指標名")]
        if any(cell.text for cell in naming):
            return False
        return bool(self.cell("系列").text) or any(cell.trouble for cell in naming)

    @property
    def has_values(self) -> bool:
        """Something stands where values do; a dash is nothing."""
        years: list[Meaning] = [*self.columns.years, "値"]
        return any(_says_something(self.cell(year)) for year in years)

    @property
    def beside(self) -> dict[str, Cell]:
        """What is said beside a value."""
        return {column: self.cell(role) for column, role in _BESIDE.items()}

    def unread(self, why: str) -> Unread:
        typed = " ".join(filter(None, (self.cell(role).text for role in ("指標番号", "指標名"))))
        return Unread(self.address, typed, why)


def _says_something(cell: Cell) -> bool:
    return bool(cell.trouble) or not _NOTHING.fullmatch(cell.text)


def _indicator(line: _Line, names: Names, plan: Plan) -> Indicator | Unread:
    """The one indicator that a row names, exactly: by its id, its name, or both."""
    code, name = line.cell("指標番号").text, _CODE.sub("", line.cell("指標名").text, count=1)
    if not code and not name:
        return line.unread("どの指標の値か書かれていません。")
    by_code = _hits(names, code)
    by_name = [found for found in _hits(names, name) if found[0] == "indicator"]
    of_code = {id_ for kind, id_ in by_code if kind == "indicator"}
    policies = {id_ for kind, id_ in by_code if kind == "policy"}
    if name and not by_name:
        return line.unread("この名前の指標は計画にありません。計画の名前か番号で書いてください。")
    if code and not by_code:
        return line.unread("この番号の指標も施策も計画にありません。")
    wanted = [plan.by_id[id_] for _, id_ in by_name] or [plan.by_id[id_] for id_ in of_code]
    fits = [i for i in wanted if not code or i.id in of_code or i.policy in policies]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        return line.unread("番号と名前が別の指標を指しています。どちらかを直してください。")
    ids = "・".join(each.id for each in fits)
    return line.unread(f"どの指標か決まりません（{ids}）。番号で書いてください。")


def _hits(names: Names, words: str) -> list[tuple[str, str]]:
    return [(hit.thing, hit.id) for hit in names.called(words)] if words else []


def _values(line: _Line, indicator: Indicator, today: date) -> Iterator[Entry | Unread]:
    """One entry a year of the row."""
    if "値" in line.columns.places and not line.columns.years:
        year = read_year(line.cell("年度").text, today)
        if year is None:
            yield Unread(
                line.cell("年度").address, line.cell("年度").text, "年度として読めません。例: R4"
            )
        else:
            yield _entry(line, indicator, year, line.cell("値"))
        return
    for year in line.columns.years:
        if _says_something(line.cell(year)):
            yield _entry(line, indicator, year, line.cell(year))


def _entry(line: _Line, indicator: Indicator, year: int, value: Cell) -> Entry | Unread:
    if value.trouble:
        return Unread(value.address, value.text, value.trouble)
    try:
        texts = _by_series(line.cell("系列").text, value, indicator)
    except UnreadableValue as error:
        return Unread(value.address, value.text, str(error))
    rows = {
        series: FilledRow(
            line.number, indicator.id, {"value": replace(value, text=text), **line.beside}
        )
        for series, text in texts.items()
    }
    return Entry(indicator.id, year, rows)


def _by_series(said: str, value: Cell, indicator: Indicator) -> Mapping[str | None, str]:
    """The text of each series that a cell holds: the one its row names, else all of them."""
    if indicator.series_names == (None,):
        return {None: value.text}
    if not said:
        return split_series(normalise(value.text), indicator.series_names, examples_of(indicator))
    named = {key(name or ""): name for name in indicator.series_names}
    if key(said) not in named:
        there = "・".join(name or "" for name in indicator.series_names)
        raise UnreadableValue(f"「{said}」は系列にありません。{there} のどれかで書いてください。")
    return {named[key(said)]: value.text}
