"""意見 by Excel: a sheet for planners, filled in, previewed row by row, recorded once by one button."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from reports.sheet.opinion_form import OPINION_COLUMNS
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.bot.sheeting import content_of, drops, files_of
from tests.bot.test_remarks import entered
from tests.sandbox.hands import Json, soon

PLACE = {column.key: number for number, column in enumerate(OPINION_COLUMNS)}
PREVIEW = "意見の様式の確認"
ONE = {
    "body": "有識者",
    "held_on": datetime(2025, 5, 26),  # noqa: DTZ001  # as Excel has it
    "subject": "1-1b 保育所（園）待機児童数",
    "text": "受け皿の内訳を示すこと",
    "due": "R7.6.13",
}
WHOLE = {**ONE, "subject": "計画全体", "text": "指標が多すぎる", "department": "企画担当"}


def gets(planner: Person, meeting: str = "すべての会議", words: str = "意見 様式") -> bytes:
    """Ask for a sheet; the file that comes."""
    before = len(sent(planner))
    planner.clicks(meeting, planner.administers(words).message)
    assert soon(lambda: len(sent(planner)) > before), planner.inbox()
    return content_of(sent(planner)[-1])


def sent(planner: Person) -> list[Json]:
    return [file for file in files_of(planner) if file["name"].startswith("意見の様式_")]


def filled(data: bytes, *rows: Mapping[str, Any], **by_key: Mapping[str, Any]) -> bytes:
    """The sheet with its free rows filled in, and those of opinions: opinion_1 for #1."""
    book = load_workbook(BytesIO(data))
    keys = {row[0].value: row for row in book.worksheets[0].iter_rows()}
    wanted = {f"free:{n}": cells for n, cells in enumerate(rows, 1)}
    wanted |= {name.replace("_", ":"): cells for name, cells in by_key.items()}
    for key, cells in wanted.items():
        for column, value in cells.items():
            keys[key][PLACE[column]].value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def previewed(planner: Person, data: bytes) -> Json:
    return planner.hears(PREVIEW, lambda: drops(planner, data, "意見.xlsx"))


def on_record(office: Office) -> list[tuple[Any, ...]]:
    found = office.rows(
        "SELECT body, held_on, kind, subject, text, department, due, surface FROM opinions ORDER BY id"
    )
    return [tuple(row.values()) for row in found]


def test_opinions_are_entered_by_a_sheet_and_their_owners_hear_of_all_at_once(
    office: Office, planner: Person, child: Person
) -> None:
    page = planner.administers("意見").message
    assert "Excelで入力" in labels_of(page)
    assert "Excelで入力" not in labels_of(child.asks("意見").message)
    second = {**ONE, "subject": "1-1a", "text": "+1 ＜<!here>＞と言われた", "kind": "指標"}
    data = filled(gets(planner), ONE, WHOLE, second)
    preview = previewed(planner, data)
    assert "新規 3件" in preview["text"]
    assert "担当 こども課（サンプル）　期限 6/13" in preview["text"]
    assert "受け皿の内訳を示すこと" in preview["text"]
    assert on_record(office) == []
    receipt = planner.clicks("3件を記録", preview).message
    assert "意見 3件を記録しました" in receipt["text"]
    panel = ("panel", "2025-05-26")
    assert on_record(office) == [
        (*panel, "indicator", "1-1b", ONE["text"], "children", "2025-06-13", "sheet"),
        (*panel, "whole", "", "指標が多すぎる", None, "2025-06-13", "sheet"),
        (
            *panel,
            "indicator",
            "1-1a",
            "+1 ＜<!here>＞と言われた",
            "children",
            "2025-06-13",
            "sheet",
        ),
    ]
    office.settles()
    (asked,) = child.inbox("意見への対応をお願いします")
    assert "（2件）" in asked["text"]
    assert child.home_says("対応を書く意見 2件")
    assert office.refused_by_slack() == []


def test_a_file_that_is_sent_again_records_nothing_twice(office: Office, planner: Person) -> None:
    data = filled(gets(planner), ONE, WHOLE)
    first, second = previewed(planner, data), previewed(planner, data)
    office.redelivered(lambda: planner.clicks("2件を記録", first))
    lapsed = planner.clicks("2件を記録", second).message
    assert "同じ意見が #1 として記録されました" in lapsed["text"]
    third = previewed(planner, data)
    assert "変更なし 2件" in third["text"]
    assert "記録済み（変更なし）: #1 #2" in third["text"]
    assert labels_of(third) == []
    assert len(on_record(office)) == 2


