"""The rule of the city reproduces what the city published: 27 of 27 verdicts of phase 1."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.judge import judge, share
from store.plan import Indicator, Plan
from store.plan_file import builtin_plans

PHASE1 = builtin_plans()["kitamoto-1"]
LABELS = ("達成", "向上", "未達成")


def latest(indicator: Indicator) -> dict[str | None, Decimal]:
    return {series.name: series.latest.value for series in indicator.series if series.latest}


def verdict(plan: Plan, indicator: Indicator) -> str:
    grade = judge(plan, indicator, latest(indicator), 2020).grade
    assert grade is not None
    return grade.label


def counts(ids: tuple[str, ...]) -> list[int]:
    found = [verdict(PHASE1, PHASE1.by_id[name]) for name in ids]
    return [found.count(label) for label in LABELS]


@pytest.mark.parametrize("indicator", PHASE1.indicators, ids=lambda indicator: indicator.id)
def test_the_published_verdict_is_recomputed_from_the_published_values(
    indicator: Indicator,
) -> None:
    published = {series.published_verdict for series in indicator.series}
    assert {verdict(PHASE1, indicator)} == published


def test_each_series_of_the_healthy_years_is_met() -> None:
    both = judge(PHASE1, PHASE1.by_id["3K1"], latest(PHASE1.by_id["3K1"]), 2020).series
    assert [(each.series, each.met) for each in both] == [("男性", True), ("女性", True)]


def test_counts_and_shares_of_the_targets_are_the_published_ones() -> None:
    found = counts(tuple(name for goal in PHASE1.goals for name in goal.targets))
    assert found == [2, 1, 1]
    assert [str(share(count, 4)) for count in found] == ["50.0", "25.0", "25.0"]


def test_counts_and_shares_of_the_kpis_are_the_published_ones() -> None:
    found = counts(tuple(name for goal in PHASE1.goals for name in goal.kpis))
    assert found == [8, 4, 11]
    assert [str(share(count, 23)) for count in found] == ["34.8", "17.4", "47.8"]


def test_the_counts_stand_in_the_printed_evaluation() -> None:
    evaluation = PHASE1.evaluation or ""
    for printed in (
        "達成が2項目(50%)、向上が1項目(25%)、未達成が1項目(25%)",
        "達成が8項目(34.8%)、向上が4項目(17.4%)、未達成が11項目(47.8%)",
    ):
        assert printed in evaluation
