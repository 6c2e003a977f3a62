"""比較値 of a whole plan, through a sheet and back: what nobody touched changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from answers.sheet_compared import FREE_ROWS, compared_rows
from answers.sheet_comparing import judge_compared
from answers.sheet_form import sheet_form
from answers.sheet_rows import RowState
from reports.sheet.filled import Filled
from reports.sheet.form import COMPARED, COMPARED_COLUMNS, ComparedRow
from reports.sheet.reading import read_sheet
from reports.sheet.writing import write_sheet
from store.comparisons import Comparison
from tests.answers.city import City
from tests.answers.sheets import issue
from tests.reports.sheet_making import FORM, opened, saved

HELD = "近隣市平均"


def test_a_whole_plan_comes_back_as_it_went(bare: City) -> None:
    """Every indicator and series, through the confined process; no row is told as wrong."""
    desk = issue(bare, None)
    seen = bare.outlook(2024)
    held = {
        i.id: (
            Comparison(
                HELD, "FY2023", {s: Decimal(1) for s in i.series_names}, "資料", "U0", "2025"
            ),
        )
        for i in bare.plan.indicators
    }
    filled = read_sheet(write_sheet(sheet_form(desk.issued, seen, "全課", [], held)))
    judged = judge_compared(filled, seen, held, lambda _: None)
    assert {each.state for each in judged} == {RowState.UNCHANGED}
    assert [each.indicator for each in judged] == [i.id for i in bare.plan.indicators]


def test_those_judged_by_comparison_have_rows_for_country_and_prefecture(bare: City) -> None:
    """Unless they are on record under their own names; free rows stand below."""
    found = next(i for i in bare.plan.indicators if "comparison" in i.basis)
    none = compared_rows([found], {})
    assert dict.fromkeys(r.place for r in none if not r.free) == dict.fromkeys(
        ["全国平均", "都道府県平均"]
    )
    assert sum(r.free for r in none) == FREE_ROWS
    values = {s: Decimal(1) for s in found.series_names}
    held = {found.id: (Comparison("埼玉県平均", "FY2023", values, "資料", "U0", "2025"),)}
    places = {r.place for r in compared_rows([found], held) if not r.free}
    assert places == {"埼玉県平均", "全国平均"}
    other = next(i for i in bare.plan.indicators if "comparison" in i.basis and i is not found)
    assert "埼玉県平均" in {r.place for r in compared_rows([other], held)}


def page_of(*rows: ComparedRow) -> Worksheet:
    found = opened(written(*rows))[COMPARED]
    assert isinstance(found, Worksheet)
    return found


def written(*rows: ComparedRow) -> bytes:
    return write_sheet(replace(FORM, compared=rows))


GIVEN = ComparedRow("1-1b||県", "1-1b", "待機児童", "", "県", "R5", Decimal(8), "=1+1")
FREE = ComparedRow("free:1")


def test_only_inputs_can_be_typed_in_and_text_stays_text() -> None:
    """On A4 landscape, one page wide; a free row takes its indicator and place too."""
    page = page_of(GIVEN, FREE)
    assert page.protection.sheet
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    lines = list(page.iter_rows(min_row=5, max_row=6))
    open_cells = [
        {COMPARED_COLUMNS[n].key for n, c in enumerate(line) if not c.protection.locked}
        for line in lines
    ]
    inputs = {"period", "value", "source"}
    assert open_cells == [inputs, inputs | {"code", "series", "place"}]
    assert (lines[0][7].value, lines[0][7].data_type) == ("=1+1", "s")


def spoiled(change: Callable[[Worksheet], object]) -> Filled:
    """The page after somebody did something to it."""
    book = opened(written(GIVEN, FREE))
    page = book[COMPARED]
    assert isinstance(page, Worksheet)
    change(page)
    return read_sheet(saved(book))


def test_merged_cells_are_told_by_their_addresses() -> None:
    """As on the page of actual values, which reads as ever."""
    found = spoiled(lambda page: page.merge_cells("G5:G6"))
    assert all("結合" in (row.cells["value"].trouble or "") for row in found.compared)
    assert len(found.rows) == 4
