"""Years without a figure are said as such wherever the years are told, with the month to come."""

from __future__ import annotations

from tests.answers.city import LATER, City


def test_the_years_of_an_indicator_name_those_without_a_figure(bare: City) -> None:
    bare.accept("1-1b", 2022, "25")
    bare.accept("1-1b", 2023, "", kind="no_survey")
    bare.accept("1-1b", 2024, "", kind="awaiting", month=10)
    told = bare.ask("1-1b").plain
    assert "R5: 状態 – 調査対象外年度" in told
    assert "R6: 状態 – 統計公表待ち（10月予定）" in told
    assert "承認された値なし" not in told


def test_they_stand_in_lists_of_their_own_and_in_none_of_what_is_late(bare: City) -> None:
    bare.accept("1-1b", 2024, "", kind="awaiting", month=10)
    bare.accept("1-1c", 2024, "", kind="no_survey")
    assert "統計公表待ち（10月予定）" in bare.ask("公表待ち", today=LATER).plain
    assert "1-1c" in bare.ask("調査対象外", today=LATER).plain
    late = {i for i, s in bare.outlook(2024, LATER).standings.items() if s.outstanding}
    assert {"1-1b", "1-1c"}.isdisjoint(late)
    assert "1-1a" in late
