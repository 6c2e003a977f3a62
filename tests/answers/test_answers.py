"""What people see: each kind of answer as agreed, and the promises that every answer keeps."""

from __future__ import annotations

from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from answers.reply import MAKERS, settle
from store.cycle import DEFAULT_NOTE
from store.standing import State
from tests.answers.city import LATER, TODAY, City
from tests.answers.seen import buttons, seen
from tests.answers.slack_limits import drawn, unsaid


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1-1",
        "1-2",
        "1-1b",
        "1-1c",
        "1-4b",
        "6-1b",
        "目標3",
        "横断2",
        "未達成",
        "確認中",
        "こども課",
        "ヘルプ",
        "子育て支援",
        "ぱらぱら",
        "1-1b 4-1a",
        "待機児童数の推移",
        "1-3",
        "全施策",
        "1-1b R5",
    ],
)
def test_staff_are_answered(city: City, text: str, snapshot: SnapshotAssertion) -> None:
    assert seen(city.ask(text)) == snapshot


@pytest.mark.parametrize("text", ["", "1-1", "1-4c", "こども課"])
def test_a_department_is_answered(city: City, text: str, snapshot: SnapshotAssertion) -> None:
    assert seen(city.ask(text, "U0CHILD")) == snapshot


@pytest.mark.parametrize("text", ["目標1", "目標2", "Ⅱ-(1)-①", "Ⅰ-(2)-②"])
def test_another_municipality_is_answered(
    komorebi: City, text: str, snapshot: SnapshotAssertion
) -> None:
    komorebi.accept("Ⅰ-(1)-①", 2024, "5")
    komorebi.accept("Ⅰ-(1)-②", 2024, "11.00", "2024-10-01")
    komorebi.accept("Ⅰ-(2)-②", 2024, "1")
    komorebi.accept("Ⅰ-(2)-③", 2024, "12", "CY2023")
    komorebi.accept("Ⅱ-(1)-①", 2024, {"小学校": "82.0", "中学校": "70.0", "高校": "76.0"})
    komorebi.accept("Ⅱ-(2)-①", 2024, "70")
    assert seen(komorebi.ask(text)) == snapshot


@pytest.mark.parametrize("text", ["", "目標4", "2K3", "未達成"])
def test_a_plan_that_is_over_tells_its_published_results(
    first_phase: City, text: str, snapshot: SnapshotAssertion
) -> None:
    assert seen(first_phase.ask(text)) == snapshot


def test_every_kind_of_question_has_a_maker(city: City) -> None:
    asked = ["", "1-1", "1-1b", "目標3", "未達成", "こども課", "ヘルプ", "ぱ", "1-1b 4-1a"]
    kinds = {city.understand(text).kind for text in [*asked, "待機児童数の推移"]}
    assert kinds == set(MAKERS)


def test_the_verdict_comes_with_its_arithmetic_and_where_the_figure_comes_from(city: City) -> None:
    text = city.ask("1-1b").plain
    assert "▲ 向上（R6時点）" in text
    assert "12人 ← 29人（R2と推定） → 目標 0人／年　進捗 59% やや遅れ" in text
    assert "現状値29人（R2と推定）→目標0人、R6は12人: 17/29=進捗59%" in text
    assert "承認済（こども課 6/2提出・企画担当A 6/3承認）・出典 県の公表値" in text


def test_the_last_figure_of_phase_1_and_the_baseline_of_phase_2_are_drawn_once(city: City) -> None:
    rows = [each for each in city.ask("1-1b").plain.splitlines() if "実績" in each]
    assert [each[: each.index(":")].partition("（")[0] for each in rows] == [
        "H27",
        "R2",
        "R4",
        "R5",
        "R6",
    ]
    assert "第1期 当初値" in rows[0]
    assert "第1期 最新値・第2期 現状値" in rows[1]
    assert "R3" not in city.ask("1-1b").plain


def test_a_waiting_value_is_shown_to_its_department_and_planners_only(city: City) -> None:
    for user in ("U0CHILD", "U0PLANNER"):
        assert "R6: … 確認中 6.9%（こども課 6/2提出）" in city.ask("1-1c", user).plain
    for user in ("U0STAFF", "U0CIVIC"):
        content = city.ask("1-1c", user)
        assert "R6: … 確認中（値は承認後に表示）" in content.plain
        assert "6.6% R5の値（R6報告時点の最新）" in content.plain
        assert "6.9" not in str(content.message)


@pytest.mark.parametrize("text", ["", "1-1", "1-1d", "目標3", "確認中", "こども課", "1-1d 1-1b"])
def test_no_answer_leaks_a_waiting_value(city: City, text: str) -> None:
    assert "55.5" not in str(city.ask(text).message)
    assert "速報" not in str(city.ask(text).message)


