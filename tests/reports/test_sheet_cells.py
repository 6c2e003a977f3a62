"""What a cell says, as a person would read it out; and cells that say nothing that can be taken."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.sheet.cells import read_cell

SAID: dict[tuple[Any, str], str] = {
    (12, "General"): "12",
    (12.5, "General"): "12.5",
    (0.1 + 0.2, "General"): "0.3",
    (1.1 * 3, "General"): "3.3",
    (1533264, "#,##0"): "1533264",
    (-203, 'General"人";"△"General"人"'): "-203",
    (0.125, "0.0%"): "12.5%",
    (0.125, "0%"): "12.5%",
    (0.5, "0.00%"): "50.00%",
    (1, "0%"): "100%",
    (12.5, 'General"%"'): "12.5",
    (12.5, r"0.0\%"): "12.5",
    (65.6, "0.00"): "65.60",
    (12, "#,##0.0"): "12.0",
    (12.345, "0.0"): "12.345",
    (1e21, "General"): "1000000000000000000000",
    (5e-7, "General"): "0.0000005",
    ("　12人 ", "@"): "12人",
    ("=1+1", "@"): "=1+1",
}


@pytest.mark.parametrize(("value", "number_format"), SAID)
def test_a_cell_says_what_it_shows(value: Any, number_format: str) -> None:
    """Fifteen digits, per cent as per cent, zeros behind the point where they are shown."""
    kind = "s" if isinstance(value, str) else "n"
    assert read_cell(value, kind, number_format, "value") == (SAID[value, number_format], None)


TROUBLES: dict[tuple[Any, str], str] = {
    ("=SUM(A1:A3)", "f"): "計算式（=SUM(A1:A3)）です。",
    ("#REF!", "e"): "エラー値（#REF!）です。",
    (True, "b"): "TRUE／FALSE",
    (datetime.fromisoformat("2025-04-01"), "d"): "日付・時刻になっています。",
    (time(1, 40), "d"): "`95:100`",
    (timedelta(days=4, hours=5, minutes=40), "d"): "文字列",
    ("あ" * 1001, "s"): "長すぎます。",
}


@pytest.mark.parametrize(("value", "kind"), TROUBLES)
def test_a_cell_that_holds_no_value_says_what_to_do(value: Any, kind: str) -> None:
    """Formulas, errors, truth, and times that Excel made of a ratio."""
    text, trouble = read_cell(value, kind, "General", "value")
    assert TROUBLES[value, kind] in (trouble or "")
    assert len(text) <= 1000


@pytest.mark.parametrize("day", [date(2025, 4, 1), datetime.fromisoformat("2025-04-01")])
def test_a_day_is_a_reference_day(day: date) -> None:
    """Excel makes a date of R7.4.1, which is what was meant."""
    assert read_cell(day, "d", "yyyy/m/d", "period") == ("2025-04-01", None)


def test_a_time_is_no_reference_day() -> None:
    """Somebody typed 10:30."""
    assert "時刻になっています。" in (read_cell(time(10, 30), "d", "h:mm", "period")[1] or "")


@given(
    st.floats() | st.integers() | st.text() | st.booleans() | st.datetimes(), st.text(max_size=20)
)
def test_whatever_is_in_a_cell_it_says_something(value: Any, number_format: str) -> None:
    """A text or a sentence, never an exception."""
    text, trouble = read_cell(value, "n", number_format, "value")
    assert isinstance(text, str)
    assert trouble is None or trouble.endswith("。")
