"""One indicator as the report shows it: baselines, targets, what each year brought, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.history import turn
from reports.progress.items import Effort, Figure, Item, Judged, Strand
from store.documented import is_published, target_text, years_said
from store.fiscal import era
from store.judge import Grade, SeriesVerdict, Verdict, judge, rule_of
from store.locks import Frozen
from store.periods import default_period, show_period
from store.plan import Indicator, Observation, Plan, Role, Series, Target
from store.showing import show_amount, show_value
from store.standing import Standing, State
from store.submissions import Submission
from store.telling import values_said

UNOWNED = "担当課未設定"
NOTHING = "—"


def item_of(
    plan: Plan,
    standing: Standing,
    role: Role,
    years: Sequence[int],
    effort: Effort,
) -> Item:
    """The indicator in one role, as it stands in the collection of `standing`."""
    indicator, verdict = standing.indicator, verdict_of(plan, standing)
    judged_series = {each.series: each for each in verdict.series}
    strands = tuple(
        _strand(plan, standing, series, years, judged_series.get(series.name))
        for series in indicator.series
    )
    department = standing.department.name if standing.department else UNOWNED
    state = "" if is_published(standing) else standing.state.value
    sample = any(actual.sample for actual in standing.actuals)
    judged = _judged(plan, standing, verdict)
    return Item(indicator, role, department, strands, judged, state, effort, sample)


def verdict_of(plan: Plan, standing: Standing) -> Verdict:
    """The verdict; for a figure that the plan itself brings, on that figure."""
    if not is_published(standing):
        return standing.verdict
    indicator = standing.indicator
    values = {s.name: s.latest.value for s in indicator.series if s.latest}
    return judge(plan, indicator, values, standing.collection)


def _judged(plan: Plan, standing: Standing, verdict: Verdict) -> Judged:
    """As locked, with what a correction made of it beside; else as it stands."""
    now = _as_it_stands(standing, verdict)
    frozen = standing.frozen
    if frozen is None:
        return now
    after = replace(now, word="承認後" if standing.left_open else "訂正後")
    return replace(
        now,
        grade=_grade_of(plan, frozen),
        why=frozen.why or "",
        arithmetic=frozen.arithmetic,
        locked=True,
        after=after if standing.corrected else None,
    )


def _as_it_stands(standing: Standing, verdict: Verdict) -> Judged:
    carried = verdict.collection if standing.actuals else standing.collection
    return Judged(
        verdict.grade,
        verdict.why or "",
        verdict.arithmetic,
        verdict.as_of_label or "",
        None if carried == standing.collection else carried,
    )


def _grade_of(plan: Plan, frozen: Frozen) -> Grade | None:
    known = (grade for grade in rule_of(plan).grades if grade.code == frozen.grade)
    made = Grade(frozen.grade, frozen.label or frozen.grade, "") if frozen.grade else None
    return next(known, made)


def _strand(
    plan: Plan,
    standing: Standing,
    series: Series,
    years: Sequence[int],
    verdict: SeriesVerdict | None,
) -> Strand:
    indicator, target = standing.indicator, series.target(standing.collection)
    value = verdict.value if verdict else None
    return Strand(
        series.name,
        tuple(_baselines(plan, indicator, series)),
        _target(series, target, indicator),
        target.year if target else None,
        tuple(_in_collection(standing, series, year) for year in years),
        _latest(plan, standing, series),
        verdict.progress if verdict else None,
        _pace(verdict, indicator) if verdict else "",
        verdict.met if verdict else None,
        _first(standing, series)
        if verdict and verdict.start and verdict.start.earliest_actual
        else None,
        turn(indicator, target, verdict.start.value, value)
        if verdict and verdict.start and value is not None
        else None,
    )


def _target(series: Series, target: Target | None, indicator: Indicator) -> Figure:
    """With its year where there are several, of which this is the one that is judged against."""
    written = (target.text or "") if target else ""
    year = era(target.year) if target and target.year and len(series.targets) > 1 else ""
    value = target.value if target else None
    return Figure(target_text(target, indicator), value, year, document=written)


def _pace(verdict: SeriesVerdict, indicator: Indicator) -> str:
    if verdict.holding is None:
        return verdict.pace.label if verdict.pace else ""
    away = verdict.holding.distance
    distance = f"（目標との差{show_amount(away, indicator)}）" if away else ""
    return f"維持目標・{verdict.holding.label}{distance}"


def _baselines(plan: Plan, indicator: Indicator, series: Series) -> Iterator[Figure]:
    """The reference first; of the others the note, which says what they are."""
    for each in sorted(series.baselines, key=lambda b: not b.reference):
        assumed = plan.assumed_baseline_year if each.reference else None
        yield _published(indicator, each, assumed)


def _latest(plan: Plan, standing: Standing, series: Series) -> Figure | None:
    if is_published(standing) and series.latest:
        return _published(standing.indicator, series.latest, plan.assumed_latest_year)
    if standing.latest is None:
        return None
    return _reported(standing, standing.latest, series, standing.collection)


def _first(standing: Standing, series: Series) -> Figure:
    """The earliest actual, as `store.judging.starts` takes it."""
    first = next(a for a in standing.actuals if series.name in a.proposal.values)
    found = _reported(standing, first, series, first.proposal.collection)
    return replace(found, period=found.period or era(first.proposal.collection))


def _published(indicator: Indicator, observed: Observation, assumed: int | None) -> Figure:
    said = show_value(observed.value, indicator)
    return Figure(said, observed.value, years_said(observed, assumed), document=observed.text or "")


def _in_collection(standing: Standing, series: Series, year: int) -> Figure:
    """What was approved of a collection; of the report's own, else, where its round stands."""
    if actual := standing.actual(year):
        return _reported(standing, actual, series, year)
    absent = next((a for a in standing.absent if a.proposal.collection == year), None)
    if absent is not None:
        return Figure(values_said(absent.proposal, standing.indicator))
    # 承認済 is of a figure, which would be there.
    waits = year == standing.collection and standing.state is not State.APPROVED
    return Figure(standing.state.value if waits and not is_published(standing) else NOTHING)


def _reported(standing: Standing, actual: Submission, series: Series, year: int) -> Figure:
    value = actual.proposal.values.get(series.name)
    if value is None:
        return Figure(NOTHING)
    period = actual.proposal.period or default_period(actual.proposal.collection)
    return Figure(
        show_value(value, standing.indicator),
        value,
        "" if period == default_period(year) else show_period(period),
        actual.sample,
        _before(standing, actual, series),
    )


def _before(standing: Standing, actual: Submission, series: Series) -> str:
    """What the figure was when its collection was locked, if it is another now."""
    frozen = standing.locked.get(actual.proposal.collection)
    if frozen is None or frozen.submission == actual.id:
        return ""
    old = frozen.values.get(series.name)
    return "値なし" if old is None else show_value(old, standing.indicator)
