"""From an indicator's figures and targets to the content of its chart. Pure: nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.charting.aims import aim_values, aims_of
from reports.charting.picture import Aim, Dot, Picture, Run, Strand
from reports.charting.scale import scale_of
from reports.charting.telling import alt_of
from reports.charting.wording import NOTHING_YET, captions_of, source_of, subtitle_of
from reports.history import Point, observations
from store.documented import phase
from store.fiscal import era
from store.plan import Indicator, Plan
from store.reading.units import kind_of
from store.showing import show_number, show_value
from store.standing import Standing

EVEN = Decimal(100)
"""Where a ratio of men to women is even."""


def sketch(
    plan: Plan, standing: Standing, earlier: Plan | None = None, *, pending: bool = False
) -> Picture:
    """What the chart of one indicator shows; see `reports.charts.draw_chart`."""
    indicator = standing.indicator
    points = observations(standing, plan, earlier, pending=pending)
    targets = [t.year for s in indicator.series for t in s.targets if t.year is not None]
    years = _years(plan, standing, points, targets)
    undated = years[0] - 1 if any(p.year is None for p in points) else None
    period = _period(plan, years)
    aims = tuple(aims_of(plan, indicator, points, period or years))
    level = (EVEN, "100（男女同じ）") if kind_of(indicator) == "parity" else None
    values = [*(p.value for p in points), *aim_values(aims), *([EVEN] if level else [])]
    return Picture(
        title=indicator.name,
        subtitle=subtitle_of(indicator),
        years=years,
        undated=undated,
        period=period,
        phases=_phases(plan, earlier, points, period),
        strands=tuple(_strand(s.name, indicator, points, undated) for s in indicator.series),
        aims=aims,
        captions=tuple(captions_of(points, max(targets, default=None), undated)),
        level=level,
        scale=scale_of(indicator, values) if points else None,
        sentence=() if any(p.reported for p in points) else _sentence(points, aims),
        sample=any(p.sample for p in points),
        source=source_of(standing, plan, earlier, points),
        alt=alt_of(indicator, points),
    )


def _years(
    plan: Plan, standing: Standing, points: Sequence[Point], targets: Sequence[int]
) -> tuple[int, int]:
    known = [p.year for p in points if p.year is not None]
    of_plan = [year for year in (plan.first_year, plan.last_year) if year is not None]
    years = [*known, *targets, *of_plan] or [standing.collection]
    return min(years), max(years)


def _period(plan: Plan, years: tuple[int, int]) -> tuple[int, int] | None:
    """The plan's own years, when it says both or at least where it begins."""
    if plan.first_year is None:
        return None
    return plan.first_year, plan.last_year if plan.last_year is not None else years[1]


def _phases(
    plan: Plan, earlier: Plan | None, points: Sequence[Point], period: tuple[int, int] | None
) -> tuple[str, str]:
    """What is written on both sides of the boundary; nothing before it without older figures."""
    if period is None:
        return "", ""
    before = phase(earlier) if any(p.phase == 1 for p in points) else ""
    return before, f"{phase(plan)}（{era(period[0])}〜{era(period[1])}）"


def _strand(
    name: str | None, indicator: Indicator, points: Sequence[Point], undated: int | None
) -> Strand:
    own = [p for p in points if p.series == name]
    dots = (_dot(p, indicator, p.year if p.year is not None else undated or 0) for p in own)
    return Strand(name, tuple(dots), tuple(_runs(own)))


def _dot(point: Point, indicator: Indicator, year: int) -> Dot:
    parity = kind_of(indicator) == "parity"
    label = f"{point.value:f}:100" if parity else show_value(point.value, indicator)
    short = show_number(point.value) if kind_of(indicator) == "number" else label
    said = "確認中 " if point.kind == "pending" else ""
    return Dot(
        year,
        point.value,
        said + label,
        said + short,
        hollow=point.kind == "pending",
        ringed="baseline" in point.roles,
        aside="aside" in point.roles,
    )


def _runs(points: Sequence[Point]) -> Iterator[Run]:
    """Neighbouring years joined; the newest figure of a year leads on, 確認中 only to itself."""
    drawn = [(p.year, p) for p in points if p.year is not None and "aside" not in p.roles]
    firm = {year: p.value for year, p in drawn if p.kind != "pending"}
    path: list[tuple[int, Decimal]] = []
    for year in [*sorted(firm), None]:
        if path and year != path[-1][0] + 1:
            if len(path) > 1:
                yield Run(tuple(path))
            path = []
        if year is not None:
            path.append((year, firm[year]))
    for year, point in drawn:
        if point.kind == "pending" and year - 1 in firm:
            yield Run(((year - 1, firm[year - 1]), (year, point.value)), dashed=True)


def _sentence(points: Sequence[Point], aims: Sequence[Aim]) -> tuple[str, ...]:
    """Said where nothing was reported; with the target, where there is no figure at all to draw."""
    if points:
        return (NOTHING_YET,)
    return NOTHING_YET, "現状値 計画書に記載なし", *(" ".join(aim.label) for aim in aims)
