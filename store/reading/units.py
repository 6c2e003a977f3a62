"""Units: what a figure is counted in, and which units are the same one in another size.

A unit is read into base, power of ten and per: 千人/年 is 人, 3, 年. Figures convert between
powers of one base and never between bases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import Literal

from store.plan import Indicator
from store.reading.letters import fold

Kind = Literal["number", "parity", "done", "rank"]

_EXACT = Context(prec=120)
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12}
_SAME_AS = {
    **dict.fromkeys(("パーセント", "percent"), "%"),
    **dict.fromkeys(("pt", "%pt", "%ポイント", "パーセントポイント"), "ポイント"),
    "名": "人",
    "平方メートル": "m2",
    "平米": "m2",
    "平方m": "m2",
    "平方km": "km2",
    "立方メートル": "m3",
    "キロメートル": "km",
    "メートル": "m",
    "平方キロメートル": "km2",
    "ヘクタール": "ha",
    "キログラム": "kg",
    **dict.fromkeys(("ヶ所", "ヵ所", "カ所", "ケ所", "箇所", "個所"), "か所"),
    **dict.fromkeys(("ヶ月", "ヵ月", "カ月", "ケ月", "箇月"), "か月"),
}
# Units that are a power of ten of another: 1 ha is 10,000 m2.
_SIZES = {
    "割": ("%", 1),
    "ha": ("m2", 4),
    "km2": ("m2", 6),
    "km": ("m", 3),
    "kg": ("g", 3),
    "t": ("g", 6),
    "kg-co2": ("g-co2", 3),
    "t-co2": ("g-co2", 6),
    "kt-co2": ("g-co2", 9),
    "kwh": ("wh", 3),
    "mwh": ("wh", 6),
    "gwh": ("wh", 9),
}
_PERS = {
    "年間": "年",
    "年度": "年",
    "1年": "年",
    "月間": "月",
    "1か月": "月",
    "日間": "日",
    "1日": "日",
}
_COUNTED = re.compile("[人件回社店校本基台戸軒棟冊点枚匹頭組]|団体|世帯|事業所|店舗|か所|施設|区画")


@dataclass(frozen=True)
class Unit:
    """A unit apart: 百万円 is Unit("円", 6), 人/年 is Unit("人", 0, "年")."""

    base: str
    power: int = 0
    per: str | None = None


def kind_of(indicator: Indicator) -> Kind:
    """How values of `indicator` are written: as a number, a ratio, 済・未 or a rank."""
    kinds = {target.kind for series in indicator.series for target in series.targets}
    if indicator.better == "parity" or "parity" in kinds:
        return "parity"
    if "done" in kinds:
        return "done"
    return "rank" if "rank" in kinds else "number"


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit:
    """Any text taken apart as a unit, whether anybody knows the unit or not."""
    whole, slash, per = _plain(text).rpartition("/")
    if not slash:
        whole, per = per, ""
    scale = re.match(r"[十百千万億兆]*", whole)
    prefix = scale[0] if scale else ""
    base, power = _based(whole[len(prefix) :])
    return Unit(base, power + sum(_SCALES[each] for each in prefix), _PERS.get(per, per) or None)


def unit_of(indicator: Indicator) -> Unit:
    """The unit of `indicator`, with 年 of 人/年 taken from `per` or from the unit's own text."""
    unit = read_unit(indicator.unit)
    if indicator.per is None:
        return unit
    per = _plain(indicator.per).removeprefix("/")
    return Unit(unit.base, unit.power, _PERS.get(per, per) or None)


def fits(typed: Unit, indicator: Indicator) -> bool:
    """Whether a figure in `typed` can be one of `indicator`, in this size or another.

    人/年 fits a plain 人 unless the indicator is cumulative or of a point in time; トン is a weight
    of CO2 where the indicator is one.
    """
    wanted = unit_of(indicator)
    if typed.base != wanted.base and (typed.base, wanted.base) != ("g", "g-co2"):
        return False
    yearly = wanted.per is None and typed.per == "年" and indicator.measure in {"yearly", "unknown"}
    return typed.per in {None, wanted.per} or yearly


def shifted(value: Decimal, places: int, decimals: int) -> Decimal:
    """`value` times ten to the `places`, exactly, with at least `decimals` of its decimals.

    Only zeros beyond those, which the shift itself made, are dropped: 544,000人 is 544千人.
    """
    moved = value.scaleb(places, _EXACT)
    if _exponent(moved) >= 0:
        return moved.quantize(Decimal(1), context=_EXACT)
    while -_exponent(moved) > decimals and moved.as_tuple().digits[-1] == 0:
        moved = moved.quantize(Decimal(1).scaleb(_exponent(moved) + 1), context=_EXACT)
    return moved


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def is_percent(indicator: Indicator) -> bool:
    """Whether values are shares in %, so that their changes are in ポイント."""
    return kind_of(indicator) == "number" and unit_of(indicator) == Unit("%", 0, indicator.per)


def is_points(indicator: Indicator) -> bool:
    """Whether values are differences in ポイント, which are written with their sign."""
    return kind_of(indicator) == "number" and unit_of(indicator).base == "ポイント"


def is_counted(indicator: Indicator) -> bool:
    """Whether values count things one by one (人, 件, 回 …; not 千人)."""
    unit = unit_of(indicator)
    return (
        kind_of(indicator) == "number" and bool(_COUNTED.fullmatch(unit.base)) and unit.power == 0
    )


def same_size(unit: str, indicator: Indicator) -> bool:
    """The unit is but another word for an indicator's: figures in it are read as before.

    It is of the same power of ten, and as much of a share.
    """
    renamed = indicator.model_copy(update={"unit": unit})
    before, after = read_unit(indicator.unit), read_unit(unit)
    alike = all(is_so(renamed) == is_so(indicator) for is_so in (is_percent, is_points))
    return alike and before.power == after.power and bool(unit) == bool(indicator.unit)


def _plain(text: str) -> str:
    folded = fold(text)
    return re.sub(r"[\s∕⁄]", lambda gap: "" if gap[0].isspace() else "/", folded)


def _based(text: str) -> tuple[str, int]:
    text = re.sub(r"^(?:トン|ton)", "t", text)
    text = re.sub(r"^(k?g|k?t)[\-−‐–・]?co2(?:換算)?$", r"\1-co2", text)
    text = _SAME_AS.get(text, text)
    return _SIZES.get(text, (text, 0))
