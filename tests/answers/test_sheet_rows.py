"""A sheet that came back, row by row: what it would change, what is odd, what is wrong and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.sheet_rows import RowState, missing_rows
from reports.sheet.filled import Cell, Filled, FilledRow
from store.plan import Plan
from store.reading.units import kind_of
from store.sheets import row_key
from store.showing import show_value
from store.submissions import Proposal
from tests.answers.city import City
from tests.answers.sheets import Desk, changed, issue

WRONG, ODD, CHANGED = RowState.WRONG, RowState.ODD, RowState.CHANGED
NEW, UNCHANGED, BLANK = RowState.NEW, RowState.UNCHANGED, RowState.BLANK


@pytest.fixture
def desk(city: City) -> Desk:
    """こども課's sheet, where every state of the round occurs."""
    return issue(city)


@pytest.fixture
def first(bare: City) -> Desk:
    """The same before anything was reported."""
    return issue(bare)


def test_a_sheet_that_nobody_touched_changes_nothing(desk: Desk) -> None:
    """What was submitted is unchanged, what was not is blank, what came back is asked about."""
    found = {row.indicator: row.state for row in desk.judged(desk.filled({}))}
    assert {i for i, state in found.items() if state is UNCHANGED} == {
        "1-1b",
        "1-1c",
        "1-1d",
        "1-2b",
        "1-4a",
        "1-4b",
    }
    assert found["1-4c"] is ODD
    assert {i for i, state in found.items() if state is BLANK} == {"1-1a", "1-2a", "1-5a", "1-5b"}


def test_a_value_where_there_was_none_is_new(first: Desk) -> None:
    """With the period that stands there by default, and what was typed."""
    found = first.row("1-1b", first.filled({"1-1b": 25}))
    assert (found.state, found.said) == (NEW, "25人")
    assert found.proposal == Proposal(
        "kitamoto-2", "1-1b", 2024, values={None: Decimal(25)}, period="FY2024", typed="25"
    )


def test_another_value_is_a_change_from_what_was_said_before(desk: Desk) -> None:
    """Approved or still 確認中."""
    filled = desk.filled({"1-1b": 13, "1-1c": "7.0%"})
    assert (desk.row("1-1b", filled).state, desk.row("1-1b", filled).said) == (
        CHANGED,
        "12人 → 13人",
    )
    assert desk.row("1-1c", filled).said == "6.9% → 7.0%"


def test_another_source_alone_is_a_change(desk: Desk) -> None:
    """And so is another period or note; the value is told with what changes beside it."""
    columns = {"source": {"1-1b": "市の集計"}, "period": {"1-1b": "R7.4.1"}}
    found = desk.row("1-1b", desk.filled_columns(columns))
    assert (found.state, found.said) == (CHANGED, "12人（データ年・出典を変更）")
    assert found.proposal is not None
    assert found.proposal.period == "2025-04-01"


def test_what_was_sent_back_is_asked_about_when_it_comes_again(desk: Desk) -> None:
    """With the reason, which goes along to the planners; mended it is a change."""
    same = desk.row("1-4c", desk.filled({}))
    assert "延べ人数か実人数かを確認してください" in same.why[0]
    assert same.proposal is not None
    assert same.proposal.oddities == same.why
    assert desk.row("1-4c", desk.filled({"1-4c": 95})).state is CHANGED


@pytest.mark.parametrize(
    ("indicator", "typed", "why"), [("1-1b", 12.5, "整数"), ("1-1c", 250, "割合の範囲")]
)
def test_an_odd_value_is_asked_about(first: Desk, indicator: str, typed: Any, why: str) -> None:
    """Its reasons are kept with what is submitted."""
    found = first.row(indicator, first.filled({indicator: typed}))
    assert found.state is ODD
    assert why in "".join(found.why)
    assert found.proposal is not None
    assert found.proposal.oddities == found.why


ABSENT = {
    "公表待ち": ("awaiting", None),
    "公表待ち（10月予定）": ("awaiting", 10),
    "調査対象外": ("no_survey", None),
    "調査対象外年度": ("no_survey", None),
}


@pytest.mark.parametrize("typed", ABSENT)
def test_words_instead_of_a_value_are_taken(first: Desk, typed: str) -> None:
    """As in the form and the command, whatever period stands beside them."""
    found = first.row("1-1b", first.filled({"1-1b": typed}))
    assert found.state is NEW
    assert found.proposal is not None
    assert (found.proposal.kind, found.proposal.month) == ABSENT[typed]
    assert (found.proposal.period, dict(found.proposal.values)) == (None, {})


