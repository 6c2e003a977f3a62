"""The arithmetic of a verdict in one line, for people to check.

現状値29人（R2と推定）→目標0人、R6は12人: 17/29=進捗59%、R6時点の見込み80%→やや遅れ
"""

from __future__ import annotations

from decimal import Decimal

from store.fiscal import era
from store.judging.case import Case
from store.judging.starts import Start
from store.judging.verdicts import SeriesVerdict, show_percent
from store.periods import of_round
from store.plan import Indicator
from store.showing import show_amount, show_change, show_number, show_value


def arithmetic_of(
    verdict: SeriesVerdict, case: Case, indicator: Indicator, collection: int, period: str | None
) -> str:
    """How `verdict` came about, from its start to its outcome; `period` is what the value is of."""
    start = _start(verdict.start, indicator)
    goal = _goal(case, indicator)
    now = f"{of_round(period, collection)}は{show_value(case.value, indicator)}"
    return f"{start}→{goal}、{now}: {_outcome(verdict, case, indicator, collection)}"


def _start(start: Start | None, indicator: Indicator) -> str:
    if start is None:
        return "現状値なし"
    name = "最初の実績" if start.earliest_actual else "現状値"
    said = f"（{start.said}）" if start.said else ""
    return f"{name}{show_value(start.value, indicator)}{said}"


def _goal(case: Case, indicator: Indicator) -> str:
    target = case.target
    if target.kind in {"up", "down"}:
        return f"目標 {'増加' if target.kind == 'up' else '減少'}"
    if target.kind == "done":
        return f"目標 {target.text or '済'}"
    if target.kind == "range":
        low, high = (
            None if end is None else show_value(end, indicator) for end in (target.low, target.high)
        )
        return (
            f"目標{low}〜{high}" if low and high else f"目標{low}以上" if low else f"目標{high}以下"
        )
    return f"目標{show_value(case.goal, indicator)}"


def _outcome(verdict: SeriesVerdict, case: Case, indicator: Indicator, collection: int) -> str:
    grade = verdict.grade.label if verdict.grade else (verdict.why or "")
    if case.way and verdict.progress is not None:
        return _progress(case.way, verdict, collection, grade)
    if verdict.holding:
        distance = f"目標との差{show_amount(verdict.holding.distance, indicator)}"
        exactly = "目標どおり" if verdict.holding.distance == 0 else distance
        return f"維持目標、{exactly}→{verdict.holding.label}"
    if case.direction_only and case.baseline is not None:
        return f"{show_change(case.baseline, case.value, indicator)}→{grade}"
    remark = f"（{verdict.why}）" if verdict.grade and verdict.why else ""
    return f"{grade}{remark}"


def _progress(
    way: tuple[Decimal, Decimal], verdict: SeriesVerdict, collection: int, grade: str
) -> str:
    gone, whole = way
    progress = verdict.progress or Decimal(0)
    come = f"{show_number(gone)}/{show_number(whole)}=進捗{show_percent(progress)}"
    if verdict.pace is None or verdict.expected is None:
        return f"{come}→{grade}"
    expected = f"{era(collection)}時点の見込み{show_percent(verdict.expected)}"
    return f"{come}、{expected}→{verdict.pace.label}"
