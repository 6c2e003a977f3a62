"""照会様式: issued by DM, filled in elsewhere, dropped back, previewed row by row, submitted by one button."""

from __future__ import annotations

import json

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from answers.sheet_words import wants_sheet
from store import departments, locks
from store.acts import By
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, button_of, is_a_sentence, labels_of
from tests.bot.sheeting import (
    PREVIEW,
    arrived,
    drops,
    filled,
    gets_sheet,
    new_in_round,
    previewed,
    sheets_of,
    shortly,
)
from tests.bot.test_authority import MEANWHILE
from tests.sandbox.hands import soon


def issued(office: Office) -> list[str]:
    return [row["department"] for row in office.rows("SELECT department FROM sheets ORDER BY id")]


@pytest.mark.parametrize(
    "words", ["様式", "照会様式 R6", "Excel", "ｅｘｃｅｌ こども課", "エクセル"]
)
def test_a_sheet_is_asked_for_in_these_words(words: str) -> None:
    """Anything else is a submission in words."""
    assert wants_sheet(words)
    assert not wants_sheet("1-1b R6 12人 様式")
    assert not wants_sheet("")


def test_a_department_gets_its_sheet_by_dm(office: Office, child: Person) -> None:
    """One file, one issue; the words go to who asked alone."""
    said = "R6実績の照会様式（こども課（サンプル）・11指標）を DM に送ります。"
    answer = child.submits("様式", channel="C0STAFF").saying(said)
    assert answer["ephemeral_to"] == "U0CHILD"
    (file,) = sheets_of(child)
    assert file["name"] == "照会様式_R6_こども課（サンプル）_第1版.xlsx"
    assert issued(office) == ["children"]
    assert office.refused_by_slack() == []


def test_an_issue_is_history(office: Office, child: Person) -> None:
    """It cannot be changed or deleted."""
    gets_sheet(child)
    for sql in ("UPDATE sheets SET version = 9", "DELETE FROM sheets"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            office.bot.desk.db.execute(sql)


def test_another_year_can_be_asked_for(child: Person) -> None:
    """What was approved of it stands in the sheet already, so that nothing changes."""
    preview = previewed(child, gets_sheet(child, "様式 R5"))
    assert "R5実績" in preview["text"]
    assert "変更はありません。" in preview["text"]


def test_a_command_that_comes_twice_issues_one_sheet(office: Office, child: Person) -> None:
    """And sends one file."""
    office.redelivered(lambda: child.submits("様式"))
    arrived(child)
    office.settles()
    assert len(sheets_of(child)) == 1
    assert issued(office) == ["children"]


def test_a_planner_chooses_among_departments_or_names_one(office: Office, planner: Person) -> None:
    """Staff of a department does not have to."""
    choice = planner.submits("様式").message
    assert len(labels_of(choice)) == 5
    planner.clicks("市民協働課（サンプル）", choice)
    arrived(planner)
    gets_sheet(planner, "様式 こども課 R6")
    assert issued(office) == ["civic", "children"]


@pytest.mark.parametrize(
    ("user", "words", "said"),
    [
        ("U0STAFF", "様式", "あなたの所属:"),
        ("U0STAFF", "様式 こども課", "その担当者と企画担当が受け取れます。"),
        ("U0WELFARE", "様式 こども課", "福祉健康課（サンプル）"),
        ("U0GUEST", "様式", "ゲストの方は利用できません。"),
    ],
)
def test_nobody_else_gets_it(office: Office, user: str, words: str, said: str) -> None:
    """A sentence and one audit row."""
    person = office.person(user)
    denied = office.denials()
    assert said in person.submits(words).text
    assert office.denials() == [*denied, (user, "submit")]
    assert issued(office) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("様式 ない課", "「ない課」という課は見つかりません。"),
        ("様式 R7", "まだ終わっていません"),
        ("様式 H20", "計画期間"),
    ],
)
def test_what_cannot_be_issued_is_said(
    office: Office, child: Person, words: str, said: str
) -> None:
    """With what was typed given back."""
    told = child.submits(words).text
    is_a_sentence(told)
    assert said in told
    assert f"/kpi-submit {words}" in told
    assert issued(office) == []


@pytest.mark.parametrize("effect", ["before", "after"])
def test_a_sheet_whose_sending_broke_off_stands_once(
    office: Office, child: Person, monkeypatch: pytest.MonkeyPatch, effect: str
) -> None:
    """The file of the first try is looked for before it is shared again."""
    shortly(monkeypatch)
    office.hands.arm("drop", method="files.completeUploadExternal", effect=effect)
    gets_sheet(child)
    assert soon(lambda: office.rows("SELECT 1 FROM sheet_work WHERE state = 'done'"))
    assert len(sheets_of(child)) == 1


