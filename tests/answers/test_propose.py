"""Words after `/kpi-submit` become a proposal, or a sentence that says what would be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from answers.entry import read_entry
from answers.forms import FormInput
from answers.propose import propose
from answers.said import Words, read_words
from store.errors import BadForm, BadInput, UnknownWords, UnreadableValue
from store.known import known_values
from store.plan import Plan
from store.submissions import Proposal
from tests.answers.city import City

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


def test_the_plans_and_the_approved_figures_are_what_is_known(city: City) -> None:
    """Of both phases, each series by itself."""
    city.accept("1-1b", 2022, "25")
    known = known_values(city.standing("1-1b"))[None]
    assert {Decimal(29), Decimal(25)} <= set(known)
    assert len(known) >= 3
    assert set(known_values(city.standing("1-4b"))) == {"児童", "生徒"}


@pytest.mark.parametrize(
    ("typed", "value", "period", "part", "source"),
    [
        ("1-1b R6 12人 R5の値 県の公表値", "12人", "R5の値", None, "県の公表値"),
        ("1-1b R6 R5の値 12人", "12人", "R5の値", None, None),
        ("1-1b R5の値 12人 県", "12人", "R5の値", None, "県"),
        ("1-1b R6 12人 県の公表値 R7.4.1現在", "12人", "R7.4.1現在", None, "県の公表値"),
        ("1-1b R6 12人 2023年 国勢調査", "12人", "2023年", None, "国勢調査"),
        ("1-1b R6 12人 （R6.4.1） 県", "12人", "（R6.4.1）", None, "県"),
        ("1-1b R6 2023年 12人", "12人", "2023年", None, None),
        ("1-1b R6 12人 R5年度分", "12人", "R5年度分", None, None),
        ("1-1b R6 12人 2023年度 統計年鑑", "12人", None, None, "2023年度 統計年鑑"),
        ("1-1b R6 12人 県 2023年", "12人", None, None, "県 2023年"),
        ("1-1b R6 3人 今年度分 市の集計", "3人", None, "year", "市の集計"),
        ("1-1b R6 累計 15人", "15人", None, "total", None),
        ("1-1b R6 3割 5分", "3割 5分", None, None, None),
        ("1-1b R6 R5の値", None, "R5の値", None, None),
    ],
)
def test_the_year_a_figure_is_of_and_its_part_are_told_from_value_and_source(
    plan: Plan,
    typed: str,
    value: str | None,
    period: str | None,
    part: str | None,
    source: str | None,
) -> None:
    read = read_words(typed, plan, TODAY)
    assert (read.value, read.period, read.part, read.source) == (value, period, part, source)


def proposed(city: City, indicator: str, value: str, **more: Any) -> Proposal:
    standing = city.standing(indicator, 2024)
    return propose(city.plan, standing.indicator, 2024, value, TODAY, "", standing=standing, **more)


def test_a_year_without_a_survey_is_no_figure(city: City) -> None:
    made = proposed(city, "1-1b", "調査対象外")
    assert (made.kind, made.month, made.values, made.period) == ("no_survey", None, {}, None)
    assert proposed(city, "1-1b", "10月公表予定").month == 10


def test_a_figure_that_lagged_is_asked_for_its_year_again(city: City) -> None:
    """1-2a brought R4's figure in the round of R5; what nobody says is not guessed."""
    assert proposed(city, "1-2a", "11.2回").period is None
    assert proposed(city, "1-2a", "11.2回", period="R5の値").period == "FY2023"
    assert proposed(city, "1-2b", "80%").period == "FY2024"


def test_what_is_known_of_the_past_is_asked_about(city: City) -> None:
    """1-1b was known to be 29, 25, 18 and 12."""
    assert proposed(city, "1-1b", "15人").oddities == ()
    assert any("約9.1倍" in odd for odd in proposed(city, "1-1b", "110人").oddities)


