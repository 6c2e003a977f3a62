"""報告書 in Slack: its texts are edited and made final, and its files come by direct message."""

from __future__ import annotations

import json

import pytest

from answers.reporting import field_named
from bot.desk import MOST_AT_REPORTS
from reports.progress.printing import FORMATS
from store.report_texts import ReportOf, texts
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, approve, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, standing_in, words_of
from tests.sandbox.hands import Json, soon

OF = ReportOf(PLAN, 2024, "progress")


def filled(**parts: str) -> Json:
    """The form before anybody edited anything, with these passages (by goal) put otherwise."""
    return {
        field_named(part.removeprefix("goal"), 0): {"typed": {"value": text}}
        for part, text in parts.items()
    }


def test_a_planner_edits_the_texts_and_makes_them_final(office: Office, planner: Person) -> None:
    """案 until then; the other passages stay as drafted."""
    page = planner.administers("報告 R6").message
    assert "令和6年度 進捗状況報告書" in page["text"]
    assert "評価の文は案" in page["text"]
    assert "サンプル（架空の値）" in page["text"]
    assert labels_of(page) == ["文章を直す", "確定", "ファイルを受け取る"]
    form = planner.clicks("文章を直す", page).view
    assert "は未達成であるものの向上しています" in standing_in(form, field_named("1", 0))
    said = words_of(planner.sends(form, filled(goal3="待機児童は減りました。")).view)
    assert "文章を修正済み" in said
    held = texts(office.bot.desk.db, OF)
    assert {part: each.text for part, each in held.edited.items()} == {
        "3": "待機児童は減りました。"
    }
    done = planner.clicks("確定", planner.administers("報告 R6").message).message
    assert "評価の文は確定" in done["text"]
    assert labels_of(done) == ["文章を直す", "ファイルを受け取る"]
    final = texts(office.bot.desk.db, OF).final
    assert final is not None
    assert final.passages["3"].text == "待機児童は減りました。"
    assert len(final.passages) == 7
    history = planner.administers("履歴 報告書").text
    assert history.index("報告書の文章の確定") < history.index("報告書の文章の修正")
    assert "R6 進捗状況報告書" in history
    assert "基本目標3: 待機児童は減りました。" in history
    assert office.refused_by_slack() == []


def test_a_final_text_wants_a_reason_and_an_emptied_one_is_a_draft_again(
    office: Office, planner: Person
) -> None:
    page = planner.administers("報告 R6").message
    planner.clicks("確定", page)
    form = planner.clicks("文章を直す", planner.administers("報告 R6").message).view
    assert list(planner.sends(form, filled(goal1="直した"), force=True).errors) == ["why"]
    sent = {**filled(goal1="直した"), "why": {"typed": {"value": "意見による"}}}
    assert "評価の文は案" in words_of(planner.sends(form, sent).view)
    (row,) = office.rows("SELECT * FROM report_texts")
    assert (row["part"], row["reason"]) == ("1", "意見による")
    again = planner.clicks("文章を直す", planner.administers("報告 R6").message).view
    planner.sends(again, {field_named("1", row["id"]): {"typed": {"value": ""}}})
    assert texts(office.bot.desk.db, OF).edited == {}


def test_figures_that_move_after_an_edit_are_told_before_it_is_final(
    office: Office, planner: Person
) -> None:
    """Looked at and saved as it is, it can be made final."""
    form = planner.clicks("文章を直す", planner.administers("報告 R6").message).view
    planner.sends(form, filled(goal3="出生数は増えました。"))
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    approve(office, "U0PLANNER", made.id)
    page = planner.administers("報告 R6").message
    assert "文章を直した後に数値が変わりました（基本目標3）" in page["text"]
    assert "確定できません" in planner.clicks("確定", page).text
    form = planner.clicks("文章を直す", page).view
    assert "12人" in words_of(form)
    version = office.rows("SELECT max(id) AS id FROM report_texts")[0]["id"]
    same = {field_named("3", version): {"typed": {"value": "出生数は増えました。"}}}
    planner.sends(form, same)
    done = planner.clicks("確定", planner.administers("報告 R6").message).message
    assert "評価の文は確定" in done["text"]