def test_a_sheet_that_cannot_be_sent_is_said(
    office: Office, child: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the end, in the DM."""
    shortly(monkeypatch)
    office.hands.arm("error", method="files.getUploadURLExternal", error="internal_error", times=9)
    told = child.hears("様式を送れませんでした。", lambda: child.submits("様式"))
    is_a_sentence(told["text"])


VALUES = {"1-1b": 12, "1-1c": 250, "1-1a": "=SUM(1,2)", "1-2b": "公表待ち（10月予定）"}


def test_a_filled_sheet_is_previewed_row_by_row(office: Office, child: Person) -> None:
    """In the thread of the file; nothing is registered yet."""
    data = filled(gets_sheet(child), VALUES)
    before = office.business()
    preview = previewed(child, data)
    assert "新規 2件・要確認 1件・エラー 1件" in preview["text"]
    assert (
        "1-1a 市の子育て支援策が充実していると思う子育て世帯の割合　J12 計算式" in preview["text"]
    )
    assert labels_of(preview) == ["2件を提出", "要確認も含めて3件を提出", "取消"]
    assert preview["thread_ts"]
    assert {**office.business(), "outbox": 0} == {**before, "outbox": 0}
    assert office.refused_by_slack() == []


def test_one_button_submits_the_good_rows_at_once(
    office: Office, child: Person, planner: Person
) -> None:
    """Each by the ordinary way; the planners get one request for all."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    receipt = child.clicks("2件を提出", preview).message
    assert receipt["ts"] == preview["ts"]
    assert "2件を提出しました（確認中）" in receipt["text"]
    assert "要確認の1件は提出していません。" in receipt["text"]
    assert labels_of(receipt) == []
    office.settles()
    assert new_in_round(office) == ["1-1b", "1-2b"]
    (row,) = office.submissions("1-1b")
    assert (row["actor"], row["figures"], row["typed"]) == ("U0CHILD", "12", "12")
    (request,) = planner.inbox("承認のお願い")
    assert "1-1b" in request["text"]
    assert "1-2b" in request["text"]


def test_odd_rows_are_submitted_by_a_button_of_their_own(office: Office, child: Person) -> None:
    """What was odd is kept with them."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    child.clicks("要確認も含めて3件を提出", preview)
    (row,) = office.submissions("1-1c")
    assert "割合の範囲" in row["oddities"]


def test_dropping_a_preview_registers_nothing(office: Office, child: Person) -> None:
    """取消."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    assert "取り消しました" in child.clicks("取消", preview).message["text"]
    assert new_in_round(office) == []


def test_the_same_file_again_changes_nothing(office: Office, child: Person) -> None:
    """Everything in it is submitted."""
    data = filled(gets_sheet(child), {"1-1b": 12, "1-2b": "公表待ち（10月予定）"})
    child.clicks("2件を提出", previewed(child, data))
    again = previewed(child, data)
    assert "変更はありません。" in again["text"]
    assert labels_of(again) == []


def test_a_click_that_comes_twice_submits_once(office: Office, child: Person) -> None:
    """And a second one hears that it was done."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    office.redelivered(lambda: child.clicks("2件を提出", preview))
    assert soon(lambda: new_in_round(office) == ["1-1b", "1-2b"])
    other = office.rows("SELECT count(*) AS n FROM drafts WHERE used_at IS NOT NULL")
    assert other == [{"n": 1}]


def test_a_used_preview_is_used_up(office: Office, child: Person) -> None:
    """Two pages of one preview in two windows."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    with writing(office.bot.desk.db) as db:
        db.execute("UPDATE drafts SET used_at = created_at")
    assert "すでに処理済みです。" in child.clicks("2件を提出", preview).text
    assert new_in_round(office) == []


def test_a_file_whose_event_comes_twice_is_previewed_once(office: Office, child: Person) -> None:
    """Its id is what counts."""
    data = filled(gets_sheet(child), VALUES)
    office.redelivered(lambda: drops(child, data))
    assert soon(lambda: child.inbox(PREVIEW), 15)
    office.settles()
    assert len(child.inbox(PREVIEW)) == 1


def test_somebody_elses_preview_is_as_good_as_none(
    office: Office, child: Person, forger: Forger
) -> None:
    """A draft belongs to who dropped the file; each try is in the audit."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    draft = button_of(preview, "2件を提出")[1]["value"]
    for action in ("sheet_submit", "sheet_submit_odd", "sheet_drop", "sheet_page:on"):
        told = forger.click("U0CHILD2", action, f"{draft}|2" if "page" in action else draft)
        assert "この入力は期限が切れています。" in told.text
    assert new_in_round(office) == []
    assert office.denials() == [("U0CHILD2", "submit")] * 4


def test_a_sheet_of_many_rows_is_previewed_in_pages(office: Office, child: Person) -> None:
    """Turned in place, all rows submitted by one button."""
    give(office, "children", "2-1", "2-2", "2-3", "2-4", "2-6", "2-7", "4-5")
    data = gets_sheet(child)
    keys = office.rows("SELECT rows FROM sheets")[0]["rows"]
    values = dict.fromkeys(json.loads(keys), "公表待ち")
    preview = previewed(child, filled(data, values))
    turned = child.clicks("次のページ（2/2）", preview).message
    assert turned["ts"] == preview["ts"]
    assert labels_of(turned)[-1] == "前のページ（1/2）"
    count = len({key.partition("|")[0] for key in values})
    child.clicks(f"{count}件を提出", turned)
    assert len(new_in_round(office)) == count
    assert office.refused_by_slack() == []


def give(office: Office, department: str, *subjects: str) -> None:
    """Policies or indicators belong to a department from today."""
    with writing(office.bot.desk.db) as db:
        by = By("U0PLANNER", office.now, "test")
        departments.assign(db, by, "kitamoto-2", subjects, department, office.now.date())


def test_what_a_colleague_submitted_meanwhile_is_left_alone(
    office: Office, child: Person, child2: Person
) -> None:
    """That row is told, with who it was; the others are submitted."""
    preview = previewed(child, filled(gets_sheet(child), VALUES))
    child2.clicks("提出", child2.submits("1-1b R6 11人").message)
    receipt = child.clicks("2件を提出", preview).message["text"]
    assert "1件を提出しました" in receipt
    assert "<@U0CHILD2> さんが同じ指標を提出しました。" in receipt
    assert new_in_round(office) == ["1-2b"]


def test_an_indicator_that_went_to_another_department_is_told(
    office: Office, child: Person
) -> None:
    """Before the preview and after it."""
    data = filled(gets_sheet(child), VALUES)
    preview = previewed(child, data)
    give(office, "welfare", "1-1b")
    receipt = child.clicks("2件を提出", preview).message["text"]
    assert "福祉健康課（サンプル）の担当者ができます。" in receipt
    assert new_in_round(office) == ["1-2b"]
    assert office.denials() == [("U0CHILD", "submit")]
    assert "いまは福祉健康課（サンプル）です" in previewed(child, data)["text"]


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_what_counts_is_who_one_is_when_pressing(
    office: Office, child: Person, meanwhile: str
) -> None:
    """A preview carries no authority."""
    happens, sentence = MEANWHILE[meanwhile]
    preview = previewed(child, filled(gets_sheet(child), {"1-1b": 12}))
    happens(office)
    assert sentence in child.clicks("1件を提出", preview).text
    assert new_in_round(office) == []
    assert office.denials() == [("U0CHILD", "submit")]


def test_an_older_sheet_is_still_read_and_says_so(office: Office, child: Person) -> None:
    """With what a newer one has beside it."""
    data = gets_sheet(child)
    gets_sheet(child)
    said = previewed(child, filled(data, {"1-1b": 12}))["text"]
    assert "この様式は第1版です。" in said
    assert "行は同じなので、このまま読み取りました。" in said
    give(office, "children", "2-1a")
    gets_sheet(child)
    said = previewed(child, filled(data, {"1-1b": 12}))["text"]
    assert (
        "新しい様式（第3版、6/3発行）が発行されています。新しい様式で加わった指標: 2-1a。" in said
    )
    assert "新規 1件" in said


def test_a_planner_reports_by_proxy_and_is_told_so(office: Office, planner: Person) -> None:
    """Another planner approves it."""
    data = filled(gets_sheet(planner, "様式 こども課"), {"1-1b": 12})
    preview = previewed(planner, data)
    assert "代理入力" in preview["text"]
    planner.clicks("1件を提出", preview)
    office.settles()
    assert planner.inbox("承認のお願い") == []
    assert len(office.person("U0PLANNER2").inbox("承認のお願い")) == 1


def test_a_locked_collection_takes_no_sheet(office: Office, child: Person) -> None:
    """Whether it was locked before the file came or after its preview."""
    data = filled(gets_sheet(child), {"1-1b": 12})
    preview = previewed(child, data)
    lock(office)
    assert "締められている" in child.clicks("1件を提出", preview).text
    assert new_in_round(office) == []
    assert child.hears("締められている", lambda: drops(child, data, "様式2.xlsx"))


def lock(office: Office) -> None:
    """Two planners lock R6."""
    with writing(office.bot.desk.db) as db:
        first, second = (
            By(user, office.now, "test", "議会報告") for user in ("U0PLANNER", "U0PLANNER2")
        )
        asked = locks.propose(db, first, "kitamoto-2", 2024, "lock")
        locks.settle(db, second, asked.id, agreed=True)
