"""A figure over the years in as many signs: ▇▅▃▁, one a year, with the years in between left open."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from answers.history import by_year
from store.documented import year_drawn
from store.plan import Indicator, Plan
from store.reading.units import kind_of
from store.standing import Standing

LEVELS = "▁▂▃▄▅▆▇█"
GAP = "·"
LEAST_POINTS = 3
MOST_YEARS = 30
# 80.1% after 80.0% is no leap: what moves less than this share of the figure never fills the height.
_LEAST_SPAN = Decimal("0.1")


def spark(standing: Standing, plan: Plan) -> str:
    """The figures that 推移 tells, drawn; empty where a drawing would say too little or mislead.

    That is for fewer than three figures, for several series, and for ranks and 済・未, whose
    numbers do not rise as things get better or are no amounts.
    """
    indicator = standing.indicator
    if len(indicator.series) != 1 or kind_of(indicator) in {"done", "rank"}:
        return ""
    points = _points(standing, plan)
    if len(points) < LEAST_POINTS or max(points) - min(points) >= MOST_YEARS:
        return ""
    return drawn(points)


def drawn(points: Mapping[int, Decimal]) -> str:
    """Low for small and high for large, by year; the same height throughout for the same figure."""
    least, most = min(points.values()), max(points.values())
    span = max(most - least, _LEAST_SPAN * max(abs(least), abs(most))) or Decimal(1)
    bottom = (least + most - span) / 2
    top = len(LEVELS) - 1
    years = range(min(points), max(points) + 1)
    levels = {year: int((value - bottom) / span * top + _HALF) for year, value in points.items()}
    return "".join(LEVELS[levels[year]] if year in levels else GAP for year in years)


_HALF = Decimal("0.5")


def _points(standing: Standing, plan: Plan) -> dict[int, Decimal]:
    """By the years that 推移 names; the baseline where it stands before them."""
    indicator = standing.indicator
    name = indicator.series[0].name
    actuals = ((year, a.proposal.values.get(name)) for year, a in by_year(standing).items())
    found = {year: value for year, value in actuals if value is not None}
    return {**_baseline(indicator, plan, found), **found}


def _baseline(indicator: Indicator, plan: Plan, found: Mapping[int, Decimal]) -> dict[int, Decimal]:
    baseline = indicator.series[0].baseline
    year = year_drawn(baseline, plan.assumed_baseline_year) if baseline else None
    if baseline is None or year is None or not found or year >= min(found):
        return {}
    return {year: baseline.value}
