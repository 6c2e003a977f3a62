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
        ("289", PEOPLE, "29"),
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
