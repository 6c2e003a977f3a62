"""An indicator year by year, over both phases: every observation once, gaps left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from answers.frozen import verdicts_beside
from answers.published import Row, published
from answers.words import SAMPLE, STATE_MARKS
from reports.history import turn
from store.documented import is_published, target_text, year_drawn, years_said
from store.fiscal import era
from store.judge import judge
from store.people import Who
from store.periods import default_period, show_period, year_of
from store.plan import Baseline, Indicator, Plan, Target
from store.showing import show_number, show_values
from store.standing import Outlook, Standing, State
from store.submissions import SeriesValues, Submission
from store.telling import values_said

HEADINGS = ("年度", "実績", "判定", "目標", "データ年", "状態")
ABSENT = frozenset({State.AWAITING, State.NO_SURVEY})
NO_FIGURE = "承認された値なし"


def trend(standing: Standing, plan: Plan) -> str:
    """`推移 R2 29 · R4 25 · R5 18（↘ 改善）`, from the baseline on; empty for fewer than two figures.

    By the years that the figures are of: a statistic of R3 is one of R3, whenever it was reported.
    """
    indicator, actuals = standing.indicator, by_year(standing)
    points = [(_year(a), a.proposal.values) for a in actuals.values()]
    baseline = {s.name: s.baseline for s in indicator.series if s.baseline}
    first = next(iter(baseline.values()), None)
    if first is not None and points and _is_before(first, actuals, plan):
        said = years_said(first, plan.assumed_baseline_year).removesuffix("と推定")
        points.insert(0, (said or "現状値", {name: b.value for name, b in baseline.items()}))
    if len(points) < 2:
        return ""
    way = " · ".join(f"{year} {_short(values)}" for year, values in points)
    return f"推移 {way}（{_turn(indicator, points[-2][1], points[-1][1])}）"


def _is_before(baseline: Baseline, actuals: Mapping[int, Submission], plan: Plan) -> bool:
    """What was reported of the baseline's own year, or of one before it, stands in its place."""
    year = year_drawn(baseline, plan.assumed_baseline_year)
    return year is None or year < min(actuals)


def by_year(standing: Standing) -> dict[int, Submission]:
    """What was approved, by the fiscal year that it is of, oldest first; its newest report counts."""
    found = {
        year_of(a.proposal.period or default_period(a.proposal.collection)): a
        for a in standing.actuals
    }
    return dict(sorted(found.items()))


def _year(actual: Submission) -> str:
    """`R5`; `2023年` and `H30〜R2平均`, which are no fiscal year."""
    period = actual.proposal.period or default_period(actual.proposal.collection)
    is_day = "-" in period
    return era(year_of(period)) if is_day else show_period(period)


def _short(values: Mapping[str | None, Decimal]) -> str:
    return "/".join(show_number(value) for value in values.values())


def _turn(indicator: Indicator, before: SeriesValues, after: SeriesValues) -> str:
    """Which way the last figure went, as mark and word; the worst of the series counts."""
    moves = {name: after[name] - before[name] for name in after if name in before}
    turns = {turn(indicator, _target(indicator, n), before[n], after[n]) for n in moves}
    word = next((w for w in ("悪化", "改善") if w in turns), "横ばい")
    ups = {(move > 0) - (move < 0) for move in moves.values()}
    mark = {1: "↗", -1: "↘", 0: "→"}[ups.pop()] if len(ups) == 1 else "⇅"
    return f"{mark} {word}"


def _target(indicator: Indicator, name: str | None) -> Target | None:
    return next(s.target(None) for s in indicator.series if s.name == name)


def rows(standing: Standing, outlook: Outlook, who: Who, earlier: Plan | None) -> list[Row]:
    """The history of one indicator. `earlier` is the plan of `standing.continued`, when it is held."""
    return [
        *published(standing, outlook.plan, earlier),
        *_collected(standing, outlook, who),
        *_still_to_come(standing, outlook.plan),
    ]


def _collected(standing: Standing, outlook: Outlook, who: Who) -> Iterator[Row]:
    if is_published(standing):
        return
    plan, last = outlook.plan, standing.collection
    known = [a.proposal.collection for a in standing.actuals]
    first = plan.first_year if plan.first_year is not None else min([*known, last])
    for year in range(first, last + 1):
        target = _target_of_year(plan.as_of(year).by_id[standing.indicator.id], year)
        actual = standing.actual(year)
        if actual is not None:
            yield _approved(standing, actual, plan, target)
        elif year == last:
            absent = _absent(standing, year) if standing.state in ABSENT else ""
            state = absent or _state(standing.state)
            yield Row(era(year), _waiting(standing, who), target=target, state=state)
        else:
            state = _absent(standing, year) or NO_FIGURE
            yield Row(era(year), target=target, state=state)


def _approved(standing: Standing, actual: Submission, plan: Plan, target: str) -> Row:
    proposal = actual.proposal
    plan = plan.as_of(proposal.collection)
    indicator = plan.by_id[standing.indicator.id]
    earlier = [
        a.proposal.values for a in standing.actuals if a.proposal.collection < proposal.collection
    ]
    verdict = judge(plan, indicator, proposal.values, proposal.collection, earlier)
    said = f"{verdict.grade.mark} {verdict.grade.label}" if verdict.grade else verdict.why or ""
    said = verdicts_beside(standing, proposal.collection, said) or said
    again = standing.collection == proposal.collection and standing.state != State.APPROVED
    state = f"承認済・訂正は{standing.state.value}" if again else "承認済"
    return Row(
        era(proposal.collection),
        show_values(proposal.values, indicator),
        said,
        target,
        show_period(proposal.period) if proposal.period else "",
        f"{state}・{SAMPLE}" if actual.sample else state,
    )


def _absent(standing: Standing, year: int) -> str:
    """`– 統計公表待ち（10月予定）` or `– 調査対象外年度` for a year that was approved as such."""
    found = next((a for a in standing.absent if a.proposal.collection == year), None)
    return f"– {values_said(found.proposal, standing.indicator)}" if found else ""


def _waiting(standing: Standing, who: Who) -> str:
    if standing.state != State.PENDING or standing.last is None:
        return ""
    if not standing.shows_pending_to(who):
        return "値は承認後に表示"
    return f"確認中 {values_said(standing.last.proposal, standing.indicator)}"


def _state(state: State) -> str:
    return f"{STATE_MARKS[state]} {state.value}"


def _target_of_year(indicator: Indicator, year: int) -> str:
    said = [
        f"{series.name or ''}{target_text(target, indicator)}"
        for series in indicator.series
        for target in series.targets
        if target.year == year
    ]
    return "・".join(said)


def _still_to_come(standing: Standing, plan: Plan) -> Iterator[Row]:
    indicator = standing.indicator
    years = {t.year for s in indicator.series for t in s.targets if t.year is not None}
    for year in sorted(y for y in years if y > standing.collection):
        called = "目標年度" if year == plan.last_year else "中間目標"
        yield Row(era(year), target=_target_of_year(indicator, year), state=called)