def test_what_is_on_record_comes_with_its_number_and_is_answered_in_the_file(
    office: Office, planner: Person, planner2: Person, child: Person
) -> None:
    entered(planner)
    entered(planner, "whole:", text="指標が多すぎる")
    data = gets(planner2, "外部有識者による会議", "意見 様式 R6")
    rows = load_workbook(BytesIO(data)).worksheets[0]
    (line,) = [r for r in rows.iter_rows(values_only=True) if r[0] == "opinion:1"]
    assert line[1:4] == ("#1", "外部有識者による会議", datetime(2025, 5, 26))  # noqa: DTZ001
    assert line[5:] == (
        "1-1b 保育所（園）待機児童数",
        "受け皿の内訳を示すこと",
        "こども課（サンプル）",
        datetime(2025, 6, 13),  # noqa: DTZ001
        None,
    )
    done = filled(data, opinion_1={"answer": "内訳を公表した"}, opinion_2={"text": "減らすこと"})
    preview = previewed(planner2, done)
    assert "対応 1件・エラー 1件" in preview["text"]
    assert "#2 の意見は、このファイルでは直せません" in preview["text"]
    planner2.clicks("1件を記録", preview)
    answers = office.rows("SELECT opinion, text, surface FROM opinion_answers")
    assert answers == [{"opinion": 1, "text": "内訳を公表した", "surface": "sheet"}]
    office.settles()
    assert planner.inbox("意見への対応が書かれました")
    assert "変更なし 1件" in previewed(planner2, done)["text"]


def test_every_mistake_is_told_with_its_cell_and_what_was_typed(
    office: Office, planner: Person
) -> None:
    wrong = {
        "body": "市議会",
        "held_on": "先週",
        "kind": "目標",
        "subject": "1-1b",
        "text": "=HYPERLINK(1)",
        "department": "<!channel>課",
        "due": "R7.5.1",
    }
    late = {**ONE, "due": datetime(2025, 5, 1)}  # noqa: DTZ001
    preview = previewed(planner, filled(gets(planner), wrong, late, ONE, ONE))
    text = preview["text"]
    assert "新規 1件・エラー 3件" in text
    for said in (
        "「市議会」という会議はありません",
        "「先週」は日付として読み取れません",
        "種類「目標」が対象と合いません",
        "計算式（=HYPERLINK(1)）です",
        "「&lt;!channel&gt;課」という課はありません",
        "期限が会議の日より前です",
        "行目と同じ意見です",
    ):
        assert said in text
    receipt = planner.clicks("1件を記録", preview).message
    assert "「市議会」という会議はありません" in receipt["text"]
    assert "直して同じファイルを送れば、残りだけを記録します。" in receipt["text"]
    assert len(on_record(office)) == 1
    assert office.refused_by_slack() == []


@pytest.mark.parametrize("user", ["U0CHILD", "U0STAFF"])
def test_nobody_else_has_a_sheet_read(office: Office, planner: Person, user: str) -> None:
    data = filled(gets(planner), ONE)
    person = office.person(user)
    before, denied = office.business(), office.denials()
    told = person.hears("この操作は企画担当ができます。", lambda: drops(person, data))
    assert "受け皿" not in told["text"]
    assert office.denials() == [*denied, (user, "administer")]
    assert {**office.business(), "outbox": 0} == {**before, "outbox": 0}


def test_whoever_is_no_planner_any_more_records_nothing(
    office: Office, planner2: Person, forger: Forger
) -> None:
    preview = previewed(planner2, filled(gets(planner2), ONE))
    draft = preview["blocks"][-1]["elements"][0]["value"]
    with writing(office.bot.desk.db) as db:
        db.execute(
            "INSERT INTO planners(user, active, at, actor, surface) VALUES ('U0PLANNER2', 0, ?, 'x', 'shell')",
            [office.now.isoformat()],
        )
    told = forger.click("U0PLANNER2", "sheet_submit", draft, twice=True)
    assert "企画担当ができます" in told.text
    assert on_record(office) == []
    assert office.denials() == [("U0PLANNER2", "administer")]


def test_words_narrow_the_choice_of_sheets_down(office: Office, planner: Person) -> None:
    """Words that name nothing come back; a year without figures has no sheet."""
    every = ["北本市行政経営会議", "外部有識者による会議", "すべての会議", "R5", "R4"]
    assert labels_of(planner.administers("意見 様式").message) == every
    page = planner.administers("意見　エクセル 令和5年度 有識者 ほげ").message
    assert "R5実績" in page["text"]
    assert "「ほげ」は読み取れませんでした" in page["text"]
    assert labels_of(page) == ["外部有識者による会議", "R6", "R4"]
    assert "R9の様式はありません" in planner.administers("意見 様式 R9").text


def test_a_sheet_asked_for_in_a_modal_comes_and_nothing_is_said_to_have_failed(
    office: Office, planner: Person
) -> None:
    entered(planner, "whole:")
    assert planner.home_says("対応を書く意見")
    before, heard = len(sent(planner)), len(planner.inbox())
    planner.presses(planner.at_home(), "意見をすべて見る")
    assert soon(planner.forms)
    planner.presses(planner.form(), "Excelで入力")
    assert soon(lambda: "すべての会議" in labels_of(planner.form()))
    planner.presses(planner.form(), "すべての会議")
    assert soon(lambda: len(sent(planner)) > before), planner.inbox()
    office.settles()
    assert [m["text"] for m in planner.inbox()[heard:] if not m.get("files")] == []
    assert office.refused_by_slack() == []


@pytest.mark.parametrize(
    "value", ["x", "kitamoto-2|2024|council", "kitamoto-2|2031|all", "a|b|c|d"]
)
def test_a_forged_button_issues_nothing(office: Office, forger: Forger, value: str) -> None:
    assert "古いため" in forger.click("U0PLANNER", "opinion_sheet:all", value).text
    assert office.rows("SELECT * FROM opinion_sheets") == []
