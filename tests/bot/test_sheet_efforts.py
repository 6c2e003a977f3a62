"""取組内容 by the sheet: a page of its own, filled in, previewed apart, written by the same button."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from reports.sheet.form import EFFORT_COLUMNS, EFFORTS
from store import efforts
from store.acts import By
from store.db import writing
from store.efforts import Written
from store.remarks import Subject
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.bot.sheeting import filled as with_values
from tests.bot.sheeting import gets_sheet, previewed

PLACE = {column.key: number for number, column in enumerate(EFFORT_COLUMNS)}
ONE = Subject("indicator", "1-1b")


def filled(data: bytes, **rows: Mapping[str, Any]) -> bytes:
    """The sheet with the rows of these indicators filled in: 1_1b for 1-1b."""
    book = load_workbook(BytesIO(data))
    lines = {row[0].value: row for row in book[EFFORTS].iter_rows(min_row=5)}
    for name, cells in rows.items():
        for column, value in cells.items():
            lines[name.replace("_", "-").strip("-")][PLACE[column]].value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def entries(office: Office) -> list[tuple[Any, ...]]:
    found = office.rows(
        "SELECT subject, work, factors, direction, surface FROM efforts ORDER BY id"
    )
    return [tuple(row.values()) for row in found]


def on_record(office: Office, work: str, seen: int = 0) -> None:
    with writing(office.bot.desk.db) as db:
        by = By("U0CHILD2", office.now, "test")
        efforts.write(db, by, "kitamoto-2", 2024, ONE, "children", Written(work), seen)


def test_efforts_are_previewed_apart_and_written_by_the_button(
    office: Office, child: Person
) -> None:
    cells = {
        "work": "園を2か所ふやした",
        "factors": "申込みの増\n保育士の不足",
        "direction": "拡充",
    }
    data = with_values(filled(gets_sheet(child), _1_1b=cells), {"1-1b": "12人"})
    preview = previewed(child, data)
    assert "取組内容　新規 1件（承認は要りません）" in preview["text"]
    assert "拡充／園を2か所ふやした／申込みの増 保育士の不足" in preview["text"]
    assert entries(office) == []
    receipt = child.clicks("2件を提出", preview).message
    assert "取組内容を1件記録しました" in receipt["text"]
    wrote = ("1-1b", "園を2か所ふやした", "申込みの増\n保育士の不足", "expand", "sheet")
    assert entries(office) == [wrote]
    again = previewed(child, data)
    assert "取組内容 変更なし 1件: 1-1b" in again["text"]
    assert office.refused_by_slack() == []


def test_what_was_written_meanwhile_is_neither_emptied_nor_put_back(
    office: Office, child: Person
) -> None:
    """The sheet was issued with the old words; the page is left as it was."""
    on_record(office, "はじめの言葉")
    office.settles()
    data = gets_sheet(child)
    office.settles()
    on_record(office, "書き直した言葉", 1)
    assert labels_of(previewed(child, data)) == []
    preview = previewed(child, filled(data, _1_1b={"work": None, "direction": "継続"}))
    assert "変更 1件" in preview["text"]
    child.clicks("1件を提出", preview)
    assert entries(office)[-1] == ("1-1b", "書き直した言葉", None, "continue", "sheet")


def test_what_cannot_be_taken_is_told_with_its_cell(office: Office, child: Person) -> None:
    data = filled(gets_sheet(child), _1_1b={"direction": "がんばる"}, _1_1a={"work": "=1+1"})
    text = previewed(child, data)["text"]
    assert "今後の方向性は、拡充・継続・見直し・廃止 のどれかを選んでください。" in text
    assert "計算式" in text
    assert "提出できる行がありません" in text


def test_what_changed_after_the_preview_is_not_overwritten(office: Office, child: Person) -> None:
    preview = previewed(child, filled(gets_sheet(child), _1_1b={"work": "様式の言葉"}))
    on_record(office, "画面の言葉")
    receipt = child.clicks("1件を提出", preview).message
    assert "ほかの人が同じ年度の取組内容を書きました" in receipt["text"]
    assert [row[1] for row in entries(office)] == ["画面の言葉"]


def test_an_older_sheet_without_the_page_is_still_read(office: Office, child: Person) -> None:
    book = load_workbook(BytesIO(with_values(gets_sheet(child), {"1-1b": "12人"})))
    del book[EFFORTS]
    buffer = BytesIO()
    book.save(buffer)
    preview = previewed(child, buffer.getvalue())
    assert "1件を提出" in labels_of(preview)
    assert "取組内容" not in preview["text"]
