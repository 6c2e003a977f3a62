"""What a newer plan file changes, and what it may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.errors import PlanMistakes
from store.plan import Plan
from store.plan_diff import check_links, diff
from store.plan_file import builtin_plans, parse_plan

TEXT = (Path(__file__).parent.parent / "plans" / "komorebi.toml").read_text(encoding="utf-8")
OLD = parse_plan(TEXT, "komorebi.toml")


def changed(*swaps: tuple[str, str]) -> Plan:
    """The made-up plan with words of its file exchanged."""
    text = TEXT
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_plan(text, "komorebi.toml")


def refusals(new: Plan) -> tuple[str, ...]:
    with pytest.raises(PlanMistakes) as caught:
        diff(OLD, new)
    return caught.value.mistakes


@pytest.mark.parametrize("plan", [OLD, *builtin_plans().values()], ids=lambda plan: plan.id)
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    changes = diff(plan, plan)
    assert not changes
    assert changes.sentences == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('unit = "店"', 'unit = "軒"', "指標 Ⅰ-(1)-①「新しい店の数」の単位: 「店」→「軒」"),
        ("decimals = 0\n", "", "指標 Ⅰ-(1)-①「新しい店の数」の小数の桁数: 「0」→「なし」"),
        (
            'kind = "value", value = 10, text = "10店/年"',
            'kind = "value", value = 12, text = "10店/年"',
            "指標 Ⅰ-(1)-①「新しい店の数」の目標値（2027年度）の値: 「10」→「12」",
        ),
        (
            '{ year = 2024, kind = "value", value = 6, text = "6店/年" },',
            "",
            "指標 Ⅰ-(1)-①「新しい店の数」の目標値（2024年度）: 「あり」→「なし」",
        ),
        (
            'value = "12.40", text = "12.40%", years = [2022]',
            'value = "12.4", text = "12.40%", years = [2022]',
            "指標 Ⅰ-(1)-②「空き店舗率」の現状値（1つ目）の値: 「12.40」→「12.4」",
        ),
        (
            'value = "81.0", text = "81.0%", years = [2022]',
            'value = "81.0", text = "81.0%", years = [2021]',
            "指標 Ⅱ-(1)-①「学校が楽しいと思う子どもの割合」の小学校の現状値の年度: 「2022」→「2021」",
        ),
        ('name = "水と道"', 'name = "水と橋"', "施策 Ⅰ-(2)「水と橋」の名称: 「水と道」→「水と橋」"),
        (
            'policies = ["Ⅰ-(1)", "Ⅰ-(2)"]',
            'policies = ["Ⅰ-(2)", "Ⅰ-(1)"]',
            "基本目標Ⅰ「しごとが育つまち」の主な関連施策: 「Ⅰ-(1)、Ⅰ-(2)」→「Ⅰ-(2)、Ⅰ-(1)」",
        ),
        ('rule = "four-grade"', 'rule = "s-a-b-c"', "計画の判定の方法: 「four-grade」→「s-a-b-c」"),
        (
            'panel = "総合戦略検証委員会"',
            'panel = "検証委員会"',
            "計画の会議の呼び方の外部有識者会議: 「総合戦略検証委員会」→「検証委員会」",
        ),
    ],
)
def test_a_change_is_said_field_by_field(old: str, new: str, sentence: str) -> None:
    changes = diff(OLD, changed((old, new)))
    assert sentence in [change.sentence for change in changes.changed]
    assert (changes.added, changes.removed) == ((), ())


def test_a_change_knows_what_it_is_about() -> None:
    (change,) = diff(OLD, changed(('unit = "店"', 'unit = "軒"'))).changed
    assert (change.what, change.name) == ("indicator", "Ⅰ-(1)-①")


NEW_INDICATOR = """
[[indicators]]
id = "Ⅱ-(2)-④"
name = "新しい指標"
unit = "件"
better = "higher"
[[indicators.series]]
"""


def test_an_added_indicator_is_said_with_its_place() -> None:
    text = TEXT.replace('"Ⅱ-(2)-③"]', '"Ⅱ-(2)-③", "Ⅱ-(2)-④"]') + NEW_INDICATOR
    changes = diff(OLD, parse_plan(text, "komorebi.toml"))
    assert [c.sentence for c in changes.added] == ["指標 Ⅱ-(2)-④「新しい指標」を追加します。"]
    (place,) = changes.changed
    assert place.sentence.startswith("基本目標Ⅱ「みんなで暮らすまち」のKPI: ")


def test_a_policy_without_indicators_may_go() -> None:
    changes = diff(
        OLD,
        changed(
            ('policies = ["Ⅱ-(1)", "Ⅱ-(2)", "Ⅱ-(3)"]', 'policies = ["Ⅱ-(1)", "Ⅱ-(2)"]'),
            ('[[policies]]\ncode = "Ⅱ-(3)"\nname = "まだ指標のない施策"\n', ""),
            ('note = "指標のない施策の例。"\n', ""),
        ),
    )
    assert [c.sentence for c in changes.removed] == [
        "施策 Ⅱ-(3)「まだ指標のない施策」を削除します。"
    ]


def test_a_removed_indicator_is_refused() -> None:
    without = re.sub(r'\[\[indicators\]\]\nid = "Ⅱ-\(2\)-②".*?\n\n', "", TEXT, flags=re.DOTALL)
    new = parse_plan(without.replace('"Ⅱ-(2)-②", ', ""), "komorebi.toml")
    (sentence,) = refusals(new)
    assert sentence.startswith("指標 Ⅱ-(2)-②「対話の場の数」がなくなっています。")
    assert "計画から消さずに残してください。" in sentence


def test_a_new_name_is_refused_until_the_file_says_the_old_one() -> None:
    renamed = ('name = "新しい店の数"', 'name = "開業した店の数"')
    (sentence,) = refusals(changed(renamed))
    assert 'renamed_from = "新しい店の数"' in sentence
    said = (renamed[0], f'{renamed[1]}\nrenamed_from = "新しい店の数"')
    sentences = diff(OLD, changed(said)).sentences
    assert "指標 Ⅰ-(1)-①「開業した店の数」の名称: 「新しい店の数」→「開業した店の数」" in sentences


def test_a_series_that_is_gone_is_refused() -> None:
    (sentence,) = refusals(changed(('name = "高校"', 'name = "高等学校"')))
    assert "系列「高校」がなくなっています" in sentence
    (unnamed,) = refusals(
        changed(
            (
                "[[indicators.series]]\nbaselines = [{ value = 4",
                '[[indicators.series]]\nname = "市内"\nbaselines = [{ value = 4',
            )
        )
    )
    assert "系列に分けない値がなくなっています" in unnamed


def test_all_refusals_are_told_at_once() -> None:
    new = changed(
        ('name = "新しい店の数"', 'name = "店の数"'), ('name = "空き店舗率"', 'name = "空き家率"')
    )
    assert len(refusals(new)) == 2


def test_two_different_plans_are_not_compared() -> None:
    with pytest.raises(PlanMistakes, match="別の計画です"):
        diff(builtin_plans()["kitamoto-1"], builtin_plans()["kitamoto-2"])


def test_a_link_to_the_earlier_plan_leads_somewhere() -> None:
    plans = builtin_plans()
    check_links(plans["kitamoto-2"], plans["kitamoto-1"])
    with pytest.raises(PlanMistakes) as caught:
        check_links(plans["kitamoto-2"], plans["kitamoto-2"])
    assert len(caught.value.mistakes) == 6
    assert "1-1b > continues" in caught.value.mistakes[0]
