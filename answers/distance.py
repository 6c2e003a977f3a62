"""How far an indicator is from its target, as a share: by it the lists are put in order.

Ours, not the plan's: 進捗率 where there is a way to go, else the difference by the target's figure.
"""

from __future__ import annotations

from decimal import Decimal

from store.judge import SeriesVerdict, show_percent
from store.judging.case import Case
from store.plan import Indicator
from store.standing import Standing

_LEAST = Decimal("0.01")


def distance(standing: Standing) -> Decimal | None:
    """What is left to the target: 0.41 is 41 % of the way, or of the target's figure; 0 or less once met.

    Of several series the farthest counts. None where nothing tells: a missed direction (増加), a
    figure without target, a target of 0. A direction that is met is no way off.
    """
    verdict = standing.verdict
    if verdict.progress is not None:
        return 1 - verdict.progress
    found = [_of_series(each, standing.indicator) for each in verdict.series]
    measured = [each for each in found if each is not None]
    return max(measured) if measured and len(measured) == len(found) else None


def distance_said(standing: Standing) -> str:
    """`目標との差は目標値の12%`, where the list says nothing of a 進捗率; empty for what is met."""
    left = distance(standing)
    by_the_way = any(each.progress is not None for each in standing.verdict.series)
    if by_the_way or left is None or left <= 0:
        return ""
    share = show_percent(left) if left >= _LEAST else "1%未満"
    return f"目標との差は目標値の{share}"


def _of_series(found: SeriesVerdict, indicator: Indicator) -> Decimal | None:
    if found.met:
        return Decimal(0)
    if found.progress is not None:
        return 1 - found.progress
    if found.value is None or found.target is None:
        return None
    case = Case(found.value, None, found.target, indicator.better)
    if not case.judgeable or case.direction_only or found.target.kind == "done":
        return None
    whole = abs(_figure(case))
    return case.gap(found.value) / whole if whole else None


def _figure(case: Case) -> Decimal:
    """What the gap is a share of; of a range, the end that the value lies beyond."""
    low, high = case.target.low, case.target.high
    if case.target.kind != "range":
        return case.goal
    return low if low is not None and case.value < low else high or low or Decimal(0)
