"""What stands around the tables of a report: what it is of, notes, definitions, opinions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reports.charting.wording import SAMPLE
from reports.progress.model import Opinion, Report
from reports.progress.rows import NOTHING
from store.fiscal import era, era_long
from store.periods import show_period
from store.plan import Indicator, Measure

DRAFT = "案"


def show_day(day: date) -> str:
    """`R7.8.20`."""
    return show_period(day.isoformat())


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """What the report is of, as label and text."""
    plan = report.plan
    yield "計画", plan.title
    if plan.first_year or plan.last_year:
        ends = (era_long(y) if y else "" for y in (plan.first_year, plan.last_year))
        yield "計画期間", "〜".join(ends)
    if report.kind == "progress":
        yield "報告年度", era_long(report.year)
    yield "作成日", show_day(report.made_on)
    yield "状態", "、".join(states(report))


def states(report: Report) -> Iterator[str]:
    """案, 確定 or out of the document; 締め; and whether samples are in it."""
    if all(passage.source == "document" for passage in report.passages):
        yield "評価の文は計画書のもの"
    else:
        yield "評価の文は確定" if report.final else f"評価の文は{DRAFT}"
    if any(passage.stale for passage in report.passages):
        yield "評価の文の後に変わった数値があります"
    if report.kind == "progress":
        yield "締め済み" if report.locked else "締め前（判定は変わることがあります）"
    elif not report.ended:
        yield "計画期間の途中（最新値は今の時点のもの）"
    if report.sample:
        yield SAMPLE


def notes(report: Report) -> Iterator[tuple[str, str]]:
    """Label and text of what has to be known to read the tables, the source's own notes last."""
    plan, source = report.plan, report.plan.source
    if report.sample:
        yield (
            SAMPLE,
            "この報告書には、試用のために作った架空の値が含まれています。公表しないでください。",
        )
    yield ("実績値", ACTUALS) if report.years else ("最新値", LATEST)
    yield "達成状況", VERDICTS
    yield (
        "進捗率",
        "（実績値−現状値）÷（目標値−現状値）。現状値が目標に届いていない指標だけで計算しています。",
    )
    yield "割合", "四捨五入して小数第1位まで示しています。"
    yield from ((f"原典の注（{where}）", text) for where, text in _source_notes(report))
    if source:
        yield "出典", source
    if plan.note:
        yield "計画書について", plan.note


ACTUALS = "承認された値だけを載せています。年の注記のない値は、その報告年度の値です。"
LATEST = (
    "承認された実績値のうち最も新しいものです。実績値のない計画では、計画書が載せている値です。"
)
VERDICTS = "すべての系列に値があるときに判定し、最も低いものによります。判定していないものには理由を示します。"


def _source_notes(report: Report) -> Iterator[tuple[str, str]]:
    for part in report.goals:
        if part.goal.note:
            yield part.goal.label, part.goal.note
    for item in report.indicators:
        found = item.indicator
        texts = dict.fromkeys(n for n in (found.note, *_notes_of(found)) if n)
        if texts:
            yield f"{found.id} {found.name}", " ".join(texts)


def _notes_of(indicator: Indicator) -> Iterator[str | None]:
    for series in indicator.series:
        yield from (each.note for each in series.baselines)
        yield from (each.note for each in series.targets)
        yield series.latest.note if series.latest else None


def definitions(report: Report) -> Iterator[tuple[str, ...]]:
    """Of every indicator with a card: name, what is counted, how often, 基準日, source."""
    for item in report.indicators:
        of = item.indicator
        how = "、".join(said for said in (_MEASURES[of.measure], of.frequency) if said)
        if of.definition or of.frequency or of.as_of or of.source:
            cells = (of.definition, how, of.as_of, of.source)
            yield (f"{of.id} {of.name}", *(cell or NOTHING for cell in cells))


def undefined(report: Report) -> str:
    """How many indicators have no card yet; empty when all have."""
    missing = len(report.indicators) - len(list(definitions(report)))
    return f"定義・出典が記録されていない指標が{missing}件あります。" if missing else ""


DEFINITION_HEADINGS = ("指標", "定義", "単年・累計、頻度", "基準日", "出典")
_MEASURES: dict[Measure, str] = {
    "yearly": "単年",
    "cumulative": "累計",
    "point": "時点",
    "unknown": "",
}
REVISION_HEADINGS = ("指標", "変えた項目", "旧", "新", "いつから", "決定", "理由")


def revision_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """見直し: what was put in the place of what, from when, by whom and why."""
    for pair in report.beside.revisions:
        named = f"{pair.indicator} {pair.name}"
        decided = f"{pair.decided_by} {show_day(pair.decided_on)}"
        yield (named, pair.item, pair.old, pair.new, era(pair.from_year), decided, pair.reason)


OPINION_HEADINGS = ("日付", "会議", "対象", "意見", "担当課", "対応")


def opinion_rows(opinions: tuple[Opinion, ...]) -> Iterator[tuple[str, ...]]:
    """Remarks with what was answered."""
    for each in opinions:
        yield (
            show_day(each.date),
            each.body,
            each.subject,
            each.text,
            each.owner,
            each.answer or "未回答",
        )
