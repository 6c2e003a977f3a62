"""What a figure is of is read as people write it, shown as they read it, and never from the future."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UnreadableValue
from store.periods import check_period, default_period, read_period, show_period, year_of

TODAY = date(2025, 6, 4)
YEARS = st.integers(min_value=1989, max_value=2060)
PERIODS = st.one_of(
    YEARS.map(lambda year: f"FY{year}"),
    YEARS.map(lambda year: f"CY{year}"),
    st.dates(date(1950, 1, 1), date(2060, 12, 31)).map(date.isoformat),
    st.tuples(YEARS, st.integers(1, 9)).map(lambda pair: f"FY{pair[0]}..{pair[0] + pair[1]}"),
)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("R5", "FY2023"),
        ("Ｒ５", "FY2023"),
        ("令和5年度", "FY2023"),
        ("令和五年度", "FY2023"),
        ("2023", "FY2023"),
        ("2023年度", "FY2023"),
        ("FY2023", "FY2023"),
        ("R元", "FY2019"),
        ("H30", "FY2018"),
        ("昨年度", "FY2024"),
        ("2023年", "CY2023"),
        ("令和5年", "CY2023"),
        ("令和5年（暦年）", "CY2023"),
        ("暦年2023", "CY2023"),
        ("CY2023", "CY2023"),
        ("昨年", "CY2024"),
        ("R5.4.1", "2023-04-01"),
        ("R5/4/1", "2023-04-01"),
        ("令和5年4月1日", "2023-04-01"),
        ("令和５年４月１日現在", "2023-04-01"),
        ("令和5年3月末", "2023-03-31"),
        ("令和5年12月末", "2023-12-31"),
        ("2023-04-01", "2023-04-01"),
        ("2023/4/1時点", "2023-04-01"),
        ("令和6年度末", "2025-03-31"),
        ("R5の値", "FY2023"),
        ("R5年度分", "FY2023"),
        ("R6.4.1現在", "2024-04-01"),
        ("H30〜R2平均", "FY2018..2020"),
        ("H30-R2 平均値", "FY2018..2020"),
        ("平成30年度～令和2年度の平均", "FY2018..2020"),
        ("2018から2020までの平均", "FY2018..2020"),
        ("FY2018..2020", "FY2018..2020"),
    ],
)
def test_a_period_is_read_as_people_write_it(typed: str, period: str) -> None:
    assert read_period(typed, TODAY) == period


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("FY2024", "R6"),
        ("FY2019", "R1"),
        ("CY2023", "2023年"),
        ("2023-04-01", "R5.4.1"),
        ("2019-04-30", "H31.4.30"),
        ("2019-05-01", "R1.5.1"),
        ("FY2018..2020", "H30〜R2平均"),
    ],
)
def test_a_period_is_shown_in_the_words_of_the_city_hall(period: str, shown: str) -> None:
    assert show_period(period) == shown


@given(PERIODS)
def test_what_is_shown_can_be_typed_back(period: str) -> None:
    assert read_period(show_period(period), TODAY) == period
    assert read_period(period, TODAY) == period


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "12人", "R5.13.1", "R5.2.30", "2月末", "R5〜", "平均", "9999", "1/2", "R5 R6"],
)
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UnreadableValue, match="例: "):
        read_period(typed, TODAY)


def test_an_average_runs_from_the_older_year() -> None:
    with pytest.raises(UnreadableValue, match="H30〜R2平均"):
        read_period("R2〜H30平均", TODAY)


@given(st.text(max_size=50))
def test_whatever_is_typed_is_a_period_or_refused(typed: str) -> None:
    try:
        period = read_period(typed, TODAY)
    except UnreadableValue:
        return
    assert read_period(period, TODAY) == period


@pytest.mark.parametrize(
    "period",
    ["FY2024", "FY2018", "CY2024", "2025-03-31", "2025-04-01", "FY2022..2024"],
)
def test_a_collection_takes_figures_up_to_its_own_year(period: str) -> None:
    assert check_period(period, 2024) == period


@pytest.mark.parametrize("period", ["FY2025", "CY2025", "2025-04-02", "FY2023..2025"])
def test_a_collection_takes_no_figure_of_a_later_time(period: str) -> None:
    with pytest.raises(UnreadableValue, match="より後") as refusal:
        check_period(period, 2024)
    assert "R7.4.1" in str(refusal.value)


@given(YEARS)
def test_a_figure_is_of_the_year_that_is_reported_on_unless_said_otherwise(year: int) -> None:
    assert check_period(default_period(year), year) == f"FY{year}"
    assert year_of(default_period(year)) == year


def test_the_first_of_april_closes_the_year_before() -> None:
    assert year_of("2025-04-01") == 2024
    assert year_of("2025-04-02") == 2025
    assert year_of("FY2018..2020") == 2020
    assert year_of("CY2023") == 2023
