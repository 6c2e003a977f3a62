"""A sheet as it comes back: found by what it says, wherever people moved it, and its cells by address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from reports.sheet.form import META
from reports.sheet.reading import read_sheet
from reports.sheet.refusals import Refused
from reports.sheet.writing import write_sheet
from tests.reports.sheet_making import (
    COLUMN,
    FIRST,
    FORM,
    ROW,
    cell_of,
    changed,
    filled_in,
    parts_of,
    read,
    saved,
    with_part,
)


def test_what_was_issued_is_read_back() -> None:
    """Which issue it is, its rows in order, prefilled cells with their addresses."""
    found = read_sheet(write_sheet(FORM))
    assert found.meta["sheet"] == FORM.sheet
    assert [row.key for row in found.rows] == ["1-1b", "1-1c", "3-3a", "4-1a"]
    assert [row.number for row in found.rows] == [FIRST, FIRST + 1, FIRST + 2, FIRST + 3]
    given = found.rows[3].cells
    assert (given["value"].address, given["value"].text) == (f"J{FIRST + 3}", "3")
    assert (given["period"].text, given["source"].text) == ("R6", "")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (12, "12"),
        ("公表待ち（10月予定）", "公表待ち（10月予定）"),
        ("１２人", "１２人"),
        (1.5, "1.5"),
    ],
)
def test_what_was_typed_is_read(typed: Any, text: str) -> None:
    """Numbers and words alike."""
    assert cell_of(filled_in({"1-1b": typed}), "1-1b") == (text, None)


def test_a_percentage_that_excel_made_is_read_as_it_shows() -> None:
    """12.5% typed into a cell without a format holds 0.125."""

    def fill(page: Any, _: Workbook) -> None:
        cell = page.cell(FIRST + 1, COLUMN["value"])
        cell.value, cell.number_format = 0.125, "0.00%"

    assert cell_of(changed(fill), "1-1c") == ("12.50%", None)


def test_a_ratio_that_became_a_time_is_told_by_its_address() -> None:
    """100:100 in a cell that is not of text is 4 days, 5:40."""
    text, trouble = cell_of(filled_in({"3-3a": timedelta(days=4, hours=5, minutes=40)}), "3-3a")
    assert (text, "比は `95:100`" in (trouble or "")) == ("", True)


def test_a_reference_day_typed_as_a_date_is_a_day() -> None:
    """In the column of periods."""
    data = filled_in({"1-1b": datetime.fromisoformat("2025-04-01")}, "period")
    assert cell_of(data, "1-1b", "period") == ("2025-04-01", None)


def test_a_formula_is_not_taken_for_the_value_that_the_file_claims() -> None:
    """Whatever was cached for it."""
    assert "計算式（=1+1）" in (cell_of(filled_in({"1-1b": "=1+1"}), "1-1b")[1] or "")


def test_a_renamed_tab_is_found() -> None:
    """Also when a tab of their own stands before it."""

    def rename(page: Any, book: Workbook) -> None:
        page.title = "こども課 提出用"
        book.create_sheet("メモ", 0)

    assert len(read(changed(rename)).rows) == 4


def test_the_meta_page_is_found_under_another_name() -> None:
    """By its first cell."""
    assert read(changed(lambda _, book: setattr(book[META], "title", "x"))).meta["version"] == "1"


def test_moved_columns_are_found_by_their_headings() -> None:
    """A column of their own before the inputs; the addresses are those of now."""
    data = changed(lambda page, _: page.insert_cols(COLUMN["value"]))
    (row,) = (row for row in read(data).rows if row.key == "4-1a")
    assert (row.cells["value"].address, row.cells["value"].text) == (f"K{FIRST + 3}", "3")


def test_sorted_and_deleted_rows_are_what_is_there() -> None:
    """The hidden id says what a row is of, not its place."""
    data = changed(lambda page, _: page.delete_rows(FIRST, 2))
    assert [row.key for row in read(data).rows] == ["3-3a", "4-1a"]


def test_a_row_that_somebody_added_is_told_of() -> None:
    """It has no id; a row without one and without a word is nothing."""

    def add(page: Any, _: Workbook) -> None:
        page.cell(FIRST + 4, COLUMN["name"]).value = "小計"
        page.cell(FIRST + 5, COLUMN["value"]).value = 99

    rows = read(changed(add)).rows
    assert [(row.key, row.number) for row in rows[4:]] == [("", FIRST + 5)]


def test_merged_inputs_are_told_by_each_address() -> None:
    """Only one of them keeps its value, which nobody sees."""

    def merge(page: Any, _: Workbook) -> None:
        page.merge_cells(f"J{FIRST}:J{FIRST + 1}")

    data = changed(merge)
    for key in ("1-1b", "1-1c"):
        assert "結合" in (cell_of(data, key)[1] or "")
    assert cell_of(data, "4-1a") == ("3", None)


def test_a_hidden_id_that_is_a_number_is_still_text() -> None:
    """Somebody overwrote it."""
    data = changed(lambda page, _: setattr(page.cell(FIRST, 1), "value", 11))
    assert read(data).rows[0].key == "11"


REFUSED: dict[str, tuple[Any, str]] = {
    "another book": (lambda page, book: book.remove(book[META]), "foreign"),
    "no heading row": (lambda page, book: page.delete_rows(FIRST - 1), "no_table"),
    "no ids": (lambda page, book: page.delete_cols(1), "no_table"),
    "the page twice": (lambda page, book: book.copy_worksheet(page), "two_tables"),
    "no column of values": (lambda page, book: page.delete_cols(COLUMN["value"]), "columns"),
    "two columns of notes": (
        lambda page, book: setattr(page.cell(FIRST - 1, COLUMN["source"]), "value", "備考"),
        "columns",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_sheet_that_cannot_be_read_is_refused(what: str) -> None:
    """With the word for its sentence."""
    change, reason = REFUSED[what]
    with pytest.raises(Refused) as refused:
        read(changed(change))
    assert refused.value.reason == reason


def test_a_foreign_workbook_is_refused() -> None:
    """Made by somebody, for something else."""
    book = Workbook()
    book.worksheets[0]["A1"] = "実績"
    with pytest.raises(Refused, match="foreign"):
        read(saved(book))


def test_a_text_with_its_furigana_is_read_without_it() -> None:
    """Japanese Excel keeps the reading beside the text; it is no part of what was typed."""
    plain = write_sheet(replace(FORM, rows=(replace(ROW, source="集計"),)))
    read_aloud = '<t>集計</t><rPh sb="0" eb="2"><t>シュウケイ</t></rPh>'.encode()

    def with_reading(body: bytes) -> bytes:
        return body.replace("<t>集計</t>".encode(), read_aloud)

    data = with_part("xl/sharedStrings.xml", with_reading, plain)
    assert read_aloud in parts_of(data)["xl/sharedStrings.xml"]
    assert cell_of(data, "1-1b", "source") == ("集計", None)
