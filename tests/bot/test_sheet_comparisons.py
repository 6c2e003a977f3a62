"""比較値 by the sheet: a page of their own, filled in, previewed apart, recorded by the same button."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from reports.sheet.form import COMPARED, COMPARED_COLUMNS
from store import comparisons
from store.acts import By
from store.comparisons import SeriesValues
from store.db import writing
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.bot.sheeting import gets_sheet, previewed
from tests.bot.test_sheets import give
from tests.sandbox.hands import soon

PLACE = {column.key: number for number, column in enumerate(COMPARED_COLUMNS)}
FIRST = 5
GIVEN = {"code": "1-1b", "place": "桶川市", "period": "R5", "value": "８人", "source": "県資料"}


def filled(data: bytes, *rows: Mapping[str, Any], free: int = 1) -> bytes:
    """The sheet with free rows of comparisons filled in."""
    book = load_workbook(BytesIO(data))
    page = book[COMPARED]
    lines = {row[0].value: row for row in page.iter_rows(min_row=FIRST)}
    for n, row in enumerate(rows, free):
        for column, value in row.items():
            lines[f"free:{n}"][PLACE[column]].value = value
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def entries(office: Office) -> list[tuple[str, str, str, str]]:
    rows = office.rows("SELECT indicator, place, period, value FROM comparisons ORDER BY id")
    return [(r["indicator"], r["place"], r["period"], r["value"]) for r in rows]


def on_record(office: Office, value: str = "8") -> None:
    """Somebody enters a comparison of 1-1b."""
    with writing(office.bot.desk.db) as db:
        by = By("U0PLANNER", office.now, "test")
        values: SeriesValues = {None: Decimal(value)}
        comparisons.record(db, by, "kitamoto-2", "1-1b", "桶川市", "FY2023", values, "県資料")


def test_a_comparison_is_previewed_apart_and_recorded_by_the_button(
    office: Office, child: Person, staff: Person
) -> None:
    data = filled(gets_sheet(child), GIVEN)
    preview = previewed(child, data)
    assert "比較値　新規 1件" in preview["text"]
    assert entries(office) == []
    receipt = child.clicks("1件を提出", preview).message
    assert "比較値を1件記録しました" in receipt["text"]
    assert entries(office) == [("1-1b", "桶川市", "FY2023", "8")]
    assert "桶川市 8人（R5、県資料）" in staff.asks("1-1b").text
    again = previewed(child, data)
    assert "比較値 変更なし 1件: 1-1b" in again["text"]
    assert labels_of(again) == []
    assert office.refused_by_slack() == []


def test_what_is_on_record_stands_in_the_sheet_and_changes_nothing(
    office: Office, child: Person
) -> None:
    on_record(office, "8.50")
    data = gets_sheet(child)
    assert "比較値 変更なし 1件" in previewed(child, data)["text"]
    book = load_workbook(BytesIO(data))
    (row,) = (r for r in book[COMPARED].iter_rows() if r[0].value == "1-1b||桶川市")
    row[PLACE["value"]].value = 9
    preview = previewed(child, saved(book))
    assert "変更 1件" in preview["text"]
    child.clicks("1件を提出", preview)
    assert entries(office)[-1] == ("1-1b", "桶川市", "FY2023", "9")


def test_a_click_that_comes_twice_records_once(office: Office, child: Person) -> None:
    preview = previewed(child, filled(gets_sheet(child), GIVEN))
    office.redelivered(lambda: child.clicks("1件を提出", preview))
    assert soon(lambda: entries(office))
    office.settles()
    assert len(entries(office)) == 1


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a formula": ({"value": "=1+1"}, "計算式"),
    "no source": ({"source": None}, "出典を書いてください。"),
    "no year": ({"period": None}, "何年度の値か"),
    "another department's indicator": ({"code": "2-1a"}, "この様式の指標ではありません。"),
    "another unit": ({"value": "8件"}, "8件"),
    "no place": ({"place": None}, "どこの値か"),
    "a series that is none": ({"series": "男性"}, "系列"),
    "a mark of ours": ({"place": "a|b"}, "「|」"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_cell_that_cannot_be_taken_is_told(office: Office, child: Person, what: str) -> None:
    """With its address; the good row beside it is still taken."""
    change, said = WRONG[what]
    good = {**GIVEN, "place": "鴻巣市"}
    data = filled(gets_sheet(child), {**GIVEN, **change}, good)
    preview = previewed(child, data)
    assert said in preview["text"]
    assert "新規 1件・エラー 1件" in preview["text"]
    child.clicks("1件を提出", preview)
    assert [entry[1] for entry in entries(office)] == ["鴻巣市"]


def test_a_changed_id_is_told(office: Office, child: Person) -> None:
    on_record(office)
    book = load_workbook(BytesIO(gets_sheet(child)))
    (row,) = (r for r in book[COMPARED].iter_rows() if r[0].value == "1-1b||桶川市")
    row[0].value = "1-1c||桶川市"
    said = previewed(child, saved(book))["text"]
    assert f"B{row[0].row} A列の管理番号と、番号・系列・比較先が合いません。" in said


def test_a_renamed_page_is_found_and_an_old_sheet_has_none(child: Person) -> None:
    data = filled(gets_sheet(child), GIVEN)
    book = load_workbook(BytesIO(data))
    book[COMPARED].title = "よその値"
    assert "比較値　新規 1件" in previewed(child, saved(book))["text"]
    book.remove(book["よその値"])
    assert "比較値" not in previewed(child, saved(book))["text"]


def test_who_may_is_decided_when_pressing(office: Office, child: Person) -> None:
    preview = previewed(child, filled(gets_sheet(child), GIVEN))
    give(office, "welfare", "1-1b")
    said = child.clicks("1件を提出", preview).message["text"]
    assert "定義と比較値の記入は担当課の担当者と企画担当ができます。" in said
    assert entries(office) == []
    assert office.denials() == [("U0CHILD", "describe")]


def test_what_changed_meanwhile_is_left_alone(office: Office, child: Person) -> None:
    preview = previewed(child, filled(gets_sheet(child), GIVEN))
    on_record(office, "7")
    said = child.clicks("1件を提出", preview).message["text"]
    assert "プレビューの後にこの比較値が変わりました。" in said
    assert len(entries(office)) == 1