def test_why_something_was_sent_back_stays_between_planners_and_department(city: City) -> None:
    for user in ("U0CHILD", "U0PLANNER"):
        assert "延べ人数か実人数か" in city.ask("1-4c", user).plain
    assert "延べ人数か実人数か" not in str(city.ask("1-4c").message)
    assert "提出期限 6/20（金・あと16日）" in city.ask("1-4c").plain


def test_a_figure_of_an_earlier_year_says_so_and_the_round_is_still_told(city: City) -> None:
    text = city.ask("1-2a").plain
    assert "11.0回 R4の値・R5報告（R6報告時点の最新）" in text
    assert "R6: … 未提出　提出期限 6/12（木・あと8日" in text


def test_a_year_that_is_asked_for_shows_what_was_known_then(city: City) -> None:
    content = city.ask("1-1b R5")
    assert "18人" in content.plain
    assert "12人" not in content.plain
    assert buttons(content)["施策 1-1"]["value"] == "1-1 R5"


def test_headers_count_verdicts_and_apart_from_them_where_the_round_is(city: City) -> None:
    text = city.ask("1-1").plain
    assert "R6報告時点 指標4件（達成 1・向上 1・未達成 0・判定なし 2）" in text
    assert "R6の照会: 承認済 1・確認中 2・未提出 1" in text


def test_every_state_has_its_own_words(city: City) -> None:
    words = {
        "1-1a": "… 未提出",
        "1-1d": "… 確認中",
        "1-2b": "– 統計公表待ち（10月予定）",
        "1-4a": "– 調査対象外年度",
        "1-4c": "↩ 差戻し",
        "6-1c": "– 目標の記載なし",
    }
    for indicator, said in words.items():
        assert said in city.ask(indicator).plain
    assert "！ 期限超過" in city.ask("1-1a", today=LATER).plain
    assert "8日超過" in city.ask("1-1a", today=LATER).plain
    assert "– 照会前（2026/5/11 月曜から照会）" in city.ask("1-1a R7").plain


def test_what_is_late_is_in_the_list_of_what_is_missing(city: City) -> None:
    missing = city.ask("未提出", today=LATER).plain
    late = city.outlook(today=LATER).states(city.plan.by_id)[State.LATE]
    assert f"未提出の指標　{late}件" in missing
    assert f"うち期限超過 {late}件" in missing
    assert "未提出" not in city.ask("期限超過", today=LATER).plain


def test_a_due_date_that_nobody_has_set_says_so(city: City) -> None:
    assert DEFAULT_NOTE in city.ask("1-1a").plain
    assert DEFAULT_NOTE in city.ask("").plain
    assert DEFAULT_NOTE not in city.ask("1-4c").plain


def test_a_list_says_once_what_all_of_it_shares(city: City) -> None:
    for text in ("1-2", "未提出", "未提出 担当課別", "こども課", "目標3"):
        said = city.ask(text).plain
        assert said.count(f"※{DEFAULT_NOTE}") == 1, text
        assert "提出期限 6/12（木・あと8日）※・" in said, text
        assert "R6報告時点" in said
        assert "報告時点の最新" not in said
    assert "11.0回 R4の値・R5報告 ← " in city.ask("1-2").plain
    assert "承認済（こども課 6/3）" in city.ask("1-2").plain
    assert DEFAULT_NOTE not in city.ask("差戻し").plain


def test_a_made_up_figure_is_marked_wherever_it_shows(city: City) -> None:
    for text in ("1-4b", "1-4", "横断1", "こども課", "遅れ", ""):
        content = city.ask(text)
        assert any(
            "サンプル（架空の値）" in str(b) for b in content.blocks if b["type"] == "context"
        )
    line = next(each for each in city.ask("1-4").plain.splitlines() if "児童50.1%" in each)
    assert line.endswith("サンプル（架空の値）")
    assert "サンプル" not in city.ask("1-1").plain


def test_a_plan_whose_last_year_has_passed_shows_its_final_evaluation(city: City) -> None:
    text = city.ask("1-1", today=date(2026, 4, 1)).plain
    assert "計画期間終了・最終評価" in text
    assert "計画期間終了・最終評価" not in city.ask("1-1", today=date(2026, 3, 31)).plain


def test_only_the_department_gets_buttons_to_enter_what_is_outstanding(city: City) -> None:
    mine = buttons(city.ask("1-1a", "U0CHILD"))["実績を入力"]
    assert (mine["action_id"], mine["value"]) == ("open_form:1-1a", "kitamoto-2|1-1a|2024")
    assert buttons(city.ask("1-4c", "U0CHILD"))["修正"]["value"] == "kitamoto-2|1-4c|2024"
    for user in ("U0STAFF", "U0CIVIC", "U0PLANNER"):
        assert "open_form" not in str(city.ask("1-1a", user).blocks)
    assert "open_form" not in str(city.ask("1-1b", "U0CHILD").blocks)


