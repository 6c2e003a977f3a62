"""Fiscal years in every notation that people type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.fiscal import era, era_long, find_year, fiscal_year, read_year

TODAY = date(2026, 5, 11)

NOTATIONS = {
    2024: [
        "R6",
        "r6",
        "Ｒ６",
        "R.6",
        "R 6年度",
        "R06",
        "令和6年度",
        "令和６",
        "令和六年度",
        "㋿6年度",
    ],
    2019: ["R元", "R1", "H31", "平成31年度", "令和元年度", "令和一年度", "2019", "２０１９年度"],
    2018: ["H30", "h30", "平成30年", "平成三十年度", "㍻30年度"],
    2028: ["平成40年度", "H40"],
    1988: ["S63", "昭和63年度", "昭和六十三年度"],
    2023: ["2023", "2023年度", "FY2023", "fy 2023", "ＦＹ２０２３", "二〇二三年度", " R5 "],
    2026: ["今年度", "本年度"],
    2025: ["昨年度", "前年度", "去年度"],
}


@pytest.mark.parametrize(
    ("text", "year"), [(text, year) for year, texts in NOTATIONS.items() for text in texts]
)
def test_a_year_is_read_in_any_notation(text: str, year: int) -> None:
    assert read_year(text, TODAY) == year


def test_the_year_before_last_is_counted_from_the_fiscal_year_of_today() -> None:
    assert read_year("一昨年度", date(2026, 3, 31)) == 2023
    assert read_year("一昨年度", date(2026, 4, 1)) == 2024


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R0",
        "R",
        "5G",
        "65歳",
        "HR2",
        "SNS10",
        "1-1",
        "1,392人",
        "2000人",
        "R100",
        "令和",
        "12",
        "T5",
        "1T1",
    ],
)
def test_what_is_no_year_is_not_read_as_one(text: str) -> None:
    assert read_year(text, TODAY) is None


@pytest.mark.parametrize(
    ("sentence", "year", "rest"),
    [
        ("令和5年度の待機児童数", 2023, "の待機児童数"),
        ("1-1b R6 12人 県の公表値", 2024, "1-1b 12人 県の公表値"),
        ("/kpi 1-1　Ｒ５", 2023, "/kpi 1-1"),
        ("65歳健康寿命 H30", 2018, "65歳健康寿命"),
        ("昨年度の出生数は？", 2025, "の出生数は？"),
        ("2023 人口", 2023, "人口"),
        ("出生数 2023年", 2023, "出生数"),
        ("6-1a 2000 R6", 2024, "6-1a 2000"),
        ("R6公表待ち（10月予定）", 2024, "公表待ち（10月予定）"),
        ("令和5年度1,392人", 2023, "1,392人"),
        ("R4とR5を比べて", 2022, "とR5を比べて"),
    ],
)
def test_a_year_is_found_inside_a_sentence(sentence: str, year: int, rest: str) -> None:
    assert find_year(sentence, TODAY) == (year, rest)


@pytest.mark.parametrize(
    "sentence",
    [
        "5Gの普及",
        "65歳健康寿命",
        "HR2の件",
        "SNS10件",
        "1-1",
        "1,392人",
        "R0",
        "2000人",
        "2000 人",
        "2,000",
        "令和6年4月1日",
        "2024年3月末",
        "R6.4.1現在",
        "前年度比で増えた",
        "1990年代",
        "H2Oの研究",
    ],
)
def test_figures_dates_and_names_are_not_taken_for_years(sentence: str) -> None:
    assert find_year(sentence, TODAY) == (None, sentence)


def test_the_rest_keeps_the_letters_that_were_typed() -> None:
    assert find_year("Ｒ６ １，３９２人 10²", TODAY) == (2024, "１，３９２人 10²")


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    assert fiscal_year(date(2025, 3, 31)) == 2024
    assert fiscal_year(date(2025, 4, 1)) == 2025


def test_years_are_shown_in_eras() -> None:
    assert [era(year) for year in (2024, 2019, 2018, 1989, 1988)] == [
        "R6",
        "R1",
        "H30",
        "H1",
        "S63",
    ]
    assert era_long(2024) == "令和6年度"
    assert era_long(2019) == "令和元年度"
    assert era_long(2018) == "平成30年度"


@given(st.integers(1926, 2100))
@settings(deadline=None)
def test_what_is_shown_can_be_typed_back(year: int) -> None:
    assert read_year(era(year), TODAY) == year
    assert read_year(era_long(year), TODAY) == year
    assert find_year(f"待機児童数 {era_long(year)}", TODAY) == (year, "待機児童数")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
@settings(deadline=None)
def test_any_text_has_a_year_or_none(text: str) -> None:
    read_year(text, TODAY)
    year, rest = find_year(text, TODAY)
    assert rest == text if year is None else len(rest) < len(text)
