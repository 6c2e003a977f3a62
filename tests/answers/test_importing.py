"""Tables of somebody else's making: which column is what, whose value a cell is, what it would change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from answers.importing.columns import Columns, find_table
from answers.importing.findings import Findings, judge, told
from answers.importing.kinds import FIGURES
from answers.importing.rows import Entry, Unread, read_rows
from answers.sheet_rows import RowState
from reports.sheet.filled import Cell
from reports.sheet.table import Page
from store.errors import BadInput
from store.plan import Plan
from tests.answers.city import TODAY, City

HEADING = ["番号", "指標", "内訳", "R4実績", "令和5年度", "R6（2024）"]
NAMES = ["指標名=事業", "R4=昨年"]
ANY = st.text(max_size=12) | st.sampled_from(
    [*sum(FIGURES.roles.values(), ()), "R4", "R5実績", "1-1b"]
)


def page(*rows: Sequence[str | Cell]) -> Page:
    """A page of these texts; a cell of its own where something is wrong with it."""
    return Page(
        "KPI",
        tuple(
            tuple(_cell(text, c, r) for c, text in enumerate(row, 1))
            for r, row in enumerate(rows, 1)
        ),
    )


def _cell(text: str | Cell, column: int, row: int) -> Cell:
    address = f"{get_column_letter(column)}{row}"
    return Cell(address, text) if isinstance(text, str) else Cell(address, text.text, text.trouble)


def columns(*rows: Sequence[str], chosen: dict[str, str] | None = None) -> Columns:
    return find_table([page(*rows)], None, chosen or {}, TODAY, FIGURES)[1]


def read(plan: Plan, *rows: Sequence[str | Cell]) -> tuple[tuple[Entry, ...], tuple[Unread, ...]]:
    there, found = find_table([page(*rows)], None, {}, TODAY, FIGURES)
    return read_rows(there, found, plan, TODAY)


def values(entries: Sequence[Entry]) -> list[tuple[str, int, str | None, str]]:
    """Every value with whose it is."""
    return [
        (each.indicator, each.collection, series, row.cells["value"].text)
        for each in entries
        for series, row in each.rows.items()
    ]


class TestColumns:
    """By their headings, or as they are asked for."""

    def test_columns_a_year_are_known_and_targets_are_left_alone(self) -> None:
        """Below a title, in any notation of the year."""
        found = columns(["KPI一覧"], [*HEADING, "現状値(R2)", "目標値（R7）"])
        assert found.heading == 1
        assert dict(found.years) == {2022: 3, 2023: 4, 2024: 5}
        assert found.unread == ("現状値(R2)", "目標値（R7）")

    def test_a_column_of_years_beside_one_of_values_is_known(self) -> None:
        """One row a value."""
        found = columns(["指標ID", "年度", "実績値", "データ年", "出典", "備考"])
        assert set(found.places) == {"指標番号", "年度", "値", "データ年", "出典", "備考"}

    def test_a_heading_means_what_it_is_asked_for(self) -> None:
        """And nothing else means it then."""
        found = columns(["項目", "事業", "去年の数"], chosen={"指標名": "事業", "R4": "去年の数"})
        assert dict(found.places) == {"指標名": 1, 2022: 2}
        assert found.unread == ("項目",)

    @pytest.mark.parametrize(
        ("heading", "chosen", "said"),
        [
            (["あれ", "これ"], {}, "見出しらしい行は 「あれ」、「これ」 です。"),
            (["指標", "指標名", "R4"], {}, "同じ意味の列が2つあります（B1「指標名」）"),
            (["指標", "R4", "R4実績"], {}, "同じ意味の列が2つあります（C1「R4実績」）"),
            (["指標", "R4", "年度"], {}, "両方があります"),
            (["指標", "R4"], {"R5": "R5の実績"}, "見出し「R5の実績」の列がありません。"),
            (["指標", "R4"], {"なまえ": "指標"}, "「なまえ」は列の役割ではありません。"),
        ],
    )
    def test_what_is_no_table_is_said(
        self, heading: list[str], chosen: dict[str, str], said: str
    ) -> None:
        """With what was seen."""
        with pytest.raises(BadInput, match=said):
            columns(heading, chosen=chosen)

    def test_one_page_is_chosen_where_several_hold_tables(self) -> None:
        """By its name, which must be there."""
        pages = [page(HEADING), Page("控え", page(HEADING).rows)]
        with pytest.raises(BadInput, match="--sheet で1枚選んで"):
            find_table(pages, None, {}, TODAY, FIGURES)
        assert find_table(pages, "控え", {}, TODAY, FIGURES)[0].title == "控え"
        with pytest.raises(BadInput, match="シート「ない」はありません。"):
            find_table(pages, "ない", {}, TODAY, FIGURES)


class TestRows:
    """Whose value a cell is, exactly or not at all."""

    def test_an_indicator_is_named_by_its_id_its_name_or_its_policy_and_name(
        self, plan: Plan
    ) -> None:
        """The document's own tables have the policy's number before the name."""
        found, unread = read(
            plan,
            HEADING,
            ["1-1b", "", "", "25人"],
            ["", "特定空家数", "", "", "0"],
            ["6-3", "マイナンバーカード普及率", "", "", "", "65.5%"],
            ["", "1-1 一般会計に占める子育て支援策に係る予算の割合", "", "6.2%"],
        )
        assert not unread
        assert values(found) == [
            ("1-1b", 2022, None, "25人"),
            ("4-1a", 2023, None, "0"),
            ("6-3d", 2024, None, "65.5%"),
            ("1-1c", 2022, None, "6.2%"),
        ]

    def test_series_stand_in_rows_or_in_one_cell(self, plan: Plan) -> None:
        """The second row of an indicator names its series only."""
        found, unread = read(
            plan,
            HEADING,
            ["2-2", "65歳健康寿命", "男性", "18.5", "18.60"],
            ["", "", "女性", "20.8", "—"],
            ["2-2a", "", "", "", "", "男性18.7年 女性21.0年"],
        )
        assert not unread
        assert values(found) == [
            ("2-2a", 2022, "男性", "18.5"),
            ("2-2a", 2022, "女性", "20.8"),
            ("2-2a", 2023, "男性", "18.60"),
            ("2-2a", 2024, "男性", "18.7年"),
            ("2-2a", 2024, "女性", "21.0年"),
        ]

    @pytest.mark.parametrize(
        ("row", "address", "why"),
        [
            (["9-9", "", "", "1"], "2行目", "この番号の指標も施策も計画にありません。"),
            (["", "待機児童ではない", "", "1"], "2行目", "この名前の指標は計画にありません。"),
            (["4-1", "保育所（園）待機児童数", "", "1"], "2行目", "別の指標を指しています。"),
            (["1-1", "", "", "1"], "2行目", "番号と名前が別の指標を指しています。"),
            (["", "", "", "1"], "2行目", "どの指標の値か書かれていません。"),
            (["2-2a", "", "子ども", "1"], "D2", "「子ども」は系列にありません。"),
            (["1-1b", "", "", Cell("", "", "計算式です。")], "D2", "計算式です。"),
        ],
    )
    def test_what_is_not_certain_is_not_taken(
        self, plan: Plan, row: list[str | Cell], address: str, why: str
    ) -> None:
        """The row or cell is named, and no other row suffers."""
        found, (unread,) = read(plan, HEADING, row, ["1-1b", "", "", "", "18人"])
        assert values(found) == [("1-1b", 2023, None, "18人")]
        assert unread.address == address
        assert why in unread.why

    def test_one_value_twice_is_said_with_both_places(self, plan: Plan) -> None:
        """The first is kept in sight; whoever reads decides."""
        heading = ["番号", "年度", "値"]
        _, (unread,) = read(plan, heading, ["1-1b", "R4", "25"], ["1-1b", "2022", "26"])
        assert (unread.address, unread.typed) == ("C3", "26")
        assert "C2「25」" in unread.why

    @given(rows=st.lists(st.lists(ANY, min_size=1, max_size=6), min_size=1, max_size=8))
    def test_any_table_is_read_or_refused_in_a_sentence(
        self, plan: Plan, rows: list[list[str]]
    ) -> None:
        """Whatever stands in it."""
        try:
            entries, unread = read(plan, *rows)
        except BadInput:
            return
        assert all(plan.by_id[each.indicator] for each in entries)
        assert all(each.why for each in unread)


def judged(city: City, *rows: Sequence[str]) -> tuple[Findings, Columns]:
    there, found = find_table([page(*rows)], None, {}, TODAY, FIGURES)
    entries, unread = read_rows(there, found, city.plan, TODAY)
    outlooks = {year: city.outlook(year) for year in (2022, 2023, 2024)}
    return judge(entries, unread, outlooks, lambda _: None), found


class TestFindings:
    """What the values come to, beside what stands."""

    def test_new_odd_wrong_and_known_values_are_told_apart(self, bare: City) -> None:
        """With the same care as a submission."""
        bare.accept("1-1b", 2022, "25")
        found, _ = judged(
            bare, HEADING, ["1-1b", "", "", "25人", "250人", "12件"], ["4-1a", "", "", "1件"]
        )
        states = {(f.collection, f.judged.indicator): f.judged.state for f in found.found}
        assert states == {
            (2022, "1-1b"): RowState.UNCHANGED,
            (2022, "4-1a"): RowState.NEW,
            (2023, "1-1b"): RowState.ODD,
            (2024, "1-1b"): RowState.WRONG,
        }
        assert [p.indicator for p in found.proposals(odd=False)] == ["4-1a"]
        assert len(found.proposals(odd=True)) == 2

    def test_a_year_outside_the_plan_is_not_taken(self, bare: City) -> None:
        """Nor one that is not over."""
        found, _ = judged(bare, ["番号", "H30", "R7"], ["1-1b", "3", "4"])
        assert not found.found
        assert [each.typed for each in found.unread] == ["3", "4"]

    def test_the_preview_says_all_of_it(self, bare: City) -> None:
        """How columns were read, each value, what was not taken, and the counts."""
        said = "\n".join(
            told(*judged(bare, HEADING, ["1-1b", "", "", "25人"], ["9-9", "", "", "1"]))
        )
        assert said == (
            "読む列: 指標番号・指標名・系列・R4・R5・R6\n"
            "R4  1-1b   新規　保育所（園）待機児童数　25人\n"
            "\n読み取れないもの（1件）\n"
            "  3行目「9-9」: この番号の指標も施策も計画にありません。\n"
            "\n新規 1件、読み取れないもの 1件"
        )
