"""A question is understood however it is typed, and what is not understood is not guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.ask import understand
from store.departments import Department
from store.errors import UnknownWords
from store.plan import Plan
from store.plan_file import builtin_plans, read_plan

TODAY = date(2025, 6, 4)
DEPARTMENTS = (Department("children", "こども課（サンプル）"), Department("civic", "市民協働課"))
PLAN = builtin_plans()["kitamoto-2"]
KOMOREBI = read_plan(Path(__file__).parents[1] / "plans" / "komorebi.toml")
PLANS = [*builtin_plans().values(), KOMOREBI]
each_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: str(plan.id))


def meant(text: str, plan: Plan = PLAN) -> tuple[str, tuple[str, ...], int | None]:
    found = understand(text, plan, DEPARTMENTS, TODAY)
    return found.kind, found.ids, found.year


@each_plan
def test_every_indicator_is_understood_by_its_id_name_and_aliases(plan: Plan) -> None:
    for i in plan.indicators:
        for said in (i.id, i.name, *i.aliases, f"{i.id} {i.name}"):
            found = understand(said, plan, DEPARTMENTS, TODAY)
            assert (found.kind, found.ids, found.indicators) == ("indicator", (i.id,), (i.id,)), (
                said
            )


@each_plan
def test_every_policy_is_understood_by_its_code_name_and_variants(plan: Plan) -> None:
    for policy in plan.policies:
        for said in (policy.code, policy.name, *policy.variants, f"{policy.code} {policy.name}"):
            found = understand(said, plan, DEPARTMENTS, TODAY)
            assert (found.kind, found.ids) == ("policy", (policy.code,)), said
            assert found.indicators == tuple(i.id for i in plan.of_policy(policy.code))


@each_plan
def test_every_goal_is_understood_by_its_id_label_and_title(plan: Plan) -> None:
    for goal in plan.goals:
        for said in (goal.id, goal.label, goal.title, f"{goal.label} {goal.title}"):
            found = understand(said, plan, DEPARTMENTS, TODAY)
            assert (found.kind, found.ids) == ("goal", (goal.id,)), said
            assert found.indicators == tuple(dict.fromkeys((*goal.targets, *goal.kpis)))


@pytest.mark.parametrize(
    "text",
    ["1-1", "１－１", "1ー1", "1−1", "1―1", "1‐1", "1–1", "1—1", "1ｰ1", " 1 - 1 ", "　1-1　"],
)
def test_any_dash_width_and_blank_is_forgiven(text: str) -> None:
    assert meant(text) == ("policy", ("1-1",), None)


@given(
    st.sampled_from([(i.id, i.name) for i in PLAN.indicators]),
    st.sampled_from("-‐‑‒–—―−ー－"),
    st.booleans(),
    st.sampled_from(["", " ", "　"]),
    st.sampled_from(["", "R5 ", "令和５年度　", "２０２３ ", "2023年度の", "r5　"]),
)
def test_an_id_is_understood_in_any_typing_and_with_a_year(
    indicator: tuple[str, str], dash: str, wide: bool, blank: str, year: str
) -> None:
    text = indicator[0].replace("-", dash)
    if wide:
        text = text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
    found = understand(f"{year}{blank}{text}{blank}", PLAN, DEPARTMENTS, TODAY)
    assert (found.kind, found.ids) == ("indicator", (indicator[0],))
    assert found.year == (2023 if year else None)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("目標3", "3"),
        ("基本目標３", "3"),
        ("基本目標 3", "3"),
        ("横断1", "X1"),
        ("横断的な目標2", "X2"),
        ("横断目標１", "X1"),
        ("x2", "X2"),
    ],
)
def test_goals_are_understood_by_what_people_call_them(text: str, goal: str) -> None:
    assert meant(text) == ("goal", (goal,), None)


def test_a_goal_with_a_roman_number_is_found_by_an_arabic_one() -> None:
    assert meant("目標2", KOMOREBI) == ("goal", ("Ⅱ",), None)
    assert meant("基本目標Ⅱ", KOMOREBI) == ("goal", ("Ⅱ",), None)


def test_ids_of_another_municipality_are_forgiven_as_well() -> None:
    assert meant("Ⅰ－（１）－①", KOMOREBI) == ("indicator", ("Ⅰ-(1)-①",), None)
    assert meant("I-1-1", KOMOREBI) == ("indicator", ("Ⅰ-(1)-①",), None)
    assert meant("Ⅰ-(2)", KOMOREBI) == ("policy", ("Ⅰ-(2)",), None)


def test_the_document_calls_a_policy_in_two_ways() -> None:
    assert meant("7 プロジェクト1") == ("policy", ("7-1",), None)
    assert meant("７プロジェクト２") == ("policy", ("7-2",), None)
    assert meant("7-2") == ("policy", ("7-2",), None)
    assert meant("全施策") == ("policy", ("全施策",), None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("達成", "達成"),
        ("向上", "向上"),
        ("未達成", "未達成"),
        ("順調", "順調"),
        ("やや遅れ", "やや遅れ"),
        ("遅れ", "遅れ"),
        ("未提出", "未提出"),
        ("期限超過", "期限超過"),
        ("確認中", "確認中"),
        ("差戻し", "差戻し"),
        ("差し戻し", "差戻し"),
        ("公表待ち", "統計公表待ち"),
        ("統計公表待ち", "統計公表待ち"),
        ("調査対象外", "調査対象外年度"),
        ("承認済み", "承認済"),
        ("判定なし", "判定なし"),
        ("未達成の指標", "未達成"),
        ("未提出一覧", "未提出"),
    ],
)
def test_a_status_asks_for_its_list(text: str, status: str) -> None:
    assert meant(text) == ("list", (status,), None)


def test_grades_come_from_the_rule_of_the_plan() -> None:
    assert meant("Ａ", KOMOREBI) == ("list", ("A（100%以上）",), None)
    assert meant("未達成", KOMOREBI)[0] == "unsure"


@pytest.mark.parametrize(
    "text", ["こども課", "こども課（サンプル）", "children", "担当課 こども課"]
)
def test_a_department_is_understood_by_name_or_id(text: str) -> None:
    found = understand(text, PLAN, DEPARTMENTS, TODAY)
    assert (found.kind, found.ids, found.called) == (
        "department",
        ("children",),
        "こども課（サンプル）",
    )


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("待機児童", "1-1b"),
        ("待機児童は？", "1-1b"),
        ("保育所(園)待機児童数", "1-1b"),
        ("保育所園待機児童数", "1-1b"),
        ("ふるさと納税寄付", "6-3a"),
        ("フルサト納税", "6-3a"),
        ("65才健康寿命", "2-2a"),
        ("ﾎｰﾑﾍﾟｰｼﾞ", "6-1b"),
        ("市民１人あたりの都市公園面積", "4-1d"),
        ("社会参加している障害者の割合", "2-4a"),
        ("空き店舗", "4-2d"),
        ("電子申請", "6-3f"),
        ("マイナンバー　普及", "6-3d"),
    ],
)
def test_a_part_of_one_name_is_enough(text: str, indicator: str) -> None:
    assert meant(text) == ("indicator", (indicator,), None)


def test_several_names_are_offered_with_the_closest_first() -> None:
    found = understand("子育て支援", PLAN, DEPARTMENTS, TODAY)
    assert found.kind == "unsure"
    assert found.ids == ("1-1c", "1-1a", "1-1")
    assert found.indicators == ()


@pytest.mark.parametrize("text", ["1-1z", "１−１Ｚ", "1-1zz", "1-1z R5"])
def test_an_id_that_is_not_there_is_said_and_its_policys_indicators_are_offered(text: str) -> None:
    found = understand(text, PLAN, DEPARTMENTS, TODAY)
    assert (found.kind, found.ids) == ("unsure", tuple(i.id for i in PLAN.of_policy("1-1")))
    assert "という指標はありません。施策 1-1 の指標は次の4件です。" in found.understood


def test_an_id_of_a_policy_without_indicators_offers_the_policy() -> None:
    found = understand("1-3a", PLAN, DEPARTMENTS, TODAY)
    assert (found.kind, found.ids) == ("unsure", ("1-3",))
    assert "施策 1-3 には指標がありません。" in found.understood


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("R5 未達成", 2023),
        ("未達成 令和５年度", 2023),
        ("2023 未達成", 2023),
        ("令和5年度の未達成", 2023),
        ("昨年度 未達成", 2024),
    ],
)
def test_a_year_may_stand_anywhere(text: str, year: int) -> None:
    assert meant(text) == ("list", ("未達成",), year)


def test_a_year_alone_asks_for_the_strategy_in_that_year() -> None:
    assert meant("R6") == ("overview", (), 2024)


@pytest.mark.parametrize("text", ["R3 未達成", "R8", "1-1 2030年度", "H30 1-1b"])
def test_a_year_outside_the_plan_is_refused_with_the_plans_years(text: str) -> None:
    with pytest.raises(UnknownWords, match="R4〜R7") as refusal:
        understand(text, PLAN, DEPARTMENTS, TODAY)
    assert refusal.value.typed == text


def test_a_plan_that_names_no_first_year_takes_every_year_up_to_its_last() -> None:
    phase_1 = builtin_plans()["kitamoto-1"]
    assert meant("H28", phase_1) == ("overview", (), 2016)
    with pytest.raises(UnknownWords, match="〜R3"):
        understand("R4", phase_1, DEPARTMENTS, TODAY)


@pytest.mark.parametrize(
    ("text", "page"),
    [("未提出", 1), ("未提出 2ページ", 2), ("R5 未提出　３頁", 3), ("未提出 p2", 2)],
)
def test_a_page_of_a_list_can_be_asked_for(text: str, page: int) -> None:
    found = understand(text, PLAN, DEPARTMENTS, TODAY)
    assert (found.kind, found.ids, found.page) == ("list", ("未提出",), page)


@pytest.mark.parametrize("text", ["ヘルプ", "help", "HELP", "ﾍﾙﾌﾟ", "?", "？", "使い方"])
def test_help_is_given_when_asked_for(text: str) -> None:
    assert meant(text)[0] == "help"


@pytest.mark.parametrize("text", ["", " ", "　", "\n"])
def test_nothing_asks_for_the_strategy_at_a_glance(text: str) -> None:
    assert meant(text) == ("overview", (), None)


def test_two_indicators_are_compared_and_the_years_of_one_are_shown() -> None:
    assert meant("1-1b 7-2a") == ("comparison", ("1-1b", "7-2a"), None)
    assert meant("待機児童数と出生数を比べて") == ("comparison", ("1-1b", "7-2a"), None)
    assert meant("出生数の推移") == ("history", ("7-2a",), None)


def test_unknown_words_say_what_was_understood() -> None:
    found = understand("R5 ぱらぱら", PLAN, DEPARTMENTS, TODAY)
    assert (found.kind, found.ids, found.year) == ("unsure", (), 2023)
    assert "「ぱらぱら」" in found.understood
    assert "R5と読みました" in found.understood


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused_with_a_sentence(text: str) -> None:
    try:
        found = understand(text, PLAN, DEPARTMENTS, TODAY)
    except UnknownWords:
        return
    assert found.typed == text
    assert found.understood
    assert found.kind != "unsure" or found.indicators == ()
