"""One indicator as it is published: only what is named here gets in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.charting.sketching import sketch
from reports.charting.wording import better_said
from reports.site.data import data_of
from reports.site.model import Compared, Fact, IndicatorPage, Place, Verdict
from reports.site.verdicts import judged
from reports.site.years import period_of, years_of
from store.comparisons import Comparison
from store.documented import target_text, years_said
from store.fiscal import era
from store.periods import show_period
from store.plan import Indicator, Plan, Series
from store.plan_words import baseline_said, target_said
from store.showing import show_value, show_values
from store.standing import Outlook, Standing
from store.terms import BASES, MEASURES, ROLES

UNOWNED = "担当課の記載なし"
SILENT = "計画書に記載なし"


@dataclass(frozen=True)
class Published:
    """What two planners let out: `years` are the collections, `reported` the figures of locks.

    `reported` holds, for each submission that a published lock judged, its collection.
    """

    years: frozenset[int]
    reported: Mapping[int, int]
    comparisons: Mapping[str, Sequence[Comparison]]


def published_only(standing: Standing, years: frozenset[int]) -> Standing:
    """The standing with nothing in it but approved figures of these collections.

    Where a verdict compares with the earliest figure and that is not published, its arithmetic, which
    names the figure, is left out.
    """
    locked = {year: frozen for year, frozen in standing.locked.items() if year in years}
    if _starts_hidden(standing, years):
        locked = {year: replace(frozen, arithmetic="") for year, frozen in locked.items()}
    return replace(
        standing,
        actuals=tuple(a for a in standing.actuals if a.proposal.collection in years),
        absent=tuple(a for a in standing.absent if a.proposal.collection in years),
        last=None,
        locked=locked,
    )


def _starts_hidden(standing: Standing, years: frozenset[int]) -> bool:
    hidden = any(a.proposal.collection not in years for a in standing.actuals)
    return hidden and any(series.baseline is None for series in standing.indicator.series)


def page_of(
    outlook: Outlook, whole: Standing, earlier: Plan | None, published: Published
) -> IndicatorPage:
    """The page of one indicator, in the collection that the outlook is of."""
    plan, standing = outlook.plan, published_only(whole, published.years)
    indicator, latest = standing.indicator, standing.latest
    found = judged(plan, standing, outlook.cycle.collection, published.reported)
    return IndicatorPage(
        id=indicator.id,
        name=indicator.name,
        unit=_unit(indicator),
        better=better_said(indicator),
        policy=indicator.policy or "",
        policy_name=next((p.name for p in plan.policies if p.code == indicator.policy), ""),
        basis="・".join(BASES[each] for each in indicator.basis),
        places=tuple(_places(plan, indicator)),
        verdict=found.locked,
        verdict_of=_as_of(found.locked, outlook),
        corrected=found.after,
        corrected_word=found.word,
        latest=show_values(latest.proposal.values, indicator) if latest else "",
        latest_period=show_period(period_of(latest)) if latest else "",
        target=target_said(indicator, outlook.cycle.collection),
        baseline=baseline_said(indicator, plan),
        baselines=tuple(_baselines(plan, indicator)),
        targets=tuple(_targets(indicator)),
        years=tuple(years_of(plan, standing, earlier, published.reported)),
        compared=tuple(_compared(published.comparisons.get(indicator.id, ()), indicator)),
        facts=tuple(_facts(indicator)),
        department=standing.department.name if standing.department else UNOWNED,
        data=tuple(data_of(standing)),
        picture=sketch(plan, standing, earlier),
    )


def _as_of(verdict: Verdict, outlook: Outlook) -> str:
    last, collection = outlook.plan.last_year, outlook.cycle.collection
    final = last is not None and collection >= last
    return "計画期間の最終年度" if final else f"{era(collection)}時点" if verdict.code else ""


def _unit(indicator: Indicator) -> str:
    return f"{indicator.unit}／{indicator.per}" if indicator.per else indicator.unit


def _places(plan: Plan, indicator: Indicator) -> Iterator[Place]:
    goals = {goal.id: goal for goal in plan.goals}
    for goal, role in plan.roles[indicator.id]:
        yield Place(goal, goals[goal].label, goals[goal].title, ROLES[role])


def _named(series: Series, said: str) -> str:
    """`男性 18.43年`; a text of the document that begins with the name itself stays so."""
    return said if not series.name or said.startswith(series.name) else f"{series.name} {said}"


def _baselines(plan: Plan, indicator: Indicator) -> Iterator[Fact]:
    for series in indicator.series:
        for each in series.baselines:
            assumed = plan.assumed_baseline_year if each.reference else None
            years = years_said(each, assumed) or "年の記載なし"
            label = "現状値" if each.reference else "参考値"
            said = f"{show_value(each.value, indicator)}（{years}）"
            yield Fact(label, _named(series, said), each.note or "")
        if not series.baselines:
            yield Fact("現状値", _named(series, SILENT))


def _targets(indicator: Indicator) -> Iterator[Fact]:
    for series in indicator.series:
        for each in series.targets:
            year = f"（{era(each.year)}）" if each.year is not None else ""
            said = _named(series, target_text(each, indicator)) + year
            yield Fact("目標値", said, each.note or "")
        if not series.targets:
            yield Fact("目標値", _named(series, target_text(None, indicator)))


def _compared(held: Sequence[Comparison], indicator: Indicator) -> Iterator[Compared]:
    for each in held:
        said = show_values(each.values, indicator)
        yield Compared(each.place, show_period(each.period), said, each.source)


def _facts(indicator: Indicator) -> Iterator[Fact]:
    """定義 and 出典 always, so that one sees what is missing; the rest where somebody said it."""
    yield Fact("定義", indicator.definition or "記載なし")
    yield Fact("出典", indicator.source or "記載なし")
    yield Fact("数え方", MEASURES[indicator.measure].partition("（")[0])
    if indicator.frequency:
        yield Fact("頻度", indicator.frequency)
    if indicator.as_of:
        yield Fact("基準日", indicator.as_of)
    if indicator.publishes_in:
        yield Fact("統計の公表", f"毎年{indicator.publishes_in}月ごろ")
    if indicator.note:
        yield Fact("注", indicator.note)
