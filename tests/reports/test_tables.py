"""Excel and CSV files of somebody else's making, through the real reading process."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from reports.sheet.filled import UnreadableSheet
from reports.sheet.reading import read_tables
from reports.sheet.refusals import NO_TABLE_FILE, TABLE_SENTENCES
from reports.sheet.tables import MERGED, MOST_ROWS
from tests.reports.sheet_making import saved

CSV = '番号,R4\r\n1-1b,"1,392"\r\n'


def book() -> Workbook:
    """Two pages; numbers with formats, a formula, merged cells."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "KPI一覧"
    page.append(["番号", "R4", "R5"])
    page.append(["2-2", 0.655, "=A1"])
    page["B2"].number_format = "0.0%"
    page.append([None, 20.8, None])
    page.merge_cells("A2:A3")
    made.create_sheet("控え").append(["x"])
    return made


def test_cells_are_read_as_they_look_and_formulas_never_count() -> None:
    """Merged cells keep the first one's text and say that they are merged."""
    first, second = read_tables(saved(book()))
    assert (first.title, second.title, first.cut) == ("KPI一覧", "控え", False)
    assert [cell.text for cell in first.rows[1]] == ["2-2", "65.5%", ""]
    assert "計算式（=A1）" in (first.rows[1][2].trouble or "")
    assert [row[0].trouble for row in first.rows] == [None, MERGED, MERGED]
    assert first.rows[2][1].address == "B3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_csv_file_is_one_page_in_any_encoding_of_excel(encoding: str) -> None:
    """Quoted commas stay in their cell; tabs separate too."""
    (page,) = read_tables(CSV.encode(encoding))
    assert [[cell.text for cell in row] for row in page.rows] == [["番号", "R4"], ["1-1b", "1,392"]]
    (tabbed,) = read_tables("番号\tR4\n1-1b\t12\n".encode(encoding))
    assert [cell.text for cell in tabbed.rows[1]] == ["1-1b", "12"]


def test_a_long_table_is_cut_and_says_so() -> None:
    """Rather than read for ever."""
    (page,) = read_tables(("a,b\n" * (MOST_ROWS + 1)).encode())
    assert (len(page.rows), page.cut) == (MOST_ROWS, True)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", TABLE_SENTENCES["empty"]),
        (b"\x89PNG\r\n", NO_TABLE_FILE),
        (b"%PDF-1.7", NO_TABLE_FILE),
        (b"PK\x03\x04broken", NO_TABLE_FILE),
        (b"a" * 5000 + b"\x81", TABLE_SENTENCES["encoding"]),
        (b"a" * 6_000_000, TABLE_SENTENCES["too_big"]),
    ],
    ids=["empty", "image", "pdf", "broken", "encoding", "too big"],
)
def test_what_is_no_table_is_a_sentence(data: bytes, sentence: str) -> None:
    """It says what to do."""
    with pytest.raises(UnreadableSheet) as refused:
        read_tables(data)
    assert str(refused.value) == sentence
