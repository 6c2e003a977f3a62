"""The comparisons of a sheet that came back: what they would change, what is wrong and where.

A comparison (an indicator, a place and a period) that cannot be taken keeps no other from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from answers.sheet_compared import Held
from answers.sheet_rows import RowState
from answers.sheet_values import ToMend
from answers.spans import one_line
from reports.sheet.filled import Filled, FilledRow
from reports.sheet.form import FREE, compared_key
from store.comparisons import LONGEST_PLACE, LONGEST_SOURCE, Comparison, SeriesValues
from store.errors import UnreadableValue
from store.periods import read_period, show_period
from store.plan import Indicator
from store.reading.figures import example_of
from store.reading.seen import readable
from store.showing import show_values
from store.standing import Outlook, Standing
from store.values import Values, normalise, read_values

NOT_HERE = "「{code}」はこの様式の指標ではありません。様式にある番号を書いてください。"
MOVED = "A列の管理番号と、番号・系列・比較先が合いません。元に戻すか、空いた行に書いてください。"
ADDED = "様式にない行です。行を足さず、空いた行に入力してください。"
TWICE = "同じ指標・比較先・データ年の行が2つあります。1つだけ残してください。"
SOURCES = "同じ比較値の行で違う出典が書かれています。1つに揃えてください。"
NO_SOURCE = "出典を書いてください。答えにそのまま表示します。"


@dataclass(frozen=True)
class Compared:
    """One comparison of a sheet. `values` are all its series; `before` tells what was on record."""

    state: RowState
    indicator: str = ""
    name: str = ""
    place: str = ""
    period: str = ""
    said: str = ""
    why: tuple[str, ...] = ()
    address: str = ""
    values: SeriesValues = field(default_factory=dict)
    source: str = ""
    before: str = ""


@dataclass(frozen=True)
class _Entry:
    """A row that says a value."""

    row: FilledRow
    indicator: Indicator
    series: str | None
    place: str
    period: str
    value: Decimal
    source: str


def judge_compared(
    filled: Filled, outlook: Outlook, held: Held, refuse: Callable[[Standing], str | None]
) -> tuple[Compared, ...]:
    """Every comparison that the sheet says, then rows that cannot be read.

    `outlook` holds the issued indicators that the plan still has; `refuse` says why somebody may
    not enter comparisons of one, or None. A row without a value says nothing.
    """
    together: dict[tuple[str, str, str], list[_Entry]] = defaultdict(list)
    wrong = []
    for row in filled.compared:
        try:
            entry = _entry(row, outlook)
        except ToMend as mend:
            wrong.append(_wrong(mend, row.cells["code"].text))
            continue
        if entry:
            together[entry.indicator.id, entry.place, entry.period].append(entry)
    judged = (_judged(found, outlook, held, refuse) for found in together.values())
    return (*judged, *wrong)


def told_apart(held: Comparison | None) -> str:
    """What is on record as a text that is another whenever that is another."""
    if held is None:
        return ""
    values = sorted((series or "", str(value.normalize())) for series, value in held.values.items())
    return f"{values} {held.source}"


def _wrong(mend: ToMend, code: str = "") -> Compared:
    return Compared(RowState.WRONG, one_line(code)[:20], why=(str(mend),), address=mend.address)


def _entry(row: FilledRow, outlook: Outlook) -> _Entry | None:
    _check_cells(row)
    cells = row.cells
    said = {key: cell.text for key, cell in cells.items()}
    if not row.key:
        raise ToMend(f"{row.number}行目", ADDED)
    free = row.key.startswith(FREE)
    if not free and row.key != compared_key(said["code"], said["series"], said["place"]):
        raise ToMend(cells["code"].address, MOVED)
    if not any(said.values()) or (not free and not said["value"]):
        return None
    standing = outlook.standings.get(normalise(said["code"]) if free else said["code"])
    if standing is None:
        raise ToMend(cells["code"].address, NOT_HERE.format(code=one_line(said["code"])[:20]))
    found = standing.indicator
    return _Entry(
        row,
        found,
        _series(row, found),
        _place(row),
        _period(row, outlook.today),
        _value(row, found),
        _source(row),
    )


def _check_cells(row: FilledRow) -> None:
    for cell in row.cells.values():
        if cell.trouble:
            raise ToMend(cell.address, cell.trouble)


def _series(row: FilledRow, indicator: Indicator) -> str | None:
    cell = row.cells["series"]
    series = cell.text or None
    if series not in indicator.series_names:
        names = "・".join(name for name in indicator.series_names if name)
        wanted = f"{names}のどれかを書いてください。" if names else "空欄にしてください。"
        raise ToMend(cell.address, f"この指標の系列ではありません。{wanted}")
    return series


def _place(row: FilledRow) -> str:
    cell = row.cells["place"]
    place = one_line(readable(cell.text) or "")
    if not place:
        raise ToMend(cell.address, "どこの値かを書いてください。例: 県平均")
    if "|" in place or len(place) > LONGEST_PLACE:
        raise ToMend(cell.address, f"比較先は「|」を使わず{LONGEST_PLACE}文字までです。")
    return place


def _period(row: FilledRow, today: date) -> str:
    cell = row.cells["period"]
    if not cell.text:
        raise ToMend(cell.address, "何年度の値かを書いてください。例: R6")
    try:
        return read_period(cell.text, today)
    except UnreadableValue as error:
        raise ToMend(cell.address, str(error)) from error


def _value(row: FilledRow, indicator: Indicator) -> Decimal:
    """A cell holds one series, so that it is read as an indicator of its own."""
    cell = row.cells["value"]
    alone = indicator.series[0].model_copy(update={"name": None})
    wanted = f"値を数字で書いてください。例: {example_of(indicator)}"
    if not cell.text:
        raise ToMend(cell.address, wanted)
    try:
        reading = read_values(cell.text, indicator.model_copy(update={"series": (alone,)}))
    except UnreadableValue as error:
        raise ToMend(cell.address, str(error)) from error
    if not isinstance(reading, Values):
        raise ToMend(cell.address, wanted)
    return reading.by_series[None]


def _source(row: FilledRow) -> str:
    cell = row.cells["source"]
    source = one_line(readable(cell.text) or "")[:LONGEST_SOURCE]
    if not source:
        raise ToMend(cell.address, NO_SOURCE)
    return source


def _judged(
    entries: list[_Entry],
    outlook: Outlook,
    held: Held,
    refuse: Callable[[Standing], str | None],
) -> Compared:
    first = entries[0]
    given = {each.series: each.value for each in entries}
    if len(given) < len(entries):
        return _wrong(ToMend(entries[-1].row.cells["value"].address, TWICE), first.indicator.id)
    if len({each.source for each in entries}) > 1:
        return _wrong(ToMend(entries[-1].row.cells["source"].address, SOURCES), first.indicator.id)
    there = held.get(first.indicator.id, ())
    now = next((c for c in there if (c.place, c.period) == (first.place, first.period)), None)
    state, values, said = _against(first, given, now)
    why_not = None
    if state is not RowState.UNCHANGED:
        why_not = refuse(outlook.standings[first.indicator.id])
    return Compared(
        RowState.WRONG if why_not else state,
        first.indicator.id,
        first.indicator.name,
        first.place,
        first.period,
        said,
        (why_not,) if why_not else (),
        first.row.cells["value"].address,
        values,
        first.source,
        told_apart(now),
    )


def _against(
    first: _Entry, given: Mapping[str | None, Decimal], now: Comparison | None
) -> tuple[RowState, SeriesValues, str]:
    """A series that the sheet leaves out stays as it is on record."""
    after = show_values(given, first.indicator)
    if now is None:
        return RowState.NEW, given, after
    values = {**now.values, **given}
    before, after = (show_values(each, first.indicator) for each in (now.values, values))
    if (values, first.source) == (dict(now.values), now.source):
        return RowState.UNCHANGED, values, after
    said = f"{before} → {after}" if before != after else f"{after}（出典を変更）"
    return RowState.CHANGED, values, said


def called(compared: Compared) -> str:
    """`県平均（R5）`."""
    return f"{compared.place}（{show_period(compared.period)}）"