def test_nobody_else_sees_what_waits_for_a_department(city: City) -> None:
    assert "あなたの対応待ち" not in city.ask("").plain
    assert "こども課: 差戻し 1・未提出 4" in city.ask("", "U0CHILD").plain
    assert "承認待ち 2件" in city.ask("", "U0PLANNER").plain


def test_long_lists_go_on_page_by_page_until_every_indicator_was_shown(bare: City) -> None:
    shown: list[str] = []
    words = "未提出"
    while words:
        content = bare.ask(words)
        shown += [b["accessory"]["value"] for b in content.blocks if "accessory" in b]
        following = [b for label, b in buttons(content).items() if label.startswith("次の")]
        words = following[0]["value"] if following else ""
    assert shown == list(bare.plan.by_id)


def test_a_button_asks_what_it_says_and_keeps_the_year(city: City) -> None:
    for text in ("R6", "1-1 R6", "目標3 R6", "未達成 R6"):
        for each in buttons(city.ask(text)).values():
            if each["action_id"].startswith("ask:") and each["value"] != "ヘルプ":
                assert city.understand(each["value"]).year == 2024
                assert city.understand(each["value"]).kind != "unsure"


def test_the_notes_of_the_plan_are_told_with_the_figures_they_belong_to(city: City) -> None:
    assert "R2〜" not in city.ask("1-1b").plain
    text = city.ask("6-1b").plain
    assert any(
        "H29〜R1平均" in each and "参考" in each and "実績 938,895回" in each
        for each in text.splitlines()
    )
    assert "注（現状値）: 年の書かれていない値。判定の基準とした。" in text
    assert "原典の矢印は「➔」" in city.ask("1-1d").plain
    assert "目標の記載なし（原典要確認）" in city.ask("6-1c").plain


def test_a_policy_without_indicators_is_answered_with_a_sentence(city: City) -> None:
    for code in ("1-3", "2-5", "全施策"):
        content = city.ask(code)
        assert "この施策の指標はありません" in content.plain
        assert content.blocks[-1]["type"] == "actions"


def test_lists_and_departments_are_settled_by_the_outlook(city: City) -> None:
    seen_now = city.outlook()
    listed = settle(city.understand("差戻し"), seen_now)
    assert listed.indicators == ("1-4c",)
    owned = settle(city.understand("こども課"), seen_now)
    assert owned.indicators == tuple(i for i in city.plan.by_id if i.startswith("1-"))
    assert settle(city.understand("1-1"), seen_now) == city.understand("1-1")


def test_the_plain_text_says_what_the_blocks_say(city: City) -> None:
    """All but bars and curves, which it says in words, and the mark of samples, line by line."""
    for text in ("", "1-1", "1-1b", "目標4", "未提出", "こども課", "ヘルプ", "ぱ", "子育て支援"):
        content = city.ask(text, "U0CHILD")
        assert unsaid(content) == []
        assert drawn(content.text) == []


def test_today_is_what_counts_the_days(city: City) -> None:
    assert "本日" in city.ask("1-1a", today=date(2025, 6, 12)).plain
    assert "あと8日" in city.ask("1-1a", today=TODAY).plain


def test_figures_keep_the_precision_they_were_given_in(city: City) -> None:
    city.accept("4-2a", 2024, "3.70")
    assert "3.70% ← 3.72%" in city.ask("4-2a").plain


@pytest.mark.parametrize(
    ("indicator", "figures", "turn"),
    [
        ("1-1b", ("18", "12"), "↘ 改善"),
        ("1-1b", ("12", "18"), "↗ 悪化"),
        ("1-2b", ("80.0", "80.0"), "→ 横ばい"),
        ("1-2b", ("80.0", "81.0"), "↗ 改善"),
        ("3-3a", ("110", "95"), "↘ 改善"),
        ("3-3a", ("95", "110"), "↗ 悪化"),
    ],
)
def test_the_trend_says_which_way_the_last_figure_went(
    bare: City, indicator: str, figures: tuple[str, str], turn: str
) -> None:
    for year, figure in zip((2023, 2024), figures, strict=True):
        bare.accept(indicator, year, figure)
    assert f"（{turn}）" in bare.ask(bare.indicator(indicator).policy or "").plain


def test_of_several_series_the_one_that_got_worse_tells_the_trend(bare: City) -> None:
    bare.accept("1-4b", 2024, {"児童": "60.0", "生徒": "20.0"})
    assert "R2 48.6/26.2 · R6 60.0/20.0（⇅ 悪化）" in bare.ask("1-4").plain
