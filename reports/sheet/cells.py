"""One cell as text, as a person would read it out; or what is wrong with the cell itself.

A number keeps the 15 digits that Excel keeps and shows: 0.1+0.2 is 0.3. A cell that shows 12.5%
holds 0.125 and says 12.5%; one that shows 65.60 says 65.60.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

MOST_TEXT = 1000
MOST_QUOTED = 40
RATIO = "比は `95:100` のように、セルの書式を「文字列」にして入力し直してください。"

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DECIMALS = re.compile(r"\.(0+)")


def read_cell(
    value: Any, kind: str, number_format: str, column: str, most: int = MOST_TEXT
) -> tuple[str, str | None]:
    """(text, trouble) of a cell. `kind` is openpyxl's data type, `column` the column's key, `most`
    the longest text.
    """
    if value is None:
        return "", None
    if wrong := _no_value(value, kind):
        return "", wrong
    if isinstance(value, datetime | date | time | timedelta):
        return _day(value, column)
    if isinstance(value, int | float):
        return _number(value, number_format), None
    text = str(value).strip()
    if len(text) > most:
        return text[:most], f"長すぎます。{most}文字までで書いてください。"
    return text, None


def _no_value(value: Any, kind: str) -> str | None:
    if kind == "f":
        formula = _quote(getattr(value, "text", value))
        return f"計算式（{formula}）です。計算した値を入力してください。"
    if kind == "e":
        return f"エラー値（{_quote(value)}）です。値を入力し直してください。"
    if isinstance(value, bool):
        return "TRUE／FALSE になっています。値を入力し直してください。"
    return None


def _day(value: datetime | date | time | timedelta, column: str) -> tuple[str, str | None]:
    """A day is a 基準日; as a value it is what Excel makes of 100:100 or 1-2."""
    if column == "value":
        return "", f"日付・時刻になっています。値を入力し直してください。{RATIO}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat(), None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat(), None
    return "", "時刻になっています。文字で入力し直してください。例: R7.4.1"


def _number(value: float, number_format: str) -> str:
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if not exact.is_finite():
        return str(value)
    shown = _QUOTED.sub("", number_format.partition(";")[0])
    percent = "%" in shown
    plain = format(exact.scaleb(2) if percent else exact, "f")
    return _padded(plain, shown) + ("%" if percent else "")


def _padded(plain: str, shown: str) -> str:
    """With the zeros that the cell shows after the point."""
    found = _DECIMALS.search(shown)
    wanted = len(found[1]) if found else 0
    whole, _, decimals = plain.partition(".")
    return plain if len(decimals) >= wanted else f"{whole}.{decimals.ljust(wanted, '0')}"


def _quote(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"
