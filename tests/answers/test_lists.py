"""Lists: of a goal or department, grouped and sorted as asked, to the last page."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from answers.as_json import ask_json
from answers.content import Content
from answers.distance import distance, distance_said
from answers.groups import NOT_MEASURED
from answers.intention import Arrangement
from answers.list_words import ARRANGED, arranged
from answers.reply import answer, settle
from store.departments import Department
from store.standing import State
from tests.answers.city import LATER, City
from tests.answers.seen import buttons, in_blocks


def listed(content: Content) -> list[str]:
    return [b["accessory"]["value"] for b in content.blocks if "accessory" in b]


def leafed(city: City, words: str, user: str = "U0STAFF") -> list[Content]:
    """Every page of a list, by the buttons alone."""
    found = []
    while words:
        found.append(city.ask(words, user))
        following = [b for label, b in buttons(found[-1]).items() if label.startswith("次の")]
        words = following[0]["value"] if following else ""
    return found


@pytest.mark.parametrize(
    ("words", "how", "rest"),
    [
        ("未達成 担当課別", "department", "未達成"),
        ("未達成を課ごとに並べて", "department", "未達成を"),
        ("未提出 部署別", "department", "未提出"),
        ("未達成 目標別", "goal", "未達成"),
        ("未達成 基本目標ごとに", "goal", "未達成"),
        ("遅れ 近い順", "near", "遅れ"),
        ("遅れ 目標に近い順", "near", "遅れ"),
        ("遅れ 目標に近いものから", "near", "遅れ"),
        ("遅れ 進捗率の高い順", "near", "遅れ"),
        ("遅れ 遠い順", "far", "遅れ"),
        ("遅れ 目標から遠い順", "far", "遅れ"),
        ("全指標 計画の順", "plan", "全指標"),
        ("期限の近い順", "", "期限の近い順"),
        ("計画の順調なもの", "", "計画の順調なもの"),
        ("未達成", "", "未達成"),
    ],
)
def test_words_arrange_a_list(words: str, how: Arrangement, rest: str) -> None:
    assert arranged(words) == (how, rest)


@pytest.mark.parametrize(
    ("text", "status", "within", "among", "how"),
    [
        ("こども課 未達成", "未達成", "children", "", ""),
        ("こども課 未提出", "未提出", "children", "", ""),
        ("こども課 達成", "達成", "children", "", ""),
        ("こども課の達成", "達成", "children", "", ""),
        ("こども課の向上の一覧は？", "向上", "children", "", ""),
        ("目標に一番近い指標は", "全指標", "", "", "near"),
        ("こども課でまだ出していないものは", "未提出", "children", "", ""),
        ("目標3 未達成", "未達成", "", "3", ""),
        ("未達成 目標3", "未達成", "", "3", ""),
        ("基本目標３で遅れている指標は？", "遅れ", "", "3", ""),
        ("横断1の未提出", "未提出", "", "X1", ""),
        ("若い世代の出産・子育ての希望をかなえる 未達成", "未達成", "", "3", ""),
        ("こども課 目標3 未提出 遠い順", "未提出", "children", "3", "far"),
        ("目標3 未達成 担当課別", "未達成", "", "3", "department"),
        ("目標3 近い順", "全指標", "", "3", "near"),
        ("遅れているものを担当課ごとに", "遅れ", "", "", "department"),
        ("目標に近い順", "全指標", "", "", "near"),
        ("全指標 担当課別", "全指標", "", "", "department"),
    ],
)
def test_status_department_goal_and_order_go_together(
    city: City, text: str, status: str, within: str, among: str, how: Arrangement
) -> None:
    found = city.understand(text)
    assert (found.kind, found.ids, found.within) == ("list", (status,), within)
    goal = next((g for g in city.plan.goals if g.id == among), None)
    assert found.among == (tuple(dict.fromkeys((*goal.targets, *goal.kpis))) if goal else ())
    assert found.arranged == how


def test_a_policy_and_a_department_are_arranged_as_well(city: City) -> None:
    found = city.understand("1-1 未提出")
    assert (found.ids, found.among) == (("未提出",), ("1-1a", "1-1b", "1-1c", "1-1d"))
    mine = city.understand("こども課 目標別")
    assert (mine.kind, mine.ids, mine.arranged) == ("department", ("children",), "goal")


def test_what_is_no_list_stays_what_it_was(city: City) -> None:
    assert city.understand("目標3の達成状況").kind == "goal"
    assert city.understand("全指標").kind == "overview"
    assert city.understand("1-1b 未達成").kind != "list"
    assert city.understand("期限の近い順").kind == "unsure"


def test_a_list_of_a_goal_holds_what_stands_in_both(city: City) -> None:
    content = city.ask("目標3 未達成")
    goal = next(g for g in city.plan.goals if g.id == "3")
    everything = listed(city.ask("未達成"))
    assert listed(content) == [i for i in everything if i in {*goal.targets, *goal.kpis}]
    assert f"基本目標3　未達成の指標　{len(listed(content))}件" in content.plain
    assert listed(city.ask("こども課 目標3 差戻し")) == []
    assert listed(city.ask("こども課 横断1 差戻し")) == ["1-4c"]


def test_groups_by_department_say_how_many_there_are(city: City) -> None:
    pages = leafed(city, "未提出 担当課別")
    titles = re.findall(r"^(\S+)　(\d+)件$", pages[0].plain, re.M)[1:]
    titles += re.findall(r"^(\S+)　(\d+)件$", pages[1].plain, re.M)[1:]
    outlook = city.outlook()
    missing = [s for s in outlook.standings.values() if s.state == State.MISSING]
    counted = {
        name: sum((s.department.name if s.department else "担当課未設定") == name for s in missing)
        for name, _ in titles
    }
    assert {name: int(count) for name, count in titles} == counted
    assert sum(counted.values()) == len(missing)
    assert titles[-1][0] == "担当課未設定"


def test_a_group_that_goes_on_says_so_and_no_indicator_is_lost(bare: City) -> None:
    for how in ("担当課別", "計画の順", "目標に近い順", "目標から遠い順"):
        pages = leafed(bare, f"未提出 {how}")
        shown = [id_ for page in pages for id_ in listed(page)]
        assert len(shown) == len(set(shown)) == 68, how
    again = "\n".join(page.plain for page in leafed(bare, "未提出 担当課別")[1:])
    assert "担当課未設定　" in again
    assert "（続き）" in again


def test_by_goals_an_indicator_stands_with_each_of_its_goals_and_that_is_said(bare: City) -> None:
    pages = leafed(bare, "未提出 目標別")
    shown = [id_ for page in pages for id_ in listed(page)]
    places = [i for g in bare.plan.goals for i in dict.fromkeys((*g.targets, *g.kpis))]
    assert shown == places
    assert f"（延べ{len(places)}件）" in pages[0].plain
    assert "未提出の指標　68件" in pages[0].plain


@pytest.mark.parametrize("how", list(ARRANGED.values()))
def test_buttons_and_pages_keep_the_order_the_year_and_the_department(bare: City, how: str) -> None:
    bare.make_department(Department("all", "すべて担う課（仮）"), "U0CHILD", tuple(bare.plan.by_id))
    content = bare.ask(f"すべて担う課 未提出 {how} R6")
    asked = bare.understand(f"すべて担う課 未提出 {how} R6")
    following = next(b for label, b in buttons(content).items() if label.startswith("次の"))
    again = bare.understand(following["value"])
    assert (again.kind, again.ids, again.within) == ("list", ("未提出",), "all")
    assert (again.arranged, again.year, again.page) == (asked.arranged, 2024, 2)
    before = buttons(bare.ask(following["value"]))["前の20件"]["value"]
    assert listed(bare.ask(before)) == listed(content)


def test_every_button_below_a_list_asks_for_what_it_says(bare: City) -> None:
    for words in (
        "未提出",
        "未提出 目標別",
        "こども課",
        "目標3 未提出",
        "遠い順",
        "こども課 未提出",
    ):
        for label, button in buttons(bare.ask(words)).items():
            if label in ARRANGED.values():
                found = bare.understand(button["value"])
                assert found.kind == bare.understand(words).kind, button
                assert found.within == bare.understand(words).within
                assert found.among == bare.understand(words).among
                if found.arranged:
                    assert ARRANGED[found.arranged] == label


def test_only_ways_that_change_anything_are_offered(city: City, first_phase: City) -> None:
    offered = buttons(city.ask("こども課 未達成")).keys() & set(ARRANGED.values())
    assert "担当課別" not in offered
    assert "目標別" not in buttons(city.ask("目標3 未提出"))
    assert not buttons(city.ask("差戻し")).keys() & set(ARRANGED.values())
    assert "目標に近い順" not in buttons(first_phase.ask("未達成"))


def test_the_nearest_to_the_target_comes_first_and_the_unmeasured_last(city: City) -> None:
    city.accept("1-5a", 2024, "0.5")
    outlook = city.outlook()
    order = listed(leafed(city, "目標に近い順")[0])
    lefts = {i: distance(outlook.standings[i]) for i in order}
    known = [left for left in lefts.values() if left is not None]
    assert known == sorted(known)
    assert list(lefts.values())[: len(known)] == known
    assert len(known) >= 5
    assert NOT_MEASURED in city.ask("目標に近い順").plain
    far = [i for i in listed(city.ask("遠い順")) if lefts[i] is not None]
    assert [lefts[i] for i in far] == sorted(known, reverse=True)


def test_distance_is_the_rest_of_the_way_else_a_share_of_the_target(city: City) -> None:
    city.accept("5-3a", 2024, "1.116")
    of = city.outlook().standings
    assert distance(of["1-1b"]) == 1 - Decimal(of["1-1b"].verdict.progress or 0)
    assert distance_said(of["1-1b"]) == ""
    assert of["5-3a"].verdict.progress is None
    assert distance(of["5-3a"]) == Decimal("0.1")
    assert distance_said(of["5-3a"]) == "目標との差は目標値の10%"
    assert "目標との差は目標値の10%" in city.ask("遠い順").plain
    assert "目標との差は" not in city.ask("判定なし").plain


def test_a_hairs_breadth_is_no_nought(city: City) -> None:
    city.accept("5-3a", 2024, "1.239")
    assert distance_said(city.standing("5-3a")) == "目標との差は目標値の1%未満"


def test_what_cannot_be_measured_has_no_distance(city: City) -> None:
    of = city.outlook().standings
    assert distance(of["1-1a"]) is None
    assert distance(of["6-1c"]) is None


def test_programs_get_the_indicators_in_the_order_that_was_asked_for(city: City) -> None:
    seen_now = city.outlook()
    near = settle(city.understand("未達成 目標に近い順"), seen_now)
    far = settle(city.understand("未達成 目標から遠い順"), seen_now)
    assert set(near.indicators) == set(settle(city.understand("未達成"), seen_now).indicators)
    assert near.indicators != far.indicators
    assert settle(city.understand("横断1 差戻し"), seen_now).indicators == ("1-4c",)


@pytest.mark.parametrize("text", ["未達成 担当課別", "目標3 未達成", "近い順", "ヘルプ 提出"])
def test_programs_are_answered_in_the_published_shape(city: City, text: str) -> None:
    schema = files("store") / "schemas" / "ask.schema.json"
    intention, seen_now = city.understand(text), city.outlook()
    said = answer(intention, seen_now, city.who("U0STAFF"), {})
    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(
        ask_json(settle(intention, seen_now), said)
    )


def test_late_and_arranged_still_counts_the_late(city: City) -> None:
    late = city.outlook(today=LATER).states(city.plan.by_id)[State.LATE]
    assert f"うち期限超過 {late}件" in city.ask("未提出 担当課別", today=LATER).plain


def test_another_citys_grades_are_listed_by_its_goals(komorebi: City) -> None:
    komorebi.accept("Ⅰ-(1)-①", 2024, "6")
    content = komorebi.ask("目標1 A")
    assert listed(content) == ["Ⅰ-(1)-①"]
    assert "A（100%以上）の指標　1件" in in_blocks(content) + content.plain
