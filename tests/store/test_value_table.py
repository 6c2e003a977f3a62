"""What people type, row by row: the value it is, or the kind of refusal (`value_table.tsv`)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.errors import UnreadableValue
from store.plan import Indicator
from store.showing import show_values
from store.values import Awaiting, NoSurvey, Values, read_values
from tests.store.making import indicator
from tests.store.test_values import (
    AREA,
    CARBON,
    DONE,
    MAN_YEN,
    PARITY,
    PEOPLE,
    PERCENT,
    POINTS,
    RANK,
    SEXES,
    THOUSANDS,
)

INDICATORS: dict[str, Indicator] = {
    "人/年": PEOPLE, "%": PERCENT, "男女 年": SEXES, "男女比": PARITY, "万円": MAN_YEN,
    "千人": THOUSANDS, "円": indicator("円"), "㎡": AREA, "t-CO₂": CARBON, "ポイント": POINTS,
    "位": RANK, "済": DONE,
}  # fmt: skip
TABLE = Path(__file__).with_name("value_table.tsv").read_text("utf-8").splitlines()
ROWS = [tuple(row.split("\t")) for row in TABLE if not row.startswith("# ")]


def said_of(typed: str, of: Indicator) -> str:
    """The result as the table writes it."""
    reading = read_values(typed, of)
    if isinstance(reading, NoSurvey):
        return "調査対象外"
    if isinstance(reading, Awaiting):
        return f"公表待ち {reading.month or ''}".strip()
    assert isinstance(reading, Values)
    return " ".join(f"{name or ''}={reading.by_series[name]}" for name in of.series_names)


@pytest.mark.parametrize(("typed", "of", "result"), ROWS)
def test_every_row_of_the_table_holds(typed: str, of: str, result: str) -> None:
    """A refusal says what is wrong in its row's words, what would be right, and what was typed."""
    if not result.startswith("× "):
        assert said_of(typed, INDICATORS[of]) == result
        return
    with pytest.raises(UnreadableValue) as refusal:
        read_values(typed, INDICATORS[of])
    assert result.removeprefix("× ") in str(refusal.value)
    assert "`" in str(refusal.value)
    assert refusal.value.typed == typed


def test_the_table_covers_what_is_read_and_what_is_refused() -> None:
    refused = sum(result.startswith("× ") for _, _, result in ROWS)
    assert len(ROWS) >= 400
    assert refused >= 150
    assert len(ROWS) - refused >= 150


GUIDE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| (\S+) \| `([^`]+)` \| (\S+) \|$", GUIDE, re.MULTILINE)
REFUSED = re.findall(r"`([^`]+)`", GUIDE.partition("読まないものは")[2].partition("\n\n")[0])
IN_THE_GUIDE = {
    "人": PEOPLE, "t-CO2": indicator("t-CO2"), "男性・女性": SEXES, "男女比": PARITY,
    "どれでも": SEXES,
}  # fmt: skip


@pytest.mark.parametrize(("unit", "typed", "shown"), EXAMPLES)
def test_the_guide_says_how_a_value_is_read(unit: str, typed: str, shown: str) -> None:
    of = IN_THE_GUIDE.get(unit) or INDICATORS[unit]
    reading = read_values(typed, of)
    if isinstance(reading, Values):
        assert show_values(reading.by_series, of) == shown
    else:
        month = (
            f"（{reading.month}月予定）" if isinstance(reading, Awaiting) and reading.month else ""
        )
        said = "調査対象外年度" if isinstance(reading, NoSurvey) else f"統計公表待ち{month}"
        assert said == shown


@pytest.mark.parametrize("typed", REFUSED)
def test_the_guide_says_what_is_not_read(typed: str) -> None:
    with pytest.raises(UnreadableValue):
        read_values(typed, PEOPLE)


def test_the_guide_has_its_table() -> None:
    assert len(EXAMPLES) > 20
    assert len(REFUSED) > 8
