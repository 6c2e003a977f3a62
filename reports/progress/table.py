"""The tables of a report as text, for every printer that shows text: headings and cells.

One row a series. What is of the whole indicator stands in the first row of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from reports.progress.items import Figure, Item, Strand
from reports.progress.model import Report
from reports.progress.rows import NOTHING
from reports.progress.sentences import BASELINE
from store.fiscal import era
from store.judge import show_percent
from store.terms import BASES


@dataclass(frozen=True)
class Column:
    """A column: `weight` is its share of the width; `figures` are set flush right.

    `shared` cells say something of the whole indicator: printers that can, join them over its series.
    `figure` is what the cell says, for printers of numbers.
    """

    key: str
    heading: str
    weight: float
    cell: Callable[[Item, Strand], str]
    figures: bool = False
    shared: bool = False
    figure: Callable[[Strand], Figure | None] | None = None


def columns(report: Report) -> tuple[Column, ...]:
    """The columns of the tables of each goal."""
    latest = _figures("latest", "最新値", 2.1, lambda s: s.latest, latest_said)
    head = (
        _shared("name", "項目", 5.4, name_said),
        Column("series", "系列", 0.9, lambda _, s: s.name or ""),
        _shared("basis", "区分", 1.1, basis_said),
        _figures(
            "baseline", BASELINE[report.kind], 2.1, _reference, partial(baseline_said, report)
        ),
        _figures("target", "目標値", 2.1, lambda s: s.target, partial(target_said, report)),
    )
    verdict = _shared("verdict", "達成状況", 2.3, verdict_said)
    if report.kind == "whole":
        return (*head, latest, verdict)
    return (
        *head,
        *([_of_year(n, year) for n, year in enumerate(report.years)] or [latest]),
        verdict,
        Column("progress", "進捗率", 1.7, lambda _, s: progress_said(s), True),
        _shared("department", "担当課", 1.8, lambda i: i.department),
        _shared("effort", "取組内容と課題", 4.0, lambda i: i.effort.text),
        _shared("direction", "今後の方向性", 1.4, lambda i: i.effort.direction),
    )


def _shared(key: str, heading: str, weight: float, said: Callable[[Item], str]) -> Column:
    return Column(key, heading, weight, lambda item, _: said(item), shared=True)


def _figures(
    key: str,
    heading: str,
    weight: float,
    figure: Callable[[Strand], Figure | None],
    said: Callable[[Strand], str],
) -> Column:
    return Column(key, heading, weight, lambda _, strand: said(strand), True, figure=figure)


def _of_year(n: int, year: int) -> Column:
    return _figures(
        f"actual{year}",
        f"{era(year)}実績値",
        1.9,
        lambda s: s.actuals[n],
        lambda s: s.actuals[n].full,
    )


def _reference(strand: Strand) -> Figure | None:
    return strand.baselines[0] if strand.baselines else None


def rows(report: Report, items: tuple[Item, ...]) -> Iterator[tuple[Item, Strand, tuple[str, ...]]]:
    """Each series of these items, with its cells; shared ones are empty after the first series."""
    made = columns(report)
    for item in items:
        for n, strand in enumerate(item.strands):
            cells = ("" if n and column.shared else column.cell(item, strand) for column in made)
            yield item, strand, tuple(cells)


def used(report: Report, items: tuple[Item, ...]) -> tuple[int, ...]:
    """The places of the columns in which something stands for these items.

    Without remarks, series or 区分 the columns of those are left out.
    """
    filled = {n for *_, cells in rows(report, items) for n, cell in enumerate(cells) if cell}
    return tuple(sorted(filled))


def name_said(item: Item) -> str:
    """The indicator's number and name."""
    return f"{item.indicator.id} {item.indicator.name}"


def basis_said(item: Item) -> str:
    """`成果・比較`."""
    return "・".join(BASES[basis] for basis in item.indicator.basis)


def baseline_said(report: Report, strand: Strand) -> str:
    """The reference, and what stands beside it in the document. Of a whole period as printed."""
    if not strand.baselines:
        return NOTHING
    first, *asides = (_printed(report, each) for each in strand.baselines)
    return "\n".join([first, *(f"参考 {each}" for each in asides)])


def _printed(report: Report, figure: Figure) -> str:
    return (figure.document if report.kind == "whole" else "") or figure.full


def target_said(report: Report, strand: Strand) -> str:
    """The target in words; of a whole period as printed."""
    return (strand.target.document if report.kind == "whole" else "") or strand.target.full


def latest_said(strand: Strand) -> str:
    """The newest figure, as its document has it where it is out of one."""
    return (strand.latest.document or strand.latest.full) if strand.latest else NOTHING


def verdict_said(item: Item) -> str:
    """`▲ 向上`, on which year's figure if not the report's own, and after a correction beside it."""
    judged, lines = item.judged, [item.judged.marked]
    if judged.carried is not None:
        lines.append(f"（{era(judged.carried)}報告の値）")
    if judged.after is not None:
        lines = [f"{judged.marked}（締め時点）", f"{judged.after.word} {judged.after.marked}"]
    return "\n".join(lines)


def progress_said(strand: Strand) -> str:
    """`59%` and the pace; how a 維持目標 is held."""
    share = show_percent(strand.progress) if strand.progress is not None else ""
    return "\n".join(said for said in (share, strand.pace) if said) or NOTHING
