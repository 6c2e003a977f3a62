"""A sheet as it is issued: what can be typed where, how it prints, and that no text does anything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.sheet.form import COLUMNS, GUIDE, META, checksum
from reports.sheet.writing import write_sheet
from tests.reports.sheet_making import COLUMN, FIRST, FORM, ROW, TABLE, opened, parts_of

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=WEBSERVICE("http://example.com")',
    "http://example.com",
    "mailto:a@example.com",
    "internal:Sheet1!A1",
    "\t=1",
    "{=1}",
    "12",
)


@pytest.fixture
def page() -> Worksheet:
    """The table's page."""
    found = opened(write_sheet(FORM)).worksheets[0]
    assert isinstance(found, Worksheet)
    return found


def test_only_the_inputs_can_be_typed_in(page: Worksheet) -> None:
    """The page is protected, and every other cell of the table is locked."""
    assert page.protection.sheet
    for row in page.iter_rows(min_row=FIRST, max_row=FIRST + len(FORM.rows) - 1):
        unlocked = {COLUMNS[n].key for n, cell in enumerate(row) if not cell.protection.locked}
        assert unlocked == {"value", "period", "source", "note"}


def test_it_prints_on_a4_landscape_one_page_wide_with_its_headings_repeated(
    page: Worksheet,
) -> None:
    """However many pages long."""
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    # One page wide is what the format means by silence.
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"
    assert page.freeze_panes == f"D{FIRST}"


def test_the_ids_are_hidden_and_codes_are_shown(page: Worksheet) -> None:
    """Column A is for the reader, column B for people."""
    assert page.column_dimensions["A"].hidden
    assert page.cell(FIRST, 1).value == "1-1b"
    assert page.cell(FIRST, 2).value == "1-1b"


def test_every_heading_stands_over_its_column(page: Worksheet) -> None:
    """As the reader looks for them."""
    said = [cell.value for cell in page[FIRST - 1]]
    assert said == [column.heading for column in COLUMNS]


def test_the_meta_page_cannot_be_shown_by_hand() -> None:
    """It says which issue this is, and by a checksum for which rows."""
    book = opened(write_sheet(FORM))
    page = book[META]
    assert page.sheet_state == "veryHidden"
    meta = {row[0]: row[1] for row in page.iter_rows(values_only=True)}
    assert meta["sheet"] == FORM.sheet
    assert (meta["plan"], meta["collection"]) == ("kitamoto-2", "2024")
    assert meta["issued"] == "2025-06-03"
    assert meta["checksum"] == checksum(["1-1b", "1-1c", "3-3a", "4-1a"])
    assert book.sheetnames == ["R6照会様式", GUIDE, META]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    """In any cell, whoever wrote it into the plan, a source or a reason."""
    texts: dict[str, Any] = dict.fromkeys(
        ("name", "definition", "before", "target", "value", "source", "note", "state"), text
    )
    form = replace(FORM, title=text, facts=(("計画", text),), rows=(replace(ROW, **texts),))
    data = write_sheet(form)
    page = opened(data).worksheets[0]
    top = len(form.facts) + 4
    for key in texts:
        cell = page.cell(top, COLUMN[key])
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    parts = parts_of(data)
    assert b"<f>" not in parts[TABLE]
    assert b"<hyperlink" not in parts[TABLE]
    assert not any("_rels/sheet" in name for name in parts)


def test_a_ratio_is_a_cell_of_text_and_a_count_shows_its_unit(page: Worksheet) -> None:
    """100:100 must not become a time; a % cell has no format of ours, so that Excel gives its own."""
    formats = [page.cell(FIRST + n, COLUMN["value"]).number_format for n in range(3)]
    assert formats == ['General"人";"△"General"人"', "General", "@"]


def test_what_was_submitted_stands_as_a_number(page: Worksheet) -> None:
    """So that it can be told whether it was changed."""
    cell = page.cell(FIRST + 3, COLUMN["value"])
    assert (cell.value, cell.data_type) == (3, "n")


def test_words_can_be_typed_where_a_value_is_wanted(page: Worksheet) -> None:
    """公表待ち is an answer too: values and years are told how, only lengths are enforced."""
    kinds = {}
    for rule in page.data_validations.dataValidation:
        column = COLUMNS[next(iter(rule.sqref.ranges)).min_col - 1].key
        kinds[column] = (rule.type or "any", bool(rule.showErrorMessage))
    assert kinds == {
        "value": ("any", True),
        "period": ("list", False),
        "source": ("textLength", True),
        "note": ("textLength", True),
    }


def test_choices_are_offered_and_other_words_still_taken() -> None:
    """済 or 未 from a list, 公表待ち by hand."""
    form = replace(FORM, rows=(replace(ROW, choices=("済", "未")),))
    (rule,) = (
        rule
        for rule in opened(write_sheet(form)).worksheets[0].data_validations.dataValidation
        if next(iter(rule.sqref.ranges)).min_col == COLUMN["value"]
    )
    assert (rule.type, rule.formula1) == ("list", '"済,未"')
    assert not rule.showErrorMessage


def test_the_same_form_is_the_same_file() -> None:
    """To the byte: nothing in it is of the moment it was written."""
    assert write_sheet(FORM) == write_sheet(FORM)


def test_a_long_text_gets_a_row_high_enough(page: Worksheet) -> None:
    """Excel does not make room by itself for what was written by a program."""
    long = replace(ROW, note="数え方を変えました。" * 20, value=Decimal("1"))
    higher = opened(write_sheet(replace(FORM, rows=(long,)))).worksheets[0]
    plain = page.row_dimensions[FIRST].height
    assert plain is not None
    assert higher.row_dimensions[FIRST].height > 3 * plain
