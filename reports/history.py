"""An indicator's figures year by year, over both phases, as points: every observation once.

What lies between two years without a figure is a gap: nothing is interpolated here or later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from store.documented import same_observation, year_drawn, years_said
from store.judging.case import Case
from store.lags import belongs_to
from store.periods import default_period, show_period
from store.plan import Indicator, Observation, Plan, Series, Target
from store.standing import Standing
from store.submissions import Submission

Kind = Literal["published", "approved", "pending"]
Role = Literal["first", "last", "baseline", "aside", "latest", "actual"]
Turn = Literal["改善", "悪化", "横ばい"]


@dataclass(frozen=True)
class Point:
    """One figure of one series.

    `year` is the fiscal year it is of (データ年), None where nobody knows. `phase` is 1 for the
    plan before and 2 for this one. `roles` say what it is to the plans: the old plan's `first`
    (当初値) and `last` (最新値); this plan's `baseline`, an `aside` (参考), the `latest` that it
    brings itself, or an `actual`. One figure may be several. `period` tells people what it is of:
    `R6`, `R2と推定`, `R5.4.1`, empty if unknown.
    """

    series: str | None
    year: int | None
    value: Decimal
    phase: Literal[1, 2]
    kind: Kind
    roles: tuple[Role, ...]
    period: str
    sample: bool = False

    @property
    def reported(self) -> bool:
        """An 実績値: reported to this plan, or brought by the plan itself."""
        return not {"actual", "latest"}.isdisjoint(self.roles)


def observations(
    standing: Standing, plan: Plan, earlier: Plan | None, *, pending: bool = False
) -> tuple[Point, ...]:
    """The figures of every series in the plan's order, oldest first; figures of no year lead.

    `earlier` is the plan of `standing.continued`; without it only this plan is told. Two reports
    of one year are one figure, the newer. A value that is 確認中 is left out unless `pending`.
    """
    found: list[Point] = []
    for series in standing.indicator.series:
        points = list(_published(standing, series, plan, earlier))
        for submission in standing.actuals:
            points = _with(points, _actual(submission, standing, series, "approved"))
        if pending and standing.last is not None and standing.last.open:
            points = _with(points, _actual(standing.last, standing, series, "pending"))
        # Sorting is stable: an actual stays behind the published figure of its year.
        found += sorted(points, key=lambda p: p.year if p.year is not None else 0)
    return tuple(found)


def turn(indicator: Indicator, target: Target | None, before: Decimal, after: Decimal) -> Turn:
    """Whether a figure became better: declared by the plan, nearer for parity and ranges."""
    target = target or Target(kind="none")
    if Case(after, before, target, indicator.better).improved:
        return "改善"
    return "悪化" if Case(before, after, target, indicator.better).improved else "横ばい"


def _published(
    standing: Standing, series: Series, plan: Plan, earlier: Plan | None
) -> Iterator[Point]:
    before = standing.continued if earlier else None
    old = next((s for s in before.series if s.name == series.name), None) if before else None
    same = before is not None and same_observation(before, standing.indicator)
    if old is not None and earlier is not None:
        if old.baseline:
            yield _figure(series, old.baseline, 1, "first", earlier.assumed_baseline_year)
        for given in standing.before[:-1]:
            point = _actual(given, standing, series, "approved")
            yield from [replace(point, phase=1, roles=())] if point else []
        if old.latest and not same:
            yield _figure(series, old.latest, 1, "last", earlier.assumed_latest_year)
    for baseline in series.baselines:
        role: Role = "baseline" if baseline.reference else "aside"
        assumed = plan.assumed_baseline_year if baseline.reference else None
        point = _figure(series, baseline, 2, role, assumed)
        yield replace(point, roles=("last", role)) if same and baseline.reference else point
    if series.latest and not standing.actuals:
        yield _figure(series, series.latest, 2, "latest", plan.assumed_latest_year)


def _figure(
    series: Series, found: Observation, phase: Literal[1, 2], role: Role, assumed: int | None
) -> Point:
    return Point(
        series.name,
        year_drawn(found, assumed),
        found.value,
        phase,
        "published",
        (role,),
        years_said(found, assumed),
    )


def _actual(submission: Submission, standing: Standing, series: Series, kind: Kind) -> Point | None:
    proposal = submission.proposal
    value = proposal.values.get(series.name)
    if proposal.kind != "actual" or value is None:
        return None
    period = proposal.period or default_period(proposal.collection)
    return Point(
        series.name,
        belongs_to(period, standing.indicator.as_of),
        value,
        2,
        kind,
        ("actual",),
        show_period(period),
        submission.sample,
    )


def _with(points: list[Point], new: Point | None) -> list[Point]:
    """The points and a newer one, which takes the place of an older report of its year.

    A published figure that is reported again is one observation too; one that differs stays
    beside it, and so does an approved one beside the correction that is 確認中.
    """
    if new is None:
        return points
    older = [p for p in points if p.year == new.year and _same(p, new)]
    roles = tuple(role for p in older for role in p.roles if role != "actual")
    kept = [p for p in points if p not in older]
    return [*kept, replace(new, roles=(*roles, *new.roles))]


def _same(old: Point, new: Point) -> bool:
    if old.kind != "published":
        return old.kind == new.kind
    of_one_time = old.period.removesuffix("と推定") == new.period
    return new.kind == "approved" and old.value == new.value and of_one_time
