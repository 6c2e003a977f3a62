"""The figures of an indicator over both phases: what documents published, then what was approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from reports.history import Point, Role, observations
from reports.site.model import Year
from reports.site.verdicts import judged
from store.documented import phase
from store.fiscal import era
from store.periods import day_in_era, default_period, show_period
from store.plan import Plan
from store.showing import show_values
from store.standing import Standing, State
from store.submissions import Submission
from store.telling import values_said

REPORTED = "実績値"
NO_FIGURE = "公開している値なし"
_CALLED: Mapping[Role, str] = {
    "first": "当初値",
    "last": "最新値",
    "latest": "最新値",
    "baseline": "現状値",
    "aside": "参考値",
}


def years_of(
    plan: Plan, standing: Standing, earlier: Plan | None, reported: Mapping[int, int]
) -> Iterator[Year]:
    """Every figure once, the oldest first; a collection without one says so.

    `standing` holds published figures only (`reports.site.indicators.published_only`).
    """
    points = observations(standing, plan, earlier)
    yield from _published(points, plan, standing, earlier)
    # What the plan itself brings is no collection's.
    if any("latest" in point.roles for point in points):
        return
    first = plan.first_year if plan.first_year is not None else standing.collection
    for collection in range(first, standing.collection + 1):
        yield _collected(plan, standing, collection, reported)


def period_of(submission: Submission) -> str:
    """The data year of a figure, canonical."""
    proposal = submission.proposal
    return proposal.period or default_period(proposal.collection)


def approved_on(submission: Submission) -> str:
    """The day of the approval as YYYY-MM-DD; every figure that is published has one."""
    return submission.decision.at[:10] if submission.decision else ""


def department_of(submission: Submission) -> str:
    """Who reported it, as the department was called then."""
    return submission.department_name or ""


def _published(
    points: Iterable[Point], plan: Plan, standing: Standing, earlier: Plan | None
) -> Iterator[Year]:
    """A row for the figures that a document gives of one time, all series together."""
    rows: dict[tuple[int, tuple[Role, ...], str], dict[str | None, Decimal]] = {}
    for point in points:
        roles = tuple(role for role in point.roles if role in _CALLED)
        if roles and point.kind == "published":
            key = (point.phase, roles, point.period)
            rows.setdefault(key, {})[point.series] = point.value
    for (of, roles, period), values in rows.items():
        called = [_called(role, of, plan, earlier) for role in roles]
        said = show_values(values, standing.indicator)
        year = period.removesuffix("と推定") or "年の記載なし"
        yield Year(year, said, "・".join(called), period or "年の記載なし")


def _called(role: Role, of: int, plan: Plan, earlier: Plan | None) -> str:
    """`第1期 最新値`: what the plan calls it whose figure it is."""
    own = of == 2 and role not in {"first", "last"}
    return f"{phase(plan if own else earlier)} {_CALLED[role]}"


def _collected(
    plan: Plan, standing: Standing, collection: int, reported: Mapping[int, int]
) -> Year:
    actual = standing.actual(collection)
    if actual is None:
        absent = (a for a in standing.absent if a.proposal.collection == collection)
        found = next(absent, None)
        gone = standing.indicator.retired_in(collection)
        nothing = State.RETIRED.value if gone else NO_FIGURE
        said = values_said(found.proposal, standing.indicator) if found else nothing
        return Year(era(collection), said, REPORTED)
    found_verdict = judged(plan, standing, collection, reported)
    return Year(
        year=era(collection),
        value=values_said(actual.proposal, standing.indicator),
        kind=REPORTED,
        period=show_period(period_of(actual)),
        verdict=found_verdict.locked,
        corrected=found_verdict.after,
        corrected_word=found_verdict.word,
        before=found_verdict.before,
        approved=day_in_era(approved_on(actual)),
        department=department_of(actual),
        source=actual.proposal.source or "",
    )
