"""Words after `/kpi-submit` become a proposal, or a sentence that says what would be right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from answers.propose import Words, propose, read_words
from store.errors import BadInput, UnknownWords, UnreadableValue
from store.plan import Plan

TODAY = date(2025, 6, 3)


@pytest.mark.parametrize(
    ("typed", "indicator", "collection", "value", "source"),
    [
        ("1-1b R6 12人 県の公表値", "1-1b", 2024, "12人", "県の公表値"),
        ("１－１ｂ Ｒ６ １２人", "1-1b", 2024, "１２人", None),
        ("1ー1b 令和6年度 12", "1-1b", 2024, "12", None),
        ("1-1b 12人", "1-1b", None, "12人", None),
        ("保育所（園）待機児童数 R6 12人", "1-1b", 2024, "12人", None),
        ("待機児童 R6 12人", "1-1b", 2024, "12人", None),
        (
            "2-2a R6 男性18.43年 女性20.72年 県の 公表値",
            "2-2a",
            2024,
            "男性18.43年 女性20.72年",
            "県の 公表値",
        ),
        ("1-1b R6 公表待ち（10月予定）", "1-1b", 2024, "公表待ち（10月予定）", None),
        ("1-1b R6", "1-1b", 2024, None, None),
        ("1-1b", "1-1b", None, None, None),
    ],
)
def test_words_are_read_as_far_as_they_go(
    plan: Plan,
    typed: str,
    indicator: str,
    collection: int | None,
    value: str | None,
    source: str | None,
) -> None:
    read = read_words(typed, plan, TODAY)
    assert read == Words(typed, plan.by_id[indicator], collection, value, source)


def test_no_words_are_no_mistake(plan: Plan) -> None:
    assert read_words("  ", plan, TODAY) == Words("  ")


@pytest.mark.parametrize("typed", ["9-9z R6 12人", "天気 R6 12人", "<!channel> R6 1"])
def test_an_unknown_indicator_is_said_with_what_was_typed(plan: Plan, typed: str) -> None:
    with pytest.raises(UnknownWords, match="見つかりません") as caught:
        read_words(typed, plan, TODAY)
    assert caught.value.typed == typed


def test_a_policy_code_is_answered_with_its_indicators(plan: Plan) -> None:
    with pytest.raises(UnknownWords, match="1-1b"):
        read_words("1-1 R6 12人", plan, TODAY)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("75％", "単位"),
        ("NaN", "数ではない"),
        ("Infinity", "数ではない"),
        ("1e400", "指数"),
        ("=1+1", "計算式"),
        ("10〜20人", "幅"),
        ("約12人", "概数"),
    ],
)
def test_a_value_that_is_none_gives_back_what_was_typed(plan: Plan, value: str, said: str) -> None:
    typed = f"/kpi-submit 1-1b R6 {value}"
    with pytest.raises(UnreadableValue, match=said) as caught:
        propose(plan, plan.by_id["1-1b"], 2024, value, TODAY, typed)
    assert caught.value.typed == typed


def test_one_series_of_two_names_the_missing_one(plan: Plan) -> None:
    with pytest.raises(UnreadableValue, match="女性"):
        propose(plan, plan.by_id["2-2a"], 2024, "男性18.43年", TODAY, "")


@pytest.mark.parametrize(
    ("collection", "said"), [(2019, "計画期間"), (2030, "計画期間"), (2025, "まだ終わっていません")]
)
def test_only_a_year_of_the_plan_that_is_over_can_be_reported(
    plan: Plan, collection: int, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        propose(plan, plan.by_id["1-1b"], collection, "12人", TODAY, "")


def test_a_proposal_has_the_figures_the_period_and_what_is_odd(plan: Plan) -> None:
    made = propose(
        plan, plan.by_id["1-1b"], 2024, "120人", TODAY, "typed", period="R5", source=" 県 "
    )
    assert (made.values, made.period, made.source) == ({None: Decimal(120)}, "FY2023", "県")
    made = propose(plan, plan.by_id["1-1b"], 2024, "120人", TODAY, "", previous={None: Decimal(12)})
    assert len(made.oddities) == 1
    assert "10倍" in made.oddities[0]


def test_a_statistic_that_is_not_out_is_no_figure(plan: Plan) -> None:
    made = propose(plan, plan.by_id["1-1b"], 2024, "公表待ち（10月予定）", TODAY, "")
    assert (made.kind, made.month, made.values, made.period) == ("awaiting", 10, {}, None)
