"""A plan file's first draft: what a list says is kept, what it does not say stays a gap."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from answers.drafting.figures import kind_of, read_figure
from answers.drafting.listed import read_list
from answers.drafting.toml import draft
from answers.importing.columns import find_table
from answers.importing.kinds import INDICATORS
from reports.sheet.filled import Cell
from reports.sheet.table import Page
from store.errors import BadInput, PlanMistakes
from store.plan import Plan
from store.plan_file import parse_plan
from tests.answers.city import TODAY

HEADING = ["基本目標", "種類", "番号", "施策", "指標", "内訳", "区分", "現状値(R2)", "目標値（R7）"]
ROWS = (
    [
        "基本目標1 しごと",
        "数値目標",
        "5-1",
        "産業",
        "市内純生産",
        "",
        "成果",
        "431.5万円 (H30)",
        "438.3万円",
    ],
    ["", "KPI", "4-1", "住環境", "特定空家数", "", "成果比較", "0件", "0件"],
    ["横断的な目標1", "KPI", "4-1", "", "特定空家数", "", "", "0件", "0件"],
    ["", "", "6-3", "", "寄附件数", "", "", "3,908 件", "↗"],
    ["", "", "2-2", "", "健康寿命", "男性", "", "18.43年", "19.00年"],
    ["", "", "", "", "", "女性", "", "20.72年", "21.50年"],
)
FILLED = (
    ("# id =", "id ="),
    ('# title = "○○', 'title = "○○'),
    ("# municipality", "municipality"),
    ('# title = ""', 'title = "X"'),
    ('# name = ""', 'name = "X"'),
    ("# better", "better"),
)


def drafted(*rows: Sequence[str]) -> str:
    cells = (
        tuple(Cell(f"{get_column_letter(c)}{r}", text) for c, text in enumerate(row, 1))
        for r, row in enumerate((HEADING, *rows), 1)
    )
    page, columns = find_table([Page("", tuple(cells))], None, {}, TODAY, INDICATORS)
    return draft(read_list(page, columns, TODAY))


def completed(text: str) -> Plan:
    """The draft as somebody finishes it."""
    for gap, filled in FILLED:
        text = text.replace(gap, filled)
    return parse_plan(text, "draft.toml")


def test_a_draft_whose_gaps_are_filled_is_a_plan_of_what_the_list_says() -> None:
    """Each indicator once, in all its goals; numbers to the digit, the list's words beside them."""
    plan = completed(drafted(*ROWS))
    assert [i.id for i in plan.indicators] == ["5-1a", "4-1a", "6-3a", "2-2a"]
    assert [(g.id, g.targets, g.kpis) for g in plan.goals] == [
        ("1", ("5-1a",), ("4-1a",)),
        ("X1", (), ("4-1a", "6-3a", "2-2a")),
    ]
    first = plan.by_id["5-1a"].series[0]
    assert (str(first.baselines[0].value), first.baselines[0].years) == ("431.5", (2018,))
    assert (first.targets[0].year, first.targets[0].text) == (2025, "438.3万円")
    given_ = plan.by_id["6-3a"]
    assert (given_.better, given_.unit, given_.series[0].targets[0].kind) == ("higher", "件", "up")
    assert plan.by_id["2-2a"].series_names == ("男性", "女性")
    assert [p.name for p in plan.policies] == ["産業", "住環境", "X", "X"]


def test_what_a_list_does_not_say_is_named_by_the_check() -> None:
    """Which way is better, and what the plan is called; never guessed."""
    with pytest.raises(PlanMistakes) as found:
        parse_plan(drafted(*ROWS), "draft.toml")
    said = str(found.value)
    assert "4-1a > better" in said
    assert "6-3a > better" not in said
    assert "municipality" in said
    assert "X1 > title" in said


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "per"),
    [
        ("0人／年", "value", "0", "人", "年"),
        ("+0 ポイント以上", "value", "0", "ポイント", None),
        ("△203人 (過去5年間の平均値)", "value", "-203", "人", None),
        ("2,920,245万円 (H30)", "value", "2920245", "万円", None),
        ("65.60%", "value", "65.60", "%", None),
        ("↗", "up", None, None, None),
        ("減少", "down", None, None, None),
        ("100:100", "parity", None, None, None),
        ("", "none", None, None, None),
        ("―", "none", None, None, None),
        ("策定", None, None, None, None),
        ("2〜3件/年", None, None, None, None),
        ("1,39件", None, None, None, None),
    ],
)
def test_a_figure_is_read_only_where_it_means_one_thing(
    text: str, kind: str | None, value: str | None, unit: str | None, per: str | None
) -> None:
    """A range, words and misplaced commas are left to a person."""
    figure = read_figure(text, TODAY)
    assert kind_of(figure) == kind
    if figure is not None:
        assert (figure.value, figure.unit, figure.per) == (value, unit, per)
        assert figure.text == text


@given(rows=st.lists(st.lists(st.text(max_size=10), min_size=9, max_size=9), max_size=5))
def test_any_list_becomes_a_text_that_can_be_checked(rows: list[list[str]]) -> None:
    """TOML, whatever people wrote into the cells."""
    assert tomllib.loads(drafted(*rows)) is not None


def test_a_table_without_targets_is_no_list() -> None:
    """The sentence says which columns are wanted."""
    page = Page("", ((Cell("A1", "指標"), Cell("B1", "R4")),))
    with pytest.raises(BadInput, match="「指標名」と「目標値」の列が見つかりません"):
        find_table([page], None, {}, TODAY, INDICATORS)