def counted(city: City, indicator: str, **more: Any) -> Proposal:
    """What is proposed of an indicator that somebody declared cumulative."""
    standing = city.standing(indicator, 2024)
    total = standing.indicator.model_copy(update={"measure": "cumulative"})
    return propose(city.plan, total, 2024, "3件", TODAY, "", standing=standing, **more)


def test_an_addition_becomes_a_total_with_the_sum_in_words(bare: City) -> None:
    """On the last approved total; the note keeps the sum for whoever approves it."""
    bare.accept("3-1a", 2023, "12")
    made = counted(bare, "3-1a", part="year", note="速報")
    assert made.values == {None: Decimal(15)}
    assert made.note == "速報　前回累計 12件 + 今年度 3件 = 15件"
    assert made.oddities == ()
    total = counted(bare, "3-1a", part="total")
    assert total.values == {None: Decimal(3)}
    assert any("累計は減らない" in odd for odd in total.oddities)


def test_an_addition_to_a_gap_or_to_the_plans_own_figure_asks(bare: City) -> None:
    baseline = bare.indicator("3-1a").series[0].baseline
    assert baseline is not None
    made = counted(bare, "3-1a", part="year")
    assert made.values == {None: baseline.value + 3}
    assert "計画の現状値に足しました" in made.oddities[0]
    bare.accept("3-1a", 2022, str(baseline.value + 1))
    assert "承認済の累計はR4のものが最後" in counted(bare, "3-1a", part="year").oddities[0]


def test_only_a_cumulative_figure_is_added_up(city: City) -> None:
    with pytest.raises(UnreadableValue, match="累計と記録された指標だけ"):
        proposed(city, "1-1b", "3人", part="year")


def filled_in(city: City, **more: Any) -> Proposal:
    given = replace(FormInput("1-2a", 2024, {None: "11.2"}), **more)
    return read_entry(city.plan, given, TODAY, standing=city.standing("1-2a", 2024))


def test_the_form_takes_a_year_from_its_list_or_as_it_is_written(city: City) -> None:
    assert filled_in(city, of_year="same").period == "FY2024"
    assert filled_in(city, of_year="FY2023").period == "FY2023"
    assert filled_in(city, of_year="same", period="2023年").period == "CY2023"
    assert filled_in(city, period="R5").period == "FY2023"


@pytest.mark.parametrize(
    ("more", "block", "said"),
    [
        ({}, "of_year", "何年度の値ですか"),
        ({"of_year": "FY2022", "period": "R5"}, "period", "2通り"),
        ({"of_year": "FY2025"}, "of_year", "より後"),
        ({"of_year": "なにか"}, "of_year", "読み取れません"),
        ({"values": {}, "awaiting": True, "no_survey": True}, "awaiting", "どちらか1つ"),
        ({"no_survey": True}, "value:", "印を外して"),
        ({"of_year": "same", "values": {None: "調査なし"}}, "value:", "印を付けて"),
        ({"of_year": "same", "part": "year"}, "part", "累計と記録された指標だけ"),
    ],
)
def test_a_field_that_is_wrong_says_so(
    city: City, more: dict[str, Any], block: str, said: str
) -> None:
    with pytest.raises(BadForm) as refused:
        filled_in(city, **more)
    assert said in refused.value.by_field[block]


def test_the_form_has_years_without_a_figure(city: City) -> None:
    assert filled_in(city, values={}, no_survey=True).kind == "no_survey"
    waits = filled_in(city, values={}, awaiting=True, month=10)
    assert (waits.kind, waits.month) == ("awaiting", 10)


def test_what_the_form_says_of_the_counting_is_heeded_at_once(city: City) -> None:
    """A figure that falls is odd once its department says that it is a total."""
    city.accept("3-1a", 2023, "400")
    given = FormInput("3-1a", 2024, {None: "390件"}, of_year="same")
    standing = city.standing("3-1a", 2024)
    assert read_entry(city.plan, given, TODAY, standing=standing).oddities == ()
    falls = read_entry(city.plan, replace(given, measure="cumulative"), TODAY, standing=standing)
    assert "累計は減らない" in falls.oddities[0]
