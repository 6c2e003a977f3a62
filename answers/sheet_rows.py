"""A sheet that came back, row by row: what it would change, what is odd, what is wrong and where.

What a cell says goes through the same readers as the form and the command. A row that cannot be
taken keeps no other from being taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from answers.sheet_values import Rows, ToMend, read_rows
from reports.sheet.filled import Filled, FilledRow
from store.periods import default_period, show_period
from store.plan import Indicator
from store.sheets import Sheet, indicators_of, row_key
from store.standing import Outlook, Standing
from store.submissions import Proposal
from store.telling import values_said


class RowState(StrEnum):
    """What a row comes to. The value is the word people see."""

    WRONG = "エラー"
    ODD = "要確認"
    CHANGED = "変更"
    NEW = "新規"
    UNCHANGED = "変更なし"
    BLANK = "空欄"


GOOD = (RowState.NEW, RowState.CHANGED)
"""What is recorded without a question."""


@dataclass(frozen=True)
class Judged:
    """One indicator of a sheet, or a row that is none. `address` is where something is to be mended.

    `said` is the value, `12人 → 13人` for a change; `why` are sentences. Only what can be submitted
    has a proposal.
    """

    state: RowState
    indicator: str
    name: str
    said: str = ""
    why: tuple[str, ...] = ()
    address: str = ""
    proposal: Proposal | None = None


Refuse = Callable[[Standing], str | None]


def judge_rows(
    issued: Sheet, filled: Filled, outlook: Outlook, refuse: Refuse
) -> tuple[Judged, ...]:
    """Every indicator of the sheet in its order, then rows that are none of the sheet's.

    `outlook` holds the issued indicators that the plan still has, in the sheet's collection; `refuse`
    says why somebody may not submit one now, or None.
    """
    found: dict[str, list[FilledRow]] = defaultdict(list)
    for row in filled.rows:
        found[row.key].append(row)
    judged = [_indicator(name, found, outlook, refuse) for name in indicators_of(issued.rows)]
    return (*judged, *_strangers(issued, filled))


def missing_rows(issued: Sheet, filled: Filled) -> tuple[str, ...]:
    """The indicators whose rows were deleted, all or some of them."""
    there = {row.key for row in filled.rows}
    return indicators_of(key for key in issued.rows if key not in there)


def _strangers(issued: Sheet, filled: Filled) -> Iterator[Judged]:
    known = set(issued.rows)
    for row in filled.rows:
        if row.key not in known:
            why = (
                f"A列の管理番号（{row.key}）がこの様式のものではありません。元に戻してください。"
                if row.key
                else "様式にない行です。行を足さず、指標の行に入力してください。"
            )
            yield Judged(RowState.WRONG, "", "", why=(why,), address=f"{row.number}行目")


def _indicator(
    name: str, found: Mapping[str, list[FilledRow]], outlook: Outlook, refuse: Refuse
) -> Judged:
    standing = outlook.standings.get(name)
    if standing is None:
        why = ("この指標は今の計画にありません。",)
        return Judged(RowState.WRONG, name, "", why=why)
    indicator = standing.indicator
    keys = {series: row_key(name, series) for series in indicator.series_names}
    judged = Judged(RowState.BLANK, name, indicator.name)
    for key in keys.values():
        if len(found.get(key, ())) > 1:
            lines = "と".join(f"{row.number}行目" for row in found[key])
            why = (f"同じ管理番号の行が2つ以上あります（{lines}）。1つだけ残してください。",)
            return replace(judged, state=RowState.WRONG, why=why)
    rows = {series: found[key][0] for series, key in keys.items() if key in found}
    return judge_values(judged, rows, standing, outlook, refuse)


def judge_values(
    judged: Judged,
    rows: Rows,
    standing: Standing,
    outlook: Outlook,
    refuse: Refuse,
) -> Judged:
    """What the rows of one indicator come to, beside what was submitted for it before."""
    try:
        proposal = read_rows(rows, standing, outlook.plan.id, outlook.today)
    except ToMend as wrong:
        return replace(judged, state=RowState.WRONG, why=(str(wrong),), address=wrong.address)
    if proposal is None:
        return replace(judged, why=_blank(standing))
    compared = _compared(judged, proposal, standing)
    why_not = None if compared.state is RowState.UNCHANGED else refuse(standing)
    if why_not:
        return replace(compared, state=RowState.WRONG, why=(why_not,), proposal=None)
    return compared


def _blank(standing: Standing) -> tuple[str, ...]:
    if standing.last is None or (
        standing.last.decision and standing.last.decision.kind == "return"
    ):
        return ()
    return ("提出済みの値はそのままです（空欄にしても取下げにはなりません）。",)


def _compared(judged: Judged, proposal: Proposal, standing: Standing) -> Judged:
    last, indicator = standing.last, standing.indicator
    after = _said(proposal, indicator)
    if last is None:
        return _odd(replace(judged, state=RowState.NEW, said=after), proposal)
    returned = last.decision is not None and last.decision.kind == "return"
    if proposal.same_figures(last.proposal):
        if not returned:
            return replace(judged, state=RowState.UNCHANGED, said=after)
        asked = " ".join(((last.decision and last.decision.reason) or "").split())
        why = f"差し戻された値のままです（理由: {asked}）。このまま提出しますか。"
        return _odd(
            replace(judged, said=after),
            replace(proposal, oddities=(why, *proposal.oddities)),
        )
    before, after = values_said(last.proposal, indicator), values_said(proposal, indicator)
    said = (
        f"{before} → {after}"
        if before != after
        else f"{after}（{_beside(last.proposal, proposal)}）"
    )
    return _odd(replace(judged, state=RowState.CHANGED, said=said), proposal)


def _said(proposal: Proposal, indicator: Indicator) -> str:
    """The value, and what it is of where that is not the year that is reported on."""
    said, period = values_said(proposal, indicator), proposal.period
    if period in {None, default_period(proposal.collection)}:
        return said
    return f"{said}（データ年 {show_period(period or '')}）"


def _beside(before: Proposal, after: Proposal) -> str:
    """What changes beside the value: データ年・出典を変更."""
    parts = (
        ("データ年", before.period, after.period),
        ("出典", before.source, after.source),
        ("備考", before.note, after.note),
    )
    return "・".join(word for word, old, new in parts if old != new) + "を変更"


def _odd(judged: Judged, proposal: Proposal) -> Judged:
    odd = proposal.oddities
    found = replace(judged, why=odd, proposal=proposal)
    return replace(found, state=RowState.ODD) if odd else found
