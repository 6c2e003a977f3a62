"""A table against the ledger: what each value would change, and the same in words for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answers.importing.columns import Columns
from answers.importing.rows import Entry, Unread
from answers.sheet_rows import Judged, Refuse, RowState, judge_values
from store.fiscal import era
from store.standing import Outlook
from store.submissions import Proposal

ORDER = (RowState.NEW, RowState.CHANGED, RowState.ODD, RowState.UNCHANGED, RowState.WRONG)
MOST_HEADINGS = 12


@dataclass(frozen=True)
class Finding:
    """One indicator and year of the table, and what it comes to."""

    collection: int
    judged: Judged


@dataclass(frozen=True)
class Findings:
    """All of a table, year by year; `unread` is what could not be taken at all."""

    found: tuple[Finding, ...]
    unread: tuple[Unread, ...]

    def proposals(self, odd: bool) -> tuple[Proposal, ...]:
        """What can be submitted; with `odd` also what is to be looked at first."""
        return tuple(
            each.judged.proposal
            for each in self.found
            if each.judged.proposal is not None and (odd or each.judged.state is not RowState.ODD)
        )


def judge(
    entries: Sequence[Entry],
    unread: Sequence[Unread],
    outlooks: Mapping[int, Outlook],
    refuse: Refuse,
) -> Findings:
    """Each entry beside what stands. `outlooks` by collection; a year that has none is not asked for."""
    found, outside = [], []
    for each in sorted(entries, key=lambda entry: entry.collection):
        outlook = outlooks.get(each.collection)
        if outlook is None:
            outside.append(_outside(each))
            continue
        standing = outlook.standings[each.indicator]
        begun = Judged(RowState.BLANK, each.indicator, standing.indicator.name)
        judged = judge_values(begun, each.rows, standing, outlook, refuse)
        found.append(Finding(each.collection, judged))
    return Findings(tuple(found), (*unread, *outside))


def _outside(entry: Entry) -> Unread:
    cell = next(iter(entry.rows.values())).cells["value"]
    why = f"{era(entry.collection)}は計画期間の外か、まだ終わっていない年度です。"
    return Unread(cell.address, cell.text, why)


def told(findings: Findings, columns: Columns) -> Iterator[str]:
    """The lines of the preview: how the table was read, each value, what was not taken, counts."""
    yield from _columns_said(columns)
    for each in findings.found:
        judged = each.judged
        where = f"（{judged.address}）" if judged.address else ""
        yield (
            f"{era(each.collection):<4}{judged.indicator:<6} {judged.state.value}　"
            f"{judged.name}　{judged.said}{where}"
        )
        yield from (f"          {why}" for why in judged.why)
    if findings.unread:
        yield f"\n読み取れないもの（{len(findings.unread)}件）"
    for unread in findings.unread:
        yield f"  {unread.address}「{unread.typed}」: {unread.why}"
    yield f"\n{_counted(findings)}"


def _columns_said(columns: Columns) -> Iterator[str]:
    years = "・".join(era(year) for year in columns.years)
    roles = "・".join(role for role in columns.places if isinstance(role, str))
    yield f"読む列: {'・'.join(filter(None, [roles, years]))}"
    if columns.unread:
        more = len(columns.unread) - MOST_HEADINGS
        said = "・".join(" ".join(text.split()) for text in columns.unread[:MOST_HEADINGS])
        yield f"読まない列: {said}{f' ほか{more}列' if more > 0 else ''}"


def _counted(findings: Findings) -> str:
    counts = Counter(each.judged.state for each in findings.found)
    told = [f"{state.value} {counts[state]}件" for state in ORDER if counts[state]]
    told += [f"読み取れないもの {len(findings.unread)}件"] if findings.unread else []
    return "、".join(told) or "値が1つもありません。"
