"""Judging an indicator's values against its targets: pure, exact, and said in one line.

Per series the plan's rule gives a grade (`store.judging.rules`); the worst counts, once every series has
a value. What cannot be judged says why and is never 未達成 or late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from store.judging.arithmetic import arithmetic_of
from store.judging.case import Case
from store.judging.pace import (
    PACES,
    Holding,
    Pace,
    expected_share,
    holding_of,
    pace_of,
)
from store.judging.rules import ACHIEVED, IMPROVED, NOT_ACHIEVED, Grade, Rule, grades_of, rule_of
from store.judging.starts import Start, start_of
from store.judging.verdicts import SeriesVerdict, Verdict, share, show_percent
from store.periods import of_round
from store.plan import Indicator, Plan, Series
from store.showing import show_value

__all__ = [
    "ACHIEVED",
    "IMPROVED",
    "NOT_ACHIEVED",
    "NO_TARGET",
    "UNREPORTED",
    "Grade",
    "Holding",
    "Pace",
    "SeriesVerdict",
    "Start",
    "Verdict",
    "grades_of",
    "judge",
    "rule_of",
    "share",
    "show_percent",
]

SeriesValues = Mapping[str | None, Decimal]

UNREPORTED = "未提出"
NO_TARGET = "目標の記載なし"
# Rounded down, so that a missed target stays below 1 however close it came.
_DOWN = Context(prec=28, rounding=ROUND_FLOOR)


def judge(
    plan: Plan,
    indicator: Indicator,
    values: SeriesValues | None,
    collection: int,
    earlier: Sequence[SeriesValues] = (),
    unjudged: str = UNREPORTED,
    *,
    period: str | None = None,
) -> Verdict:
    """The verdict on `values` as reported in `collection`, in the indicator's own unit.

    `earlier` are the values approved before, oldest first: the earliest stands in for a missing
    baseline where the target is a direction only. Without values nothing is judged and `unjudged`
    is the reason given. `period` is what the values are of, where that is not the collection's year
    (`store.periods`): the arithmetic names it. PlanMistakes when the plan names no known rule.
    """
    rule = rule_of(plan)
    if values is None:
        return _unjudged(plan, indicator, collection, rule, unjudged)
    found = tuple(
        _of_series(plan, indicator, series, values, collection, earlier, rule, period)
        for series in indicator.series
    )
    grade, why = _worst(found, rule)
    return Verdict(
        collection=collection,
        grade=grade,
        why=why,
        pace=_slowest(found),
        progress=_least(found),
        series=found,
        arithmetic="／".join(_named(each.series, each.arithmetic) for each in found),
        final=_final(plan, indicator, collection),
        rule=rule.name,
        rule_version=rule.version,
    )


def _unjudged(plan: Plan, indicator: Indicator, collection: int, rule: Rule, why: str) -> Verdict:
    final = _final(plan, indicator, collection)
    return Verdict(collection, None, why, None, None, (), why, final, rule.name, rule.version)


def _of_series(
    plan: Plan,
    indicator: Indicator,
    series: Series,
    values: SeriesValues,
    collection: int,
    earlier: Sequence[SeriesValues],
    rule: Rule,
    period: str | None,
) -> SeriesVerdict:
    value, target = values.get(series.name), series.target(collection)
    if value is None:
        return SeriesVerdict(series.name, target=target, why=UNREPORTED, arithmetic=UNREPORTED)
    start = start_of(plan, series, target, earlier)
    case = Case(value, start.value if start else None, target, indicator.better) if target else None
    if case is None or not case.judgeable:
        line = f"{of_round(period, collection)}は{show_value(value, indicator)}: {NO_TARGET}"
        return SeriesVerdict(series.name, value, start, target, why=NO_TARGET, arithmetic=line)
    grade, why = rule.grade(case)
    verdict = SeriesVerdict(
        series.name, value, start, target, case.met, grade, why, holding=holding_of(case)
    )
    verdict = _with_pace(verdict, case, start, collection)
    return replace(verdict, arithmetic=arithmetic_of(verdict, case, indicator, collection, period))


def _with_pace(
    verdict: SeriesVerdict, case: Case, start: Start | None, collection: int
) -> SeriesVerdict:
    if case.progress is None:
        return verdict
    verdict = replace(verdict, progress=_decimal(case.progress))
    expected = expected_share(start.year if start else None, case.target, collection)
    if expected is None:
        return verdict
    return replace(verdict, expected=_decimal(expected), pace=pace_of(case.progress, expected))


def _worst(found: tuple[SeriesVerdict, ...], rule: Rule) -> tuple[Grade | None, str | None]:
    for each in found:
        if each.grade is None:
            return None, _named(each.series, each.why or "")
    worst = max(found, key=lambda each: rule.grades.index(each.grade or rule.grades[0]))
    return worst.grade, worst.why


def _slowest(found: tuple[SeriesVerdict, ...]) -> Pace | None:
    paces = [each.pace for each in found if each.pace]
    return max(paces, key=PACES.index) if len(paces) == len(found) else None


def _least(found: tuple[SeriesVerdict, ...]) -> Decimal | None:
    shares = [each.progress for each in found if each.progress is not None]
    return min(shares) if len(shares) == len(found) else None


def _final(plan: Plan, indicator: Indicator, collection: int) -> bool:
    ends = [target.year for series in indicator.series for target in series.targets if target.year]
    last = plan.last_year or max(ends, default=None)
    return last is not None and collection >= last


def _named(series: str | None, said: str) -> str:
    return f"{series}: {said}" if series else said


def _decimal(share_of_way: Fraction) -> Decimal:
    return _DOWN.divide(Decimal(share_of_way.numerator), Decimal(share_of_way.denominator))
