"""A question is near to what it means, however it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import PlanMistakes
from store.plan import Indicator, Plan
from store.plan_file import builtin_plans, parse_plan, read_plan
from store.search import rank
from store.spelling import key

PLANS = builtin_plans()
PLAN = PLANS["kitamoto-2"]
KOMOREBI_FILE = Path(__file__).parents[1] / "plans" / "komorebi.toml"
KOMOREBI = read_plan(KOMOREBI_FILE)
each_plan = pytest.mark.parametrize("plan", [*PLANS.values(), KOMOREBI], ids=lambda p: str(p.id))


def nearest(question: str, plan: Plan = PLAN) -> str:
    return rank(question, plan)[0].id


@each_plan
def test_every_name_alias_and_reading_is_nearest_to_its_own_indicator(plan: Plan) -> None:
    for indicator in plan.indicators:
        for name in (indicator.name, *indicator.aliases, *indicator.yomi):
            best = rank(name, plan)[0]
            assert (best.thing, best.id) == ("indicator", indicator.id), name
            assert best.near > 0.99, name


def test_every_indicator_has_readings_and_two_to_five_other_names() -> None:
    for plan in PLANS.values():
        for indicator in plan.indicators:
            assert 2 <= len(indicator.aliases) <= 5, indicator.id
            assert indicator.yomi, indicator.id


@each_plan
def test_no_name_alias_or_reading_fits_two_indicators(plan: Plan) -> None:
    owner: dict[str, str] = {}
    for indicator in plan.indicators:
        for name in (indicator.name, *indicator.aliases, *indicator.yomi):
            assert owner.setdefault(key(name), indicator.id) == indicator.id, name


@pytest.mark.parametrize(
    ("question", "indicator"),
    [
        ("社会参加している障害者の割合", "2-4a"),
        ("社会参加している障碍者の割合", "2-4a"),
        ("ふるさと納税寄付件数", "6-3a"),
        ("65才の健康寿命", "2-2a"),
        ("特定空き家数", "4-1a"),
        ("空店舗の数", "4-2d"),
        ("まちなみが安全", "4-1c"),
        ("街並みの安全性", "4-1c"),
        ("ｵｰﾌﾟﾝﾃﾞｰﾀ", "6-1c"),
        ("オプンデータ", "6-1c"),
        ("おーぷんでーた", "6-1c"),
        ("ボランテイア登録", "2-1b"),
        ("マイナンバ−カ−ド普及率", "6-3d"),
        ("行政手続きオンライン化", "6-3e"),
        ("再生可能エネルギー", "4-3b"),
        ("お年寄りの交通事故", "4-5a"),
        ("町内会の加入率", "3-2a"),
        ("にんぷけんしん", "1-2a"),
        ("じしゅぼうさいそしきりつ", "4-6c"),
    ],
)
def test_spelling_width_kana_and_everyday_words_do_not_matter(
    question: str, indicator: str
) -> None:
    assert nearest(question) == indicator


def test_what_is_counted_decides_between_neighbours() -> None:
    assert nearest("就労マッチングは何人") == "5-3c"
    assert nearest("就労マッチングは何件") == "5-3b"


def test_another_kind_of_figure_is_farther_off() -> None:
    share, count = rank("自治会の加入の割合", PLAN)[0], rank("自治会の加入の件数", PLAN)[0]
    assert share.id == count.id == "3-2a"
    assert count.near < share.near * 0.9


@pytest.mark.parametrize(
    "question", ["マイナンバーカードの写真", "待機児童の保護者", "ふるさと納税の締め切り"]
)
def test_the_noun_that_ends_a_question_says_what_it_asks_for(question: str) -> None:
    assert not rank(question, PLAN)[0].headed


@pytest.mark.parametrize("question", ["マイナンバーカードの普及率", "空き家の件数", "電車の本数"])
def test_a_word_of_its_names_at_the_end_is_the_figure_itself(question: str) -> None:
    assert rank(question, PLAN)[0].headed


@pytest.mark.parametrize("question", ["", " ", "?", "、。", "zzzz", "🍎"])
def test_what_shares_nothing_is_near_to_nothing(question: str) -> None:
    assert rank(question, PLAN) == []


@given(st.text(max_size=80))
def test_scores_are_shares_and_the_best_stands_first(question: str) -> None:
    found = rank(question, PLAN)
    assert [each.score for each in found] == sorted((e.score for e in found), reverse=True)
    assert len({(each.thing, each.id) for each in found}) == len(found)
    for each in found:
        shares = (each.near, each.alone, each.covered, each.strange)
        assert all(0 <= share <= 1.000001 for share in shares)


@pytest.mark.parametrize("indicator", PLAN.indicators, ids=lambda i: str(i.id))
def test_a_letter_left_out_of_a_name_leaves_it_first_or_beside_its_twin(
    indicator: Indicator,
) -> None:
    name = indicator.name
    for at in range(len(name) if len(name) >= 6 else 0):
        found = [each.id for each in rank(name[:at] + name[at + 1 :], PLAN)[:2]]
        # 社会参加している高齢者 without 齢 is as near to 障がい者.
        assert indicator.id in found, name[:at]


def test_a_newer_version_of_a_plan_is_searched_by_its_own_names() -> None:
    first = PLAN.indicators[0].model_copy(update={"aliases": ("ひまわりの本数",)})
    newer = PLAN.model_copy(update={"indicators": (first, *PLAN.indicators[1:])})
    assert rank("ひまわり", PLAN) == [] or nearest("ひまわり") != first.id
    assert nearest("ひまわりの本数", newer) == first.id


@pytest.mark.parametrize("reading", ["アキテンポ", "あき てんぽ", "空きてんぽ", ""])
def test_a_reading_that_is_not_hiragana_is_a_mistake_of_the_plan_file(reading: str) -> None:
    text = KOMOREBI_FILE.read_text("utf-8")
    alias = 'aliases = ["空き家になった店の割合"]'
    with pytest.raises(PlanMistakes, match="ひらがな") as mistakes:
        parse_plan(text.replace(alias, f'{alias}\nyomi = ["{reading}"]'), "komorebi.toml")
    assert "yomi" in mistakes.value.mistakes[0]


def test_a_reading_finds_its_indicator_in_any_plan() -> None:
    text = KOMOREBI_FILE.read_text("utf-8")
    alias = 'aliases = ["空き家になった店の割合"]'
    plan = parse_plan(text.replace(alias, f'{alias}\nyomi = ["あきてんぽりつ"]'), "komorebi.toml")
    assert nearest("あきてんぽ", plan) == "Ⅰ-(1)-②"
