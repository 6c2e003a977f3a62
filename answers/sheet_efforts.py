"""取組内容 in a sheet: what stands in it when it is issued, and what it would change when it is back.

An empty cell says nothing, and neither does one that says what the sheet was issued with: what
somebody wrote meanwhile stays. An indicator that cannot be taken keeps no other from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from answers.content import cut
from answers.sheet_rows import GOOD, RowState
from answers.sheet_values import ToMend
from answers.spans import one_line
from reports.sheet.filled import Cell, Filled, FilledRow
from reports.sheet.form import EffortRow
from store.efforts import LONGEST, Written, as_written
from store.plan import Indicator
from store.reading.seen import readable
from store.remarks import DIRECTIONS, Direction, Effort, Subject
from store.spelling import key
from store.standing import Outlook, Standing

NOT_HERE = "A列の管理番号が、この様式の指標ではありません。元に戻してください。"
ADDED = "様式にない行です。行を足さず、その指標の行に書いてください。"
TWICE = "同じ指標の行が2つあります。1つだけ残してください。"
MOST_SAID = 60
Efforts = Mapping[Subject, Effort]


@dataclass(frozen=True)
class Reflected:
    """One indicator of the page. `before` is the number of what was on record (0: nothing)."""

    state: RowState
    indicator: str = ""
    name: str = ""
    said: str = ""
    why: tuple[str, ...] = ()
    address: str = ""
    written: Written = Written()  # noqa: RUF009  # frozen
    before: int = 0


def effort_rows(indicators: Iterable[Indicator], held: Efforts) -> tuple[EffortRow, ...]:
    """A row for each indicator, with what is on record."""
    return tuple(_row(each, held.get(Subject("indicator", each.id))) for each in indicators)


def judge_efforts(
    filled: Filled,
    outlook: Outlook,
    held: Efforts,
    issued: Efforts,
    refuse: Callable[[Standing], str | None],
) -> tuple[Reflected, ...]:
    """What the page says that is not on record, then what cannot be taken.

    `held` is on record now, `issued` was when the sheet was issued; `outlook` holds the issued
    indicators; `refuse` says why somebody may not write about one, or None.
    """
    judged = _judged(filled, outlook, held, issued, refuse)
    there = (each for each in judged if each.state is not RowState.BLANK)
    return tuple(sorted(there, key=lambda each: each.state is RowState.WRONG))


def _judged(
    filled: Filled,
    outlook: Outlook,
    held: Efforts,
    issued: Efforts,
    refuse: Callable[[Standing], str | None],
) -> Iterator[Reflected]:
    times = Counter(row.key for row in filled.efforts)
    for row in filled.efforts:
        subject = Subject("indicator", row.key)
        try:
            standing = _standing(row, outlook, times)
            said = _said(row, as_written(issued.get(subject)))
        except ToMend as mend:
            yield Reflected(RowState.WRONG, row.key[:20], why=(str(mend),), address=mend.address)
            continue
        yield _against(row, standing, said, held.get(subject), refuse)


def _standing(row: FilledRow, outlook: Outlook, times: Counter[str]) -> Standing:
    place = f"{row.number}行目"
    if not row.key:
        raise ToMend(place, ADDED)
    if times[row.key] > 1:
        raise ToMend(place, TWICE)
    found = outlook.standings.get(row.key)
    if found is None:
        raise ToMend(place, NOT_HERE)
    return found


def _said(row: FilledRow, issued: Written) -> Written:
    """What was typed in; None where the cell says nothing new."""
    for cell in row.cells.values():
        if cell.trouble:
            raise ToMend(cell.address, cell.trouble)
    work, factors = (_text(row.cells[name]) for name in ("work", "factors"))
    direction = _direction(row.cells["direction"])
    return Written(
        None if work == issued.work else work,
        None if factors == issued.factors else factors,
        None if direction == issued.direction else direction,
    )


def _text(cell: Cell) -> str | None:
    return (readable(cell.text) or "")[:LONGEST] or None


def _direction(cell: Cell) -> Direction | None:
    wanted = key(cell.text)
    found = next((code for code, word in DIRECTIONS.items() if key(word) == wanted), None)
    if wanted and found is None:
        words = "・".join(DIRECTIONS.values())
        raise ToMend(cell.address, f"今後の方向性は、{words} のどれかを選んでください。")
    return found


def _against(
    row: FilledRow,
    standing: Standing,
    said: Written,
    now: Effort | None,
    refuse: Callable[[Standing], str | None],
) -> Reflected:
    indicator, before = standing.indicator, as_written(now)
    after = Written(
        said.work or before.work,
        said.factors or before.factors,
        said.direction or before.direction,
    )
    state = RowState.NEW if now is None else RowState.CHANGED
    if said.empty or after == before:
        state = RowState.BLANK if after.empty else RowState.UNCHANGED
    writes = state in GOOD
    why_not = refuse(standing) if writes else None
    return Reflected(
        RowState.WRONG if why_not else state,
        indicator.id,
        indicator.name,
        _shown(after),
        (why_not,) if why_not else (),
        row.cells["work"].address,
        after,
        now.number if now else 0,
    )


def _shown(written: Written) -> str:
    direction = DIRECTIONS[written.direction] if written.direction else ""
    texts = (cut(one_line(text), MOST_SAID) for text in (written.work, written.factors) if text)
    return "／".join(each for each in (direction, *texts) if each)


def _row(indicator: Indicator, held: Effort | None) -> EffortRow:
    said = as_written(held)
    return EffortRow(
        indicator.id,
        indicator.id,
        indicator.name,
        said.work or "",
        said.factors or "",
        DIRECTIONS[said.direction] if said.direction else "",
    )
