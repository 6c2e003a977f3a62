"""Leaps from one value to the next that look like a slip: a digit too many, 人 for 千人, 0.65 for 65%.

A value is a leap at ten times the one before it or a tenth of it; from eight times on (62% after
6.3%) too, unless both are below ten, where counts leap by themselves. From zero or to zero is none.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from store.plan import Indicator
from store.reading.units import is_counted, is_percent, unit_of
from store.showing import show_number

SURELY, NEARLY, SMALL = 10, 8, 10

# Sizes of a unit that are mistaken for one another, by the power of ten between them.
_SLIPS = {3: "千", 4: "万", 6: "百万", 8: "億"}


def leap(value: Decimal, before: Decimal, indicator: Indicator) -> str | None:
    """`12倍です。…`, `10分の1以下です。…`; None where `value` is no leap from the value `before`."""
    size, former = abs(value), abs(before)
    if not size or not former:
        return None
    larger, smaller = max(size, former), min(size, former)
    if larger < NEARLY * smaller or (larger < SURELY * smaller and larger < SMALL):
        return None
    ratio = larger / smaller
    said = _times_said(ratio) if size > former else _part_said(ratio)
    return (
        f"{said}です。桁と単位を確かめてください{_slip(ratio, size < former, value, indicator)}。"
    )


def _times_said(ratio: Decimal) -> str:
    if ratio < SURELY:
        return f"約{ratio.quantize(Decimal('0.1'), ROUND_DOWN)}倍"
    whole = ratio // 1
    return f"{'' if ratio == whole else '約'}{show_number(whole)}倍"


def _part_said(ratio: Decimal) -> str:
    return "10分の1以下" if ratio >= SURELY else f"約{ratio:.0f}分の1"


def _slip(ratio: Decimal, smaller: bool, value: Decimal, indicator: Indicator) -> str:
    """What may have been mistaken for what: 人 for 千人, 0.65 for 65%."""
    if is_percent(indicator):
        return "（割合は 0.65 でなく 65 のように書きます）" if smaller and abs(value) <= 1 else ""
    unit = unit_of(indicator)
    if not (unit.base == "円" or unit.power or is_counted(indicator)):
        return ""
    slips = (word for power, word in _SLIPS.items() if 5 <= ratio.scaleb(1 - power) <= 20)
    word = next(slips, None)
    return f"（{unit.base}と{word}{unit.base}の取り違えなど）" if word else ""
