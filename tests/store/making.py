"""Made-up indicators and plans, as small as a test wants them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from store.plan import Baseline, Better, Goal, Indicator, Plan, Series, Target, TargetKind


def target(
    kind: TargetKind = "value", value: str | None = None, year: int | None = 2025, **more: Any
) -> Target:
    return Target(year=year, kind=kind, value=None if value is None else Decimal(value), **more)


def baseline(value: str, *years: int) -> Baseline:
    return Baseline(value=Decimal(value), years=years)


def series(
    name: str | None = None, start: Baseline | None = None, goal: Target | None = None
) -> Series:
    return Series(
        name=name,
        baselines=(start,) if start else (),
        targets=(goal,) if goal else (),
    )


def indicator(
    unit: str = "人", *parts: Series, better: Better = "higher", **more: Any
) -> Indicator:
    return Indicator(
        id="1-1a", name="見本の指標", unit=unit, better=better, series=parts or (series(),), **more
    )


def plan(
    *indicators: Indicator,
    rule: str = "attainment",
    last_year: int | None = 2025,
    assumed_baseline_year: int | None = 2020,
) -> Plan:
    ids = tuple(each.id for each in indicators)
    return Plan(
        id="sample",
        title="見本の計画",
        municipality="見本市",
        first_year=2022,
        last_year=last_year,
        assumed_baseline_year=assumed_baseline_year,
        rule=rule,
        goals=(Goal(id="1", label="基本目標1", title="見本の目標", kpis=ids),),
        indicators=indicators,
    )
