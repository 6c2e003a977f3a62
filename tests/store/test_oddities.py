"""Values that can be read and are odd all the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.oddities import oddities
from store.plan import Indicator
from tests.store.making import baseline, indicator, series, target

PEOPLE = indicator("人", series(start=baseline("29")), better="lower")
PERCENT = indicator("%")
TOTAL = indicator("件", series(start=baseline("20")), measure="cumulative")
POINTS = indicator("ポイント")
THOUSANDS = indicator("千人")
PERCENT_CHANGE = indicator("%").model_copy(update={"name": "製造品出荷額の対前年増減率"})
ATTAINED = indicator("%").model_copy(update={"name": "計画の達成率"})


def asked(value: str, of: Indicator, previous: str | None = None) -> list[str]:
    before: dict[str | None, Decimal] | None = {None: Decimal(previous)} if previous else None
    return list(oddities({None: Decimal(value)}, of, before))


@pytest.mark.parametrize(
    ("value", "of", "previous", "said"),
    [
        (
            "250",
            PERCENT,
            None,
            "「250%」は割合の範囲（0〜100%）を超えています。このまま提出しますか。",
        ),
        (
            "-1",
            PERCENT,
            None,
            "「△1%」は割合の範囲（0〜100%）を超えています。このまま提出しますか。",
        ),
        ("290", PEOPLE, None, "これまでの値（29人）の10倍です"),
        ("1210", PEOPLE, "120", "約10倍"),
        ("12", PEOPLE, "120", "10分の1以下"),
        ("544000", THOUSANDS, "544", "1,000倍です。桁と単位"),
        ("-1.2", POINTS, "1.6", "正負が逆"),
        ("19", TOTAL, "20", "累計は減らない"),
        ("12.5", PEOPLE, "12", "人の数は整数のはず"),
        ("62", PERCENT, "6.3", "約9.8倍"),
        ("289", PEOPLE, "29", "約9.9倍"),
        ("2", PEOPLE, "16", "約8分の1"),
        ("0.65", PERCENT, "64.1", "割合は 0.65 でなく 65 のように"),
        ("544", indicator("人"), "544000", "人と千人の取り違え"),
        ("544000", THOUSANDS, "544", "人と千人の取り違え"),
        ("1200000", indicator("万円"), "118", "円と万円の取り違え"),
        ("-3", PEOPLE, "0", "負の数ですが"),
    ],
)
def test_an_odd_value_asks_back(value: str, of: Indicator, previous: str | None, said: str) -> None:
    found = asked(value, of, previous)
    assert len(found) == 1
    assert said in found[0]
    assert found[0].endswith("このまま提出しますか。")


@pytest.mark.parametrize(
    ("value", "of", "previous"),
    [
        ("0", PERCENT, None),
        ("100", PERCENT, None),
        ("25", PEOPLE, "29"),
        ("231", PEOPLE, "29"),
        ("9", PEOPLE, "1"),
        ("1", PEOPLE, "8"),
        ("-1.2", PERCENT_CHANGE, "-2.5"),
        ("180", PERCENT_CHANGE, "110"),
        ("104.2", ATTAINED, "98"),
        ("0", PEOPLE, "29"),
        ("12", PEOPLE, "0"),
        ("20", TOTAL, "20"),
        ("0.5", THOUSANDS, "0.6"),
        ("-2.4", POINTS, "-1.2"),
    ],
)
def test_an_ordinary_value_asks_nothing(value: str, of: Indicator, previous: str | None) -> None:
    assert asked(value, of, previous) == []


def test_a_count_that_is_an_average_may_have_decimals() -> None:
    visits = indicator("回", series(start=baseline("12.4"), goal=target("value", "13")))
    assert asked("12.6", visits) == []
    assert asked("12.6", indicator("回", decimals=1)) == []
    assert len(asked("12.6", indicator("回", series(start=baseline("12.4")), decimals=0))) == 1


def test_the_last_approved_value_goes_before_the_baseline() -> None:
    assert asked("300", PEOPLE, "280") == []


def test_the_odd_series_is_named() -> None:
    sexes = indicator("年", series("男性"), series("女性"))
    values: dict[str | None, Decimal] = {"男性": Decimal("18.4"), "女性": Decimal("207.2")}
    before: dict[str | None, Decimal] = {"男性": Decimal("18.4"), "女性": Decimal("20.72")}
    [found] = oddities(values, sexes, before)
    assert found.startswith("女性: 「207.2年」は")


def with_past(value: str, *known: str, of: Indicator = PEOPLE, before: str = "29") -> str:
    found: dict[str | None, tuple[Decimal, ...]] = {None: tuple(Decimal(each) for each in known)}
    return "".join(oddities({None: Decimal(value)}, of, {None: Decimal(before)}, found))


def test_a_value_far_outside_of_all_that_is_known_asks() -> None:
    """Beyond the known values by more than three times their spread: 20 to 29 allow up to 56."""
    assert "（20人〜29人）から大きく外れています" in with_past("57", "20", "24", "29")
    assert with_past("56", "20", "24", "29") == ""
    assert "大きく外れています" in with_past("60", "92", "88", "90", before="90")


def test_two_values_are_no_history() -> None:
    assert with_past("57", "20", "29", "29") == ""


def test_what_was_there_before_may_come_again() -> None:
    """Signs, decimals and shares beyond 100 that earlier figures had ask nothing."""
    assert with_past("-3", "5", "-2", of=POINTS, before="5") == ""
    assert "正負が逆" in with_past("-3", "5", "2", of=POINTS, before="5")
    assert with_past("28.5", "27.5", "29") == ""
    assert "小数ですが" in with_past("28.5", "28", "29")
    assert with_past("112", "104", "108", of=PERCENT, before="108") == ""
    assert "割合の範囲" in with_past("112", "98", "99", of=PERCENT, before="99")


def test_all_that_is_odd_is_said_at_once() -> None:
    falling = indicator("件", series(start=baseline("120")), measure="cumulative")
    found = asked("1.5", falling)
    assert [next(w for w in ("整数", "減らない", "10分の1") if w in each) for each in found] == [
        "整数",
        "減らない",
        "10分の1",
    ]