WRONG_CELLS: dict[tuple[str, str], tuple[Any, str]] = {
    ("1-1b", "value"): ("約12人", "概数"),
    ("1-1c", "value"): ("75人", "単位"),
    ("1-1d", "value"): ("=1+1", "計算式"),
    ("1-2a", "period"): ("いつか", "データの年として読み取れません"),
    ("1-4a", "period"): ("R7", "より後です"),
}


@pytest.mark.parametrize(("indicator", "column"), WRONG_CELLS)
def test_a_cell_that_cannot_be_taken_is_told_by_its_address(
    first: Desk, indicator: str, column: str
) -> None:
    """With what it says, and what would be right; no other row is kept back by it."""
    typed, why = WRONG_CELLS[indicator, column]
    columns: dict[str, dict[str, Any]] = {"value": {"1-5a": 1, indicator: 12}}
    columns.setdefault(column, {})[indicator] = typed
    filled = first.filled_columns(columns)
    found = first.row(indicator, filled)
    (row,) = (row for row in filled.rows if row.key == indicator)
    assert (found.state, found.proposal) == (WRONG, None)
    assert found.address == row.cells[column].address
    assert why in found.why[0]
    assert first.row("1-5a", filled).proposal is not None


def test_a_figure_that_lagged_before_is_asked_for_its_year(bare: City) -> None:
    """The sheet leaves that cell empty, and an empty one is told."""
    bare.accept("1-2a", 2023, "11.0", "FY2022")
    desk = issue(bare)
    assert next(row for row in desk.form.rows if row.key == "1-2a").period == ""
    filled = desk.filled({"1-2a": 12})
    found = desk.row("1-2a", filled)
    assert found.state is WRONG
    assert "何年度の値ですか。" in found.why[0]
    assert found.address.startswith("K")
    said = desk.filled_columns({"value": {"1-2a": 12}, "period": {"1-2a": "R5"}})
    assert desk.row("1-2a", said).said == "12回（データ年 R5）"


def test_this_years_part_is_added_to_the_last_total(bare: City) -> None:
    """As by words, with the sum in the note; of what is no total it is refused at its cell."""
    counted = bare.plan.model_dump()
    (found,) = (each for each in counted["indicators"] if each["id"] == "1-4a")
    found["measure"] = "cumulative"
    city = City(bare.db, Plan.model_validate(counted))
    city.accept("1-4a", 2023, "2700")
    desk = issue(city)
    filled = desk.filled({"1-4a": "50回 今年度分", "1-1b": "3 今年度分"})
    proposal = desk.row("1-4a", filled).proposal
    assert proposal is not None
    assert proposal.values == {None: Decimal(2750)}
    assert proposal.note == "前回累計 2,700回 + 今年度 50回 = 2,750回"
    assert "累計と記録された指標だけ" in desk.row("1-1b", filled).why[0]


def test_both_series_have_to_be_there(first: Desk) -> None:
    """児童 without 生徒 is told at the cell that is empty."""
    filled = first.filled({"1-4b|児童": 50.1})
    found = first.row("1-4b", filled)
    assert (found.state, found.why) == (
        WRONG,
        ("生徒の値がありません。すべての行に書いてください。",),
    )
    empty = next(row.cells["value"] for row in filled.rows if row.key == "1-4b|生徒")
    assert found.address == empty.address


def test_series_say_the_same_kind_of_thing(first: Desk) -> None:
    """A value beside 公表待ち, or two periods, is no report."""
    mixed = first.filled({"1-4b|児童": 50.1, "1-4b|生徒": "公表待ち"})
    assert "混ざっています" in first.row("1-4b", mixed).why[0]
    both = {"1-4b|児童": 50.1, "1-4b|生徒": 30}
    years = first.filled_columns({"value": both, "period": {"1-4b|児童": "R5"}})
    assert "違うデータの年度" in first.row("1-4b", years).why[0]


def test_two_series_are_one_proposal(first: Desk) -> None:
    """Sources that differ stand beside each other."""
    both = {"1-4b|児童": 50.1, "1-4b|生徒": 30}
    sources = {"1-4b|児童": "小学校", "1-4b|生徒": "中学校"}
    found = first.row("1-4b", first.filled_columns({"value": both, "source": sources}))
    assert found.proposal is not None
    assert found.proposal.values == {"児童": Decimal("50.1"), "生徒": Decimal(30)}
    assert found.proposal.source == "小学校／中学校"


