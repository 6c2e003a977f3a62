"""Indicators that only the plan before this one has are found by their names, and by no likeness."""

from __future__ import annotations

from datetime import date

import pytest

from answers.ask import understand
from answers.finished import finished
from store.plan import Indicator
from store.plan_file import builtin_plans

TODAY = date(2025, 6, 4)
NOW, EARLIER = builtin_plans()["kitamoto-2"], builtin_plans()["kitamoto-1"]
TAKEN_UP = {each.continues for each in NOW.indicators}
GONE = [each for each in EARLIER.indicators if each.id not in TAKEN_UP]


def found(words: str) -> tuple[str, ...]:
    read = finished(understand(words, NOW, (), TODAY), NOW, EARLIER, TODAY)
    return read.ids if read else ()


@pytest.mark.parametrize("indicator", GONE, ids=lambda each: str(each.id))
def test_each_is_found_by_its_id_and_its_name(indicator: Indicator) -> None:
    assert found(indicator.id) == (indicator.id,)
    assert found(indicator.name) == (indicator.id,)
    assert found(f"{indicator.name}を教えてください") == (indicator.id,)


@pytest.mark.parametrize(
    ("words", "indicator"),
    [("犯罪件数は？", "1K5"), ("道路の舗装率", "3K6"), ("R5の合計特殊出生率", "2T1")],
)
def test_a_part_of_one_name_is_enough(words: str, indicator: str) -> None:
    assert found(words) == (indicator,)


@pytest.mark.parametrize("indicator", [i for i in EARLIER.indicators if i.id in TAKEN_UP])
def test_what_the_current_plan_takes_up_again_is_the_current_plans(indicator: Indicator) -> None:
    assert found(indicator.name) == ()


@pytest.mark.parametrize(
    "words", ["", "件数", "割合", "交通事故", "社会増減", "未達成", "1-1", "来年の出生率は", "天気"]
)
def test_what_the_current_plan_answers_or_nobody_does_is_left_alone(words: str) -> None:
    assert found(words) == ()


def test_without_a_plan_before_nothing_is_found() -> None:
    read = understand("合計特殊出生率", NOW, (), TODAY)
    assert finished(read, NOW, None, TODAY) is None
