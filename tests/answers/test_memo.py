"""答弁メモ: what can be pasted anywhere says its sources, and nothing that nobody approved or wrote."""

from __future__ import annotations

import re

from answers.asked import Asked, Beside
from answers.memo import memo
from answers.memo_page import MOST_IN_BLOCK, memo_page
from bot.memos import ANYBODY
from bot.reading import beside, read
from store import efforts
from store.db import writing
from store.efforts import Written
from store.remarks import Subject
from tests.answers.city import LATER, TODAY, City
from tests.answers.slack_limits import message_faults

WHY = "保育士の確保に時間がかかったため```"


def asked(bare: City, words: str) -> Asked:
    found = read(bare.db, words, TODAY)
    return Asked(
        found.intention, found.outlook, ANYBODY, {}, found.earlier, beside=beside(bare.db, found)
    )


def write(bare: City, year: int, written: Written, seen: int = 0) -> None:
    with writing(bare.db):
        subject = Subject("indicator", "1-1b")
        efforts.write(
            bare.db, bare.by("U0CHILD"), bare.plan.id, year, subject, "children", written, seen
        )


def test_an_indicators_memo_says_where_each_number_comes_from(bare: City) -> None:
    """As it is pasted."""
    bare.accept("1-1b", 2023, "18", source="県の公表値")
    bare.accept("1-1b", 2024, "12", source="県の公表値")
    title = bare.plan.title
    assert (
        memo(asked(bare, "1-1b R6"))
        == f"""\
【答弁メモ】保育所（園）待機児童数（指標 1-1b）
{title}／令和6年度の報告時点（R7.6.4作成）
位置付け: 基本目標3のKPI、施策 1-1 子育て支援の充実、こども課
判定: 向上（R6時点）
最新値: 12人（R6の値、R7.6.3承認、こども課、出典: 県の公表値）
現状値: 29人（R2と推定）（出典: {title}）
目標値: 0人／年（R7）（出典: {title}）
計算: 現状値29人（R2と推定）→目標0人、R6は12人: 17/29=進捗59%、R6時点の見込み80%→やや遅れ
　※進捗率・見込み・ペースは kpibot の目安で、計画書にはありません。
推移:
　H27と推定 0人（公表値（第1期 当初値）、出典: 計画書）
　R2と推定 29人（公表値（第1期 最新値・第2期 現状値）、出典: 計画書）
　R5報告 18人（R5の値、R7.6.3承認、こども課、出典: 県の公表値）
　R6報告 12人（R6の値、R7.6.3承認、こども課、出典: 県の公表値）
取組・要因: 担当課の記載はありません（このメモでは推測していません）。
※承認済みの値だけを載せています。"""
    )


def test_what_waits_for_approval_is_not_in_it(bare: City) -> None:
    """Nor what the department wrote of that year; that something waits is said."""
    bare.accept("1-1b", 2023, "18")
    bare.give("1-1b", 2024, "7654")
    write(bare, 2024, Written(factors="7654人に増えた"))
    said = memo(asked(bare, "1-1b"))
    assert "7654" not in said.replace(",", "")
    assert "1-1bには確認中の値があります" in said
    assert "最新値: 18人（R5の値、" in said


def test_a_cause_stands_in_it_as_somebody_wrote_it(bare: City) -> None:
    """With its year and day, once the year's figure is approved; none is made up."""
    write(bare, 2024, Written(work="保育園を1園増やした", factors=WHY, direction="continue"))
    assert "保育" not in memo(asked(bare, "1-1b")).partition("取組")[2]
    bare.accept("1-1b", 2024, "12")
    said = memo(asked(bare, "1-1b"))
    assert f"要因（R6、R7.6.4記載）: {WHY}" in said
    assert "取組内容（R6、R7.6.4記載）: 保育園を1園増やした" in said
    assert "今後の方向性（R6、R7.6.4記載）: 継続" in said


def test_a_locked_verdict_stands_beside_the_corrected_one(bare: City) -> None:
    bare.accept("1-1b", 2024, "12")
    bare.lock(2024)
    bare.correct("1-1b", 2024, "0")
    found = read(bare.db, "1-1b R6", LATER)
    said = memo(Asked(found.intention, found.outlook, ANYBODY, {}, found.earlier, beside=Beside()))
    assert "判定: 達成（R6時点）" in said
    assert "締め時の判定 向上" in said
    assert "訂正 12人 → 0人" in said


def test_every_number_of_a_goal_has_its_source(bare: City) -> None:
    """Each indicator's line names approval, department and source; the plan's numbers the plan."""
    for indicator in ("1-1b", "1-2a", "1-4a"):
        bare.accept(indicator, 2024, "12", source="庁内集計")
    lines = memo(asked(bare, "目標3")).splitlines()
    told = [line for line in lines if line.startswith("・")]
    assert len(told) == 12
    given = [line for line in told if "承認された値はありません" not in line]
    assert len(given) == 3
    assert all(re.search(r"R6の値、R7\.6\.3承認、こども課、出典: 庁内集計", line) for line in given)
    assert f"　現状値・目標値の出典: {bare.plan.title}" in lines


def test_samples_are_never_for_an_assembly(bare: City) -> None:
    bare.accept("1-1b", 2024, "12", sample=True)
    assert "サンプル（架空の値）を含みます。答弁には使えません。" in memo(asked(bare, "1-1b"))


def test_a_policy_without_indicators_says_so(bare: City) -> None:
    assert "指標はありません。" in memo(asked(bare, "1-3"))


def test_in_slack_it_is_a_block_that_is_copied_as_it_stands(bare: City) -> None:
    """Whatever people wrote; within Slack's limits also for the goal with the most indicators."""
    bare.accept("1-1b", 2024, "12", source="<!channel> & `県`")
    write(bare, 2024, Written(factors=WHY))
    content = memo_page(asked(bare, "1-1b"))
    blocks = [b["text"]["text"] for b in content.blocks if b["type"] == "section"]
    assert all(b.startswith("```\n") and b.endswith("\n```") for b in blocks)
    assert all(b.count("```") == 2 for b in blocks)
    assert "&lt;!channel&gt; &amp; `県`" in "".join(blocks)
    for goal in bare.plan.goals:
        made = memo_page(asked(bare, goal.label))
        assert message_faults(made.message) == []
        sections = [b["text"]["text"] for b in made.blocks if b["type"] == "section"]
        assert max(map(len, sections)) <= MOST_IN_BLOCK + 10
        lines = memo(asked(bare, goal.label)).count("\n") + 1
        assert sum(b.count("\n") - 1 for b in sections) == lines
