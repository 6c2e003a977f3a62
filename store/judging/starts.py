"""What a value is compared with: the plan's baseline, or the earliest actual where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.fiscal import era
from store.plan import Baseline, Plan, Series, Target


@dataclass(frozen=True)
class Start:
    """What a value is compared with: the reference baseline, or the earliest actual.

    `year` is the fiscal year it is of, None where nobody knows; `said` tells it to people
    (`R1`, `R2と推定`), empty where there is nothing to tell.
    """

    value: Decimal
    year: int | None = None
    said: str = ""
    earliest_actual: bool = False


def start_of(
    plan: Plan,
    series: Series,
    target: Target | None,
    earlier: Sequence[Mapping[str | None, Decimal]],
) -> Start | None:
    """The reference baseline; for a bare direction without one the first of `earlier`; or None."""
    if baseline := series.baseline:
        return Start(baseline.value, _year(plan, baseline), _said(plan, baseline))
    if target is None or target.kind not in {"up", "down"}:
        return None
    first = next((values[series.name] for values in earlier if series.name in values), None)
    return None if first is None else Start(first, earliest_actual=True)


def _said(plan: Plan, baseline: Baseline) -> str:
    if len(baseline.years) > 1:
        return f"{era(min(baseline.years))}〜{era(max(baseline.years))}"
    if baseline.years:
        return era(baseline.years[0])
    assumed = plan.assumed_baseline_year
    return f"{era(assumed)}と推定" if assumed else ""


def _year(plan: Plan, baseline: Baseline) -> int | None:
    """A baseline of several years counts as of its last."""
    return max(baseline.years) if baseline.years else plan.assumed_baseline_year
