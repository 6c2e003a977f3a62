"""The little curve beside 推移: true to years, signs and sizes, or not there at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.spark import GAP, LEVELS, drawn
from tests.answers.city import City
from tests.answers.seen import in_blocks

FIGURES = st.dictionaries(
    st.integers(2010, 2030),
    st.decimals(-(10**6), 10**6, places=2),
    min_size=3,
)


@given(FIGURES)
def test_every_year_has_its_sign_and_a_year_without_figure_a_gap(
    points: dict[int, Decimal],
) -> None:
    signs = drawn(points)
    years = range(min(points), max(points) + 1)
    assert len(signs) == len(years)
    for year, sign in zip(years, signs, strict=True):
        assert (sign == GAP) == (year not in points)


@given(FIGURES)
def test_a_higher_figure_never_stands_lower_negative_or_not(points: dict[int, Decimal]) -> None:
    signs = dict(zip(range(min(points), max(points) + 1), drawn(points), strict=True))
    in_order = sorted(points, key=lambda year: points[year])
    heights = [LEVELS.index(signs[year]) for year in in_order]
    assert heights == sorted(heights)


def test_the_same_figure_is_flat_and_a_small_change_no_leap() -> None:
    assert len(set(drawn({2022: Decimal(5), 2023: Decimal(5), 2024: Decimal(5)}))) == 1
    assert len(set(drawn(dict.fromkeys(range(2020, 2024), Decimal(0))))) == 1
    small = drawn({2022: Decimal("80.0"), 2023: Decimal("80.4"), 2024: Decimal("80.8")})
    heights = [LEVELS.index(sign) for sign in small]
    assert max(heights) - min(heights) <= 1
    assert drawn({2022: Decimal(-1), 2023: Decimal(0), 2024: Decimal(1)}) == "▁▅█"


def test_the_blocks_show_the_curve_and_the_text_says_the_figures(city: City) -> None:
    content = city.ask("1-1")
    assert "推移 █·▆▃▁ R2 29 · R4 25 · R5 18 · R6 12（↘ 改善）" in in_blocks(content)
    assert "推移 R2 29 · R4 25 · R5 18 · R6 12（↘ 改善）" in content.plain
    assert "▆" not in content.text


def test_less_becoming_more_falls_and_rises_as_the_figures_do(bare: City) -> None:
    for year, figure in ((2022, "-50"), (2023, "-100"), (2024, "20")):
        bare.accept("1-1a", year, figure)
    assert "▄▁█ R4 △50 · R5 △100 · R6 20" in in_blocks(bare.ask("1-1"))


@pytest.mark.parametrize("indicator", ["1-1c", "1-4b"])
def test_two_figures_and_several_series_have_no_curve(bare: City, indicator: str) -> None:
    several = {"児童": "50", "生徒": "30"} if indicator == "1-4b" else "6.6"
    years = (2022, 2023, 2024) if indicator == "1-4b" else (2024,)
    for year in years:
        bare.accept(indicator, year, several)
    shown = in_blocks(bare.ask(indicator[:3]))
    assert "推移" in shown
    assert not set(LEVELS) & set(shown)


def test_ranks_have_no_curve_since_less_is_better_there(komorebi: City) -> None:
    for year, figure in ((2022, "15"), (2023, "13"), (2024, "12")):
        komorebi.accept("Ⅰ-(2)-③", year, figure)
    shown = in_blocks(komorebi.ask("目標1"))
    assert "15 · R5 13 · R6 12（↘ 改善）" in shown
    assert not set(LEVELS) & set(shown)


def test_a_statistic_stands_at_the_year_that_it_is_of(bare: City) -> None:
    """Whenever it was reported, and once however often."""
    for year, figure, period in (
        (2022, "60", "FY2020"),
        (2023, "60", "FY2020"),
        (2024, "65", "FY2022"),
    ):
        bare.accept("1-1a", year, figure, period)
    assert "推移 R2 60 · R4 65（↗ 改善）" in bare.ask("1-1").plain
    bare.accept("1-1a", 2025, "70", "FY2018..2023")
    assert "R2 60 · R4 65 · H30〜R5平均 70" in bare.ask("1-1 R7").plain
    # Its baseline is of R2 as well.
    bare.accept("1-1b", 2022, "28", "FY2020")
    bare.accept("1-1b", 2024, "12")
    assert "推移 R2 28 · R6 12（↘ 改善）" in bare.ask("1-1").plain
