"""A target as people write it: 5人, 増加, 10〜20%, 100:95, 3位以内, 目標なし."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from store.errors import UnreadableValue
from store.plan import Indicator, Series, Target
from store.reading.figures import example_of
from store.reading.letters import normalise
from store.reading.units import kind_of
from store.showing import show_value
from store.values import Values, read_values

_UP = frozenset({"増加", "増", "向上", "上昇", "↗"})
_DOWN = frozenset({"減少", "減", "低下", "↘"})
_NONE = frozenset({"目標なし", "目標の記載なし", "記載なし"})
_ASIDE = re.compile(r"\(.*\)$")
_RANGE = re.compile(r"(.+?)(?:~|〜|から)(.+?)(?:まで)?")
_BOUND = re.compile(r"(.*?)(?:以上|以下|以内|/年|/年度)?")


def read_target(text: str, indicator: Indicator, series: Series, year: int | None) -> Target:
    """What `text` sets as the target of a series for fiscal year `year`, in the indicator's unit.

    How an indicator's values are written stays as it is: a ratio stays one, and so does a rank.
    Raises UnreadableValue for what is not certain.
    """
    plain = normalise(text).strip()
    kind = kind_of(indicator)
    if kind == "done":
        raise UnreadableValue("策定済・未の指標の目標は変えられません。廃止はできます。", text)
    if kind == "number":
        for words, direction in ((_UP, "up"), (_DOWN, "down"), (_NONE, "none")):
            if _ASIDE.sub("", plain) in words:
                return Target(year=year, kind=direction)
        if found := _RANGE.fullmatch(plain):
            low, high = (_value(part, indicator, series, text) for part in found.groups())
            if low >= high:
                raise UnreadableValue("幅の下限は上限より小さく書いてください。", text)
            return _shown("range", year, text.strip(), low=low, high=high)
    value = _value(_bare(plain), indicator, series, text)
    which = {"number": "value", "parity": "parity", "rank": "rank"}[kind]
    per = f"／{indicator.per}" if indicator.per else ""
    return _shown(which, year, f"{show_value(value, indicator)}{per}", value=value)


def read_baseline_value(text: str, indicator: Indicator, series: Series) -> Decimal:
    """The value of a 現状値 of a series. Raises UnreadableValue for what is not certain."""
    return _value(normalise(text).strip(), indicator, series, text)


def _shown(kind: str, year: int | None, text: str, **value: Any) -> Target:
    return Target.model_validate({"year": year, "kind": kind, "text": text, **value})


def _bare(plain: str) -> str:
    found = _BOUND.fullmatch(plain)
    return found[1] if found else plain


def _value(part: str, indicator: Indicator, series: Series, typed: str) -> Decimal:
    """A field holds one series, so that it is read as an indicator of its own."""
    alone = indicator.model_copy(update={"series": (series.model_copy(update={"name": None}),)})
    reading = read_values(part, alone)
    if isinstance(reading, Values):
        return reading.by_series[None]
    raise UnreadableValue(f"値を数字で書いてください。例: {example_of(indicator)}", typed)
