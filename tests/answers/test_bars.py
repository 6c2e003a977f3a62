"""The overview's bars: as long for every goal, true to the counts, said in words as well."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.bars import CELLS, Count, bar, bar_lines, counts
from answers.spans import mrkdwn, spoken
from store.judge import grades_of
from tests.answers.city import City
from tests.answers.seen import in_blocks
from tests.answers.slack_limits import drawn

MARKS = "●▲■…–✓"


def of(*numbers: int) -> list[Count]:
    return [Count(mark, mark, n) for mark, n in zip(MARKS, numbers, strict=False)]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6))
def test_every_bar_is_as_long_and_shows_all_there_is_by_its_share(numbers: list[int]) -> None:
    found, total = of(*numbers), sum(numbers)
    cells = Counter(bar(found))
    assert sum(cells.values()) == (CELLS if total else 0)
    for mark, _, number in found:
        assert bool(cells[mark]) == bool(number)
        if number:
            # Only what would vanish takes room from the others.
            assert abs(cells[mark] - number * CELLS / total) < len(numbers)


@given(st.integers(1, 90), st.integers(1, 90))
def test_more_never_looks_less(one: int, other: int) -> None:
    cells = Counter(bar(of(one, other)))
    assert (cells["●"] >= cells["▲"]) == (one >= other) or cells["●"] == cells["▲"]


def test_exact_shares_are_exact_and_nothing_is_drawn_of_nothing() -> None:
    assert bar(of(5, 3, 2)) == "●" * 10 + "▲" * 6 + "■" * 4
    assert bar(of(1, 0, 99)) == "●" + "■" * 19
    assert bar(of(0, 0)) == ""
    assert len(bar([Count("x", str(n), 1) for n in range(30)])) == 30


def test_blocks_show_marks_and_words_and_the_text_says_the_words_alone() -> None:
    found = [Count("●", "達成", 5), Count("▲", "向上", 0), Count("…", "未提出", 5)]
    lines = bar_lines(found, "（10指標）")
    assert [mrkdwn(each) for each in lines] == [
        "●" * 10 + "…" * 10,
        "● 達成 5・▲ 向上 0・… 未提出 5（10指標）",
    ]
    assert [spoken(each) for each in lines] == ["", "達成 5・向上 0・未提出 5（10指標）"]


def test_each_indicator_of_a_goal_is_counted_once(city: City) -> None:
    everything = tuple(city.outlook().standings.values())
    found = counts(everything, city.plan)
    assert sum(each.number for each in found) == len(everything)
    said = {each.word: each.number for each in found}
    assert (said["達成"], said["差戻し"], said["統計公表待ち"]) == (2, 1, 1)
    assert said["判定なし"] == 1


def test_the_overview_says_in_words_what_its_bars_show(city: City) -> None:
    content = city.ask("")
    goal = "達成 1・向上 1・未達成 2・未提出 6・統計公表待ち 1・調査対象外年度 1（12指標）"
    assert goal in content.plain
    assert drawn(content.text) == []
    assert len(drawn(in_blocks(content))) == len(city.plan.goals)


@pytest.mark.parametrize("year", ["", "R6"])
def test_the_bars_of_another_city_have_the_grades_of_its_rule(komorebi: City, year: str) -> None:
    komorebi.accept("Ⅰ-(1)-①", 2024, "6")
    content = komorebi.ask(year)
    shown = in_blocks(content)
    for grade in grades_of(komorebi.plan):
        assert f"{grade.mark} {grade.label} " in shown
        assert f"{grade.label} " in content.plain
    assert f"{grades_of(komorebi.plan)[0].label} 1" in content.plain
    assert "未達成" not in content.plain
