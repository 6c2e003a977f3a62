"""Figures year by year: every observation once, gaps left open, 確認中 only for those who may see it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlite_utils import Database

from reports.history import Point, observations, turn
from store.plan import Observation, Plan, Target
from store.submissions import Kind
from tests.answers.city import City


def drawn(city: City, indicator: str, earlier: Plan | None = None, **more: bool) -> list[Point]:
    return list(observations(city.standing(indicator), city.plan, earlier, **more))


def figures(points: list[Point]) -> list[tuple[int | None, str]]:
    return [(point.year, str(point.value)) for point in points]


def test_the_old_plans_latest_figure_is_the_new_ones_baseline_and_comes_once(
    city: City, first_phase: Plan
) -> None:
    city.accept("1-1b", 2022, "25")
    points = drawn(city, "1-1b", first_phase)
    assert figures(points) == [(2015, "0"), (2020, "29"), (2022, "25")]
    assert [point.roles for point in points] == [("first",), ("last", "baseline"), ("actual",)]
    assert [point.phase for point in points] == [1, 2, 2]
    assert [point.period for point in points] == ["H27と推定", "R2と推定", "R4"]


def test_figures_that_differ_between_the_plans_are_two_observations(
    city: City, first_phase: Plan
) -> None:
    before = first_phase.by_id["2K3"]
    series = before.series[0].model_copy(update={"latest": Observation(value=Decimal(30))})
    changed = before.model_copy(update={"series": (series,)})
    standing = replace(city.standing("1-1b"), continued=changed)
    points = observations(standing, city.plan, first_phase)
    assert figures(list(points)) == [(2015, "0"), (2020, "30"), (2020, "29")]
    assert [point.phase for point in points] == [1, 1, 2]


def test_without_the_old_plan_only_the_new_one_is_told(city: City) -> None:
    assert figures(drawn(city, "1-1b")) == [(2020, "29")]


def test_a_year_without_a_figure_stays_a_gap(city: City) -> None:
    city.accept("4-1b", 2022, "220")
    city.accept("4-1b", 2024, "224")
    assert figures(drawn(city, "4-1b")) == [(2020, "224"), (2022, "220"), (2024, "224")]


def test_a_figure_stands_at_the_year_it_is_of_not_at_the_round_it_came_in(city: City) -> None:
    city.accept("5-1a", 2023, "433.0", "FY2020")
    city.accept("1-1b", 2022, "25", "2023-04-01")
    assert figures(drawn(city, "5-1a")) == [(2018, "431.5"), (2020, "433.0")]
    point = drawn(city, "1-1b")[-1]
    assert (point.year, point.period) == (2022, "R5.4.1")


def test_of_two_reports_of_one_year_the_newer_counts(city: City) -> None:
    city.accept("5-1a", 2022, "432.0", "FY2019")
    city.accept("5-1a", 2023, "433.0", "FY2019")
    assert figures(drawn(city, "5-1a")) == [(2018, "431.5"), (2019, "433.0")]


def test_a_baseline_that_is_reported_again_is_one_observation(city: City) -> None:
    city.accept("5-1a", 2022, "431.5", "FY2018")
    (point,) = drawn(city, "5-1a")
    assert point.roles == ("baseline", "actual")
    assert point.kind == "approved"


def test_a_report_that_corrects_the_baseline_stands_beside_it(city: City) -> None:
    city.accept("5-1a", 2022, "430.0", "FY2018")
    assert figures(drawn(city, "5-1a")) == [(2018, "431.5"), (2018, "430.0")]


def test_a_single_year_does_not_repeat_an_average_that_ends_in_it(city: City) -> None:
    city.accept("7-1a", 2022, "-40", "FY2020")
    assert [point.period for point in drawn(city, "7-1a")] == ["H30〜R2平均", "R2"]


def test_a_value_that_is_waiting_is_left_out_unless_asked_for(city: City) -> None:
    city.accept("1-1b", 2023, "18")
    city.give("1-1b", 2024, "12", sample=True)
    assert figures(drawn(city, "1-1b")) == [(2020, "29"), (2023, "18")]
    waiting = drawn(city, "1-1b", pending=True)[-1]
    assert (waiting.year, waiting.value, waiting.kind) == (2024, Decimal(12), "pending")
    assert waiting.sample


def test_a_correction_that_is_waiting_does_not_hide_what_is_approved(city: City) -> None:
    city.accept("1-1b", 2024, "12")
    city.give("1-1b", 2024, "13")
    points = drawn(city, "1-1b", pending=True)
    assert [(str(p.value), p.kind) for p in points[1:]] == [("12", "approved"), ("13", "pending")]


@pytest.mark.parametrize("kind", ["awaiting", "no_survey"])
def test_a_report_without_a_value_is_no_figure(city: City, kind: Kind) -> None:
    city.accept("1-2b", 2023, "", kind=kind)
    city.give("1-2b", 2024, "", kind=kind)
    assert figures(drawn(city, "1-2b", pending=True)) == [(2020, "79.1")]


def test_every_series_has_its_own_figures(city: City, first_phase: Plan) -> None:
    city.accept("2-2a", 2022, {"男性": "18.60", "女性": "20.95"})
    points = drawn(city, "2-2a", first_phase)
    assert [p.series for p in points] == ["男性"] * 3 + ["女性"] * 3
    assert figures(points)[3:] == [(2014, "19.34"), (2019, "20.72"), (2022, "20.95")]


def test_a_baseline_of_no_known_year_leads_and_has_none(made_up: City) -> None:
    made_up.accept("Ⅱ-(1)-②", 2023, "3.5")
    points = drawn(made_up, "Ⅱ-(1)-②")
    assert figures(points) == [(None, "3.2"), (2023, "3.5")]
    assert points[0].period == ""


def test_a_plan_that_brings_its_own_results_has_them_drawn(db: Database, first_phase: Plan) -> None:
    city = City(db, first_phase).found()
    points = drawn(city, "2T1")
    assert figures(points) == [(2014, "1.07"), (2019, "1.12")]
    assert [p.reported for p in points] == [False, True]


@pytest.mark.parametrize(
    ("indicator", "before", "after", "said"),
    [
        ("1-1b", "29", "12", "改善"),
        ("1-1b", "12", "29", "悪化"),
        ("1-1b", "12", "12", "横ばい"),
        ("6-3d", "25.8", "91.2", "改善"),
        ("3-3a", "120", "95", "改善"),
        ("3-3a", "95", "105", "横ばい"),
    ],
)
def test_which_way_a_figure_went_is_judged_as_the_plan_declares(
    plan: Plan, indicator: str, before: str, after: str, said: str
) -> None:
    found = plan.by_id[indicator]
    target = found.series[0].target(None)
    assert turn(found, target, Decimal(before), Decimal(after)) == said


def test_a_figure_outside_a_range_gets_better_by_coming_nearer(made_up: City) -> None:
    found = made_up.indicator("Ⅰ-(2)-①")
    target = found.series[0].target(None)
    assert isinstance(target, Target)
    assert turn(found, target, Decimal(120), Decimal(107)) == "改善"
    assert turn(found, target, Decimal(96), Decimal(104)) == "横ばい"
    assert turn(found, target, Decimal(96), Decimal(94)) == "悪化"
