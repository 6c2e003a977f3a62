"""The report as tidy CSV: one row a value, what it is of beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reports.charting.wording import SAMPLE
from reports.csv_file import csv_file
from reports.progress.items import Figure, Item, Strand
from reports.progress.model import GoalPart, Report
from reports.progress.sentences import BASELINE
from store.fiscal import era
from store.judge import show_percent
from store.terms import ROLES

HEADINGS = (
    "計画",
    "報告年度",
    "目標",
    "目標の名称",
    "区分",
    "指標番号",
    "施策",
    "指標",
    "系列",
    "単位",
    "種別",
    "年度",
    "データ年",
    "値",
    "表記",
    "訂正前",
    "達成状況",
    "判定なしの理由",
    "訂正後",
    "担当課",
    "備考",
)


def tidy_csv(report: Report) -> bytes:
    """Baselines, targets, actual values and progress of every item, with its verdict."""
    rows = (
        row
        for part in report.goals
        for item in part.items
        for strand in item.strands
        for row in _rows(report, part, item, strand)
    )
    return csv_file(HEADINGS, rows)


def _rows(report: Report, part: GoalPart, item: Item, strand: Strand) -> Iterator[tuple[str, ...]]:
    for told, year, figure in _figures(report, strand):
        of, judged = item.indicator, item.judged
        yield (
            report.plan.id,
            era(report.year),
            part.goal.label,
            part.goal.title,
            ROLES[item.role],
            of.id,
            of.policy or "",
            of.name,
            strand.name or "",
            of.unit,
            told,
            year,
            figure.period,
            _digits(figure.value),
            figure.said,
            figure.before,
            judged.label,
            "" if judged.grade else judged.why,
            judged.after.marked if judged.after else "",
            item.department,
            SAMPLE if figure.sample else "",
        )


def _figures(report: Report, strand: Strand) -> Iterator[tuple[str, str, Figure]]:
    """Each figure with what it is and the year it stands for."""
    for n, baseline in enumerate(strand.baselines):
        yield "参考値" if n else BASELINE[report.kind], "", baseline
    yield "目標値", era(strand.target_year) if strand.target_year else "", strand.target
    for year, figure in zip(report.years, strand.actuals, strict=True):
        yield "実績値", era(year), figure
    if not report.years and strand.latest:
        yield "最新値", "", strand.latest
    if strand.progress is not None:
        # The whole per cent that is said everywhere: what is missed never reads as 100.
        share = show_percent(strand.progress).removesuffix("%").replace("△", "-")
        yield "進捗率（%）", era(report.year), Figure(strand.pace, Decimal(share))


def _digits(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