def test_a_value_that_was_cleared_changes_nothing_and_says_so(desk: Desk) -> None:
    """Taking back is another act."""
    found = desk.row("1-1b", desk.filled({"1-1b": None}))
    assert (found.state, found.proposal) == (BLANK, None)
    assert "取下げにはなりません" in found.why[0]


def test_rows_that_are_none_of_the_sheets_are_told(first: Desk) -> None:
    """A changed id, an added row: by their line. The row that lost its id is told as missing."""
    filled = changed(first.filled({"1-1b": 12, "1-1c": 5}), "1-1b", key="9-9z")
    found = first.judged(changed(filled, "1-1c", key=""))
    strangers = [row for row in found if not row.indicator]
    assert {row.state for row in strangers} == {WRONG}
    assert "管理番号（9-9z）" in strangers[0].why[0]
    assert "様式にない行です" in strangers[1].why[0]
    assert missing_rows(first.issued, filled) == ("1-1b",)


def test_an_id_that_stands_twice_is_not_guessed(first: Desk) -> None:
    """Neither of the two counts."""
    filled = first.filled({"1-1b": 12, "1-1c": 5})
    twice = first.row("1-1b", changed(filled, "1-1c", key="1-1b"))
    assert (twice.state, twice.proposal) == (WRONG, None)
    assert "2つ以上あります" in twice.why[0]


def test_what_somebody_may_not_submit_is_told_row_by_row(desk: Desk) -> None:
    """What does not change needs no permission."""
    filled = desk.filled({"1-1b": 13})
    assert desk.row("1-1b", filled, "U0CIVIC").why == ("担当ではありません。",)
    assert desk.row("1-1c", filled, "U0CIVIC").state is UNCHANGED


def test_an_indicator_that_the_plan_no_longer_has_is_told(first: Desk) -> None:
    """A revised plan may have dropped it."""
    issued = replace(first.issued, rows=(*first.issued.rows, "1-9z"))
    found = Desk(first.city, issued).judged(first.filled({}))
    assert [row.indicator for row in found if "今の計画にありません" in "".join(row.why)] == [
        "1-9z"
    ]


def test_all_indicators_make_the_round_trip(bare: City) -> None:
    """68 indicators, 78 places: written, filled in by another library, read back, equal."""
    desk = issue(bare, None)
    typed: dict[str, Any] = {}
    wanted: dict[str, dict[str | None, Decimal]] = {}
    for number, indicator in enumerate(bare.plan.indicators, 1):
        for place, name in enumerate(indicator.series_names):
            value = Decimal(f"{number + place}.5")
            typed[row_key(indicator.id, name)] = (
                f"{value}:100" if kind_of(indicator) == "parity" else float(value)
            )
            wanted.setdefault(indicator.id, {})[name] = value
    assert (len(wanted), sum(len(places) for places in bare.plan.roles.values())) == (68, 78)
    read = {
        r.indicator: dict(r.proposal.values) for r in desk.anybody(desk.filled(typed)) if r.proposal
    }
    assert read == wanted


def test_what_is_shown_of_values_can_be_pasted_into_the_sheet(bare: City) -> None:
    """△2.4ポイント, 1,533,264回, 男性95：女性100: as answers show them."""
    desk = issue(bare, None)
    shown = {
        row_key(i.id, s.name): show_value(s.baseline.value, i)
        for i in bare.plan.indicators
        for s in i.series
        if s.baseline
    }
    found = {row.indicator: row for row in desk.anybody(desk.filled(shown))}
    for indicator in bare.plan.indicators:
        values = {s.name: s.baseline.value for s in indicator.series if s.baseline}
        if values:
            proposal = found[indicator.id].proposal
            assert proposal is not None, found[indicator.id]
            assert dict(proposal.values) == values


WORDS = st.text(max_size=30) | st.sampled_from(["", "12", "公表待ち", "調査対象外", "R6", "△1.5%"])
CELL = st.tuples(WORDS, st.none() | st.just("だめです。"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_contents_of_the_inputs_come_to_a_state(desk: Desk, data: st.DataObject) -> None:
    """And only what can be submitted has a proposal."""
    cells = ("value", "period", "source", "note")
    rows = tuple(
        FilledRow(n, key, {c: Cell(f"J{n}", *data.draw(CELL)) for c in cells})
        for n, key in enumerate(desk.issued.rows, 12)
    )
    for judged in desk.judged(Filled({}, rows)):
        assert (judged.proposal is not None) == (judged.state in {NEW, CHANGED, ODD})
        assert judged.why or judged.said or judged.state is BLANK
