"""Targets as they are drawn: which years each one judges, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby

from reports.charting.picture import Aim, Direction, Step
from reports.history import Point
from store.documented import target_text
from store.fiscal import era
from store.plan import Indicator, Plan, Series, Target
from store.showing import show_value

SIDES: dict[Direction, str] = {"up": "より上", "down": "より下"}
_DIRECTIONS: dict[str, Direction] = {"up": "up", "down": "down"}


def aims_of(
    plan: Plan, indicator: Indicator, points: Sequence[Point], years: tuple[int, int]
) -> Sequence[Aim]:
    """One aim a series, or one for all where they have the same targets; none without targets.

    `years` are the first and last year that the targets are drawn over, each as the plan was in it.
    """
    steps = partial(_revised_steps, plan) if plan.revised else _steps
    found = [
        Aim(
            number,
            _label(indicator, series, points),
            tuple(steps(indicator, series, points, years)),
        )
        for number, series in enumerate(indicator.series)
        if series.targets
    ]
    of_all = len({(_unnamed(aim, indicator), aim.steps) for aim in found}) == 1
    if len(found) == len(indicator.series) and of_all:
        return (Aim(None, _unnamed(found[0], indicator), found[0].steps),)
    return tuple(found)


def aim_values(aims: Sequence[Aim]) -> Iterator[Decimal]:
    """The figures that the scale has to reach."""
    for step in (step for aim in aims for step in aim.steps):
        yield from (value for value in (step.low, step.high) if value is not None)


def _label(indicator: Indicator, series: Series, points: Sequence[Point]) -> tuple[str, ...]:
    """目標 R7 / 0人／年, with what a direction is measured by."""
    target = series.targets[-1]
    name = f"{series.name} " if series.name else ""
    if target.kind == "none":
        return (f"{name}{target_text(target, indicator)}",)
    called = f"{name}目標 {era(target.year)}" if target.year else f"{name}目標"
    said = target_text(target, indicator).removeprefix(series.name or "").strip()
    direction = _direction(target)
    passed = _to_pass(series, points) if direction else None
    if direction is None:
        return called, said
    if passed is None:
        return called, said.partition("（")[0]
    first = "" if series.baseline else "初回の"
    line = f"{first}{show_value(passed, indicator)}{SIDES[direction]}"
    return called, said.partition("（")[0], line


def _unnamed(aim: Aim, indicator: Indicator) -> tuple[str, ...]:
    name = indicator.series[aim.strand].name if aim.strand is not None else None
    return (aim.label[0].removeprefix(f"{name} ") if name else aim.label[0], *aim.label[1:])


def _steps(
    indicator: Indicator, series: Series, points: Sequence[Point], years: tuple[int, int]
) -> Iterator[Step]:
    """Each target from the year after the one before it, the last to the end (`Series.target`)."""
    dated = sorted((t for t in series.targets if t.year is not None), key=lambda t: t.year or 0)
    counted = dated or series.targets[-1:]
    first = years[0]
    for target in counted:
        last = years[1] if target is counted[-1] or target.year is None else target.year
        low, high = _ends(target, series, points)
        if target.kind != "none":
            label = target_text(target, indicator)
            first = min(first, target.year or first)
            yield Step(first, max(first, last), target.year, low, high, _direction(target), label)
        first = last + 1


def _revised_steps(
    plan: Plan,
    indicator: Indicator,
    series: Series,
    points: Sequence[Point],
    years: tuple[int, int],
) -> Iterator[Step]:
    """The same year by year, where some were judged by another target than others (見直し)."""

    def then(year: int) -> tuple[Indicator, Series, Target | None]:
        found = plan.as_of(year).by_id[indicator.id]
        part = next(s for s in found.series if s.name == series.name)
        return found, part, part.target(year)

    for target, group in groupby(range(years[0], years[1] + 1), lambda year: then(year)[2]):
        held = list(group)
        if target is None or target.kind == "none":
            continue
        found, part, _ = then(held[0])
        low, high = _ends(target, part, points)
        label = target_text(target, found)
        yield Step(held[0], held[-1], target.year, low, high, _direction(target), label)


def _ends(
    target: Target, series: Series, points: Sequence[Point]
) -> tuple[Decimal | None, Decimal | None]:
    if target.kind == "range":
        return target.low, target.high
    if _direction(target):
        passed = _to_pass(series, points)
        return passed, passed
    value = Decimal(1) if target.kind == "done" else target.value
    return value, value


def _direction(target: Target) -> Direction | None:
    return _DIRECTIONS.get(target.kind)


def _to_pass(series: Series, points: Sequence[Point]) -> Decimal | None:
    """What 増加・減少 is measured by: the baseline, else the earliest approved actual."""
    if series.baseline:
        return series.baseline.value
    approved = (p for p in points if p.series == series.name and p.kind == "approved")
    return next((p.value for p in approved), None)
