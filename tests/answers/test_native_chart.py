"""Slack's own chart: only what it can tell truly, and only what everybody may see."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from answers.layout import Part
from answers.native_chart import native_chart
from reports.charting.picture import Picture
from reports.charts import sketch
from sandbox.blocks import mistakes_in_blocks
from store.plan import Plan
from store.reading.units import kind_of
from tests.answers.city import City


def part_of(city: City, indicator: str, earlier: Plan | None = None) -> Part | None:
    """Sketched for somebody who may see everything."""
    standing = city.standing(indicator)
    picture = sketch(city.plan, standing, earlier, pending=True)
    return native_chart(standing.indicator, picture)


def block_of(city: City, indicator: str) -> dict[str, Any]:
    part = part_of(city, indicator)
    assert part is not None
    return part.blocks[0]


def lines_of(block: dict[str, Any]) -> dict[str, list[tuple[str, float]]]:
    return {
        series["name"]: [(point["label"], point["value"]) for point in series["data"]]
        for series in block["chart"]["series"]
    }


def mistakes(part: Part) -> list[str]:
    return mistakes_in_blocks(list(part.blocks), "message", lambda _: True)


@pytest.fixture
def city(bare: City) -> City:
    """The city's plan with nothing reported yet."""
    return bare


@pytest.fixture
def falling(city: City) -> City:
    """Fewer children wait; the baseline is of R2, nothing is known of R3."""
    for year, value in ((2022, "26"), (2023, "23"), (2024, "16.5")):
        city.accept("1-1b", year, value)
    return city


def test_the_newest_years_without_a_gap_stand_beside_the_target(falling: City) -> None:
    part = part_of(falling, "1-1b")
    assert part is not None
    block = part.blocks[0]
    assert block["title"] == "保育所（園）待機児童数 R4〜R6"
    assert lines_of(block) == {
        "値": [("R4", 26), ("R5", 23), ("R6", 16.5)],
        "目標 R7": [("R4", 0), ("R5", 0), ("R6", 0)],
    }
    assert block["chart"]["axis_config"] == {
        "categories": ["R4", "R5", "R6"],
        "x_label": "データの年度",
        "y_label": "人／年",
    }
    assert mistakes(part) == []
    assert part.lines == (
        "上は、続けて値のある R4〜R6 の承認済みの値です。ほかの値は、DM の画像にあります。",
    )


def test_several_series_are_several_lines(city: City) -> None:
    for year, men, women in ((2022, "18.50", "20.80"), (2023, "18.60", "20.90")):
        city.accept("2-2a", year, {"男性": men, "女性": women})
    lines = lines_of(block_of(city, "2-2a"))
    assert list(lines) == ["男性", "女性", "男性 目標 R7", "女性 目標 R7"]
    assert lines["女性"] == [("R4", 20.8), ("R5", 20.9)]
    assert lines["男性 目標 R7"] == [("R4", 19), ("R5", 19)]


def test_a_value_that_waits_is_in_no_chart_of_slacks(city: City) -> None:
    city.accept("1-1b", 2022, "26")
    city.accept("1-1b", 2023, "23")
    city.give("1-1b", 2024, "16")
    part = part_of(city, "1-1b")
    assert part is not None
    assert "R6" not in repr(part)
    assert [year for year, _ in lines_of(part.blocks[0])["値"]] == ["R4", "R5"]


def test_a_correction_that_waits_leaves_the_approved_value(city: City) -> None:
    for year, value in ((2022, "26"), (2023, "23")):
        city.accept("1-1b", year, value)
    city.give("1-1b", 2023, "21")
    assert lines_of(block_of(city, "1-1b"))["値"][-1] == ("R5", 23)


def test_one_year_alone_is_no_chart(city: City) -> None:
    assert part_of(city, "1-1b") is None
    city.accept("1-1b", 2022, "26")
    assert part_of(city, "1-1b") is None


def test_a_gap_is_never_bridged(city: City) -> None:
    city.accept("1-1b", 2022, "26")
    city.accept("1-1b", 2024, "20")
    assert part_of(city, "1-1b") is None


def test_years_in_which_a_series_lacks_its_figure_are_left_out(city: City) -> None:
    for year in (2022, 2023):
        city.accept("2-2a", year, {"男性": "18.50", "女性": "20.80"})
    city.accept("2-2a", 2024, {"男性": "18.60"})
    assert [year for year, _ in lines_of(block_of(city, "2-2a"))["男性"]] == ["R4", "R5"]


def test_komorebi_figures_are_marked_in_the_title(city: City) -> None:
    for year in (2022, 2023):
        city.accept("1-1b", year, "26", sample=True)
    assert block_of(city, "1-1b")["title"] == "サンプル（架空の値） 保育所（園）待機児童数 R4〜R5"


def test_a_direction_is_no_level(city: City) -> None:
    for year in (2022, 2023):
        city.accept("1-1a", year, "44")
    assert list(lines_of(block_of(city, "1-1a"))) == ["値"]


def test_a_chart_without_anything_left_out_needs_no_word(city: City) -> None:
    for year in (2022, 2023):
        city.accept("1-1a", year, "44")
    part = part_of(city, "1-1a")
    assert part is not None
    assert (len(part.blocks), part.lines) == (1, ())


def long(picture: Picture, years: int, names: int) -> Picture:
    """The same over so many years and series."""
    strand = picture.strands[0]
    dots = tuple(
        replace(strand.dots[0], year=1990 + n, value=Decimal(n), aside=False) for n in range(years)
    )
    named = tuple(replace(strand, name=f"地区{n}", dots=dots) for n in range(names))
    return replace(picture, strands=named)


@pytest.mark.parametrize(
    ("years", "names", "points", "series"), [(30, 1, 20, 2), (3, 5, 3, 6), (3, 6, 3, 6)]
)
def test_what_is_more_than_slack_takes_is_left_out(
    falling: City, years: int, names: int, points: int, series: int
) -> None:
    standing = falling.standing("1-1b")
    picture = long(sketch(falling.plan, standing), years, names)
    part = native_chart(standing.indicator, picture)
    assert part is not None
    lines = lines_of(part.blocks[0])
    assert (len(lines), len(lines["地区0"])) == (series, points)
    assert lines["地区0"][-1][1] == years - 1
    assert mistakes(part) == []


def test_more_series_than_slack_takes_are_no_chart(falling: City) -> None:
    standing = falling.standing("1-1b")
    picture = long(sketch(falling.plan, standing), 3, 7)
    assert native_chart(standing.indicator, picture) is None


def test_names_that_slack_could_not_tell_apart_are_no_chart(falling: City) -> None:
    standing = falling.standing("1-1b")
    picture = long(sketch(falling.plan, standing), 3, 2)
    strands = tuple(
        replace(strand, name="とても長い名前の地区の住民一人あたりの" + strand.name)
        for strand in picture.strands
        if strand.name
    )
    assert native_chart(standing.indicator, replace(picture, strands=strands)) is None


@pytest.mark.parametrize("kind", ["rank", "done"])
def test_what_a_plain_axis_would_tell_wrongly_is_no_chart(komorebi: City, kind: str) -> None:
    found = [i.id for i in komorebi.plan.indicators if kind_of(i) == kind]
    assert found
    for indicator in found:
        for year in (2024, 2025):
            komorebi.accept(indicator, year, "1")
        assert part_of(komorebi, indicator) is None