def test_what_somebody_else_edited_meanwhile_is_not_written_over(
    office: Office, planner: Person, planner2: Person
) -> None:
    form = planner.clicks("文章を直す", planner.administers("報告 R6").message).view
    other = planner2.clicks("文章を直す", planner2.administers("報告 R6").message).view
    planner2.sends(other, filled(goal1="Bの文"))
    told = planner.sends(form, filled(goal1="Aの文"))
    assert "ほかの人が文章を変えた" in json.dumps(told.answer, ensure_ascii=False)
    assert texts(office.bot.desk.db, OF).edited["1"].text == "Bの文"


def test_the_files_come_to_the_planners_own_messages_once(office: Office, planner: Person) -> None:
    """Every form of it in one message, and one row of the audit."""
    page = planner.administers("報告 R6").message
    office.redelivered(lambda: planner.clicks("ファイルを受け取る", page, wait=0))
    assert soon(lambda: planner.inbox("ファイル5件を DM に送りました") != [], 60)
    (message,) = [each for each in planner.inbox() if each.get("files")]
    assert "（評価の文は案、締め前（判定は変わることがあります）、サンプル" in message["text"]
    names = [file["name"] for file in message["files"]]
    assert names == [f"{PLAN}-R6-report.{form}" for form in FORMATS]
    assert len(office.rows("SELECT * FROM audit WHERE act = 'export'")) == 1
    assert office.refused_by_slack() == []


def test_files_that_cannot_be_printed_are_told(
    office: Office, planner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.progress.press.PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr("reports.progress.press.press.__defaults__", (0.01,))
    page = planner.administers("報告 R6").message
    planner.clicks("ファイルを受け取る", page, wait=0)
    assert soon(lambda: planner.reads(planner.home, "ファイルを送れませんでした") != [], 20)


def test_who_comes_while_others_wait_is_asked_to_come_again(
    office: Office, planner: Person
) -> None:
    page = planner.administers("報告 R6").message
    presses = office.bot.desk.presses
    for _ in range(MOST_AT_REPORTS):
        presses.acquire()
    try:
        planner.clicks("ファイルを受け取る", page, wait=0)
        assert soon(lambda: planner.reads(planner.home, "ほかの報告書を作っている") != [])
    finally:
        for _ in range(MOST_AT_REPORTS):
            presses.release()


def test_the_first_phase_is_summed_up_in_the_documents_own_words(
    office: Office, planner: Person
) -> None:
    """`総括` means the plan that has ended; there is nothing to make final."""
    page = planner.administers("総括").message
    assert "第1期北本市総合戦略　計画期間総括" in page["text"]
    assert "評価の文は計画書のもの" in page["text"]
    assert "達成が8項目(34.8%)、向上が4項目(17.4%)、未達成が11項目(47.8%)" in page["text"]
    assert labels_of(page) == ["文章を直す", "ファイルを受け取る"]
    assert page["text"] == planner.administers("総括 第1期").message["text"]
    assert "計画期間の途中" in planner.administers(f"総括 {PLAN}").message["text"]
    assert "という計画はありません" in planner.administers("総括 第9期").text


@pytest.mark.parametrize("value", [None, "", "x", "progress|kitamoto-9|2024", f"whole|{PLAN}|²"])
def test_a_forged_report_is_an_old_button(
    office: Office, forger: Forger, value: str | None
) -> None:
    for action in ("report:edit", "report:finish", "report:files"):
        assert "このボタンは古いため使えません" in forger.click("U0PLANNER", action, value).text


def test_only_planners_edit_finish_and_take(office: Office, forger: Forger) -> None:
    before = office.business()
    for action in ("report:edit", "report:finish", "report:files"):
        told = forger.click("U0CHILD", action, f"progress|{PLAN}|2024").text
        assert "企画担当" in told
    assert office.business() == before
    assert office.denials() == [("U0CHILD", "administer")] * 3
