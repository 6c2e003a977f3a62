"""Reading one figure of each kind: a number with its unit, 済・未, a rank (ratios: `store.reading.ratios`).

Every function takes normalised text and raises UnreadableValue for whatever is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from store.errors import UnreadableValue
from store.plan import Indicator
from store.reading.letters import DASHES
from store.reading.numerals import (
    LETTERS,
    Numeral,
    digits_of,
    read_numeral,
    within_size,
)
from store.reading.phrasing import plain_figure
from store.reading.ratios import read_ratio
from store.reading.refusals import refuse_notations
from store.reading.units import Kind, Unit, fits, kind_of, read_unit, shifted, unit_of
from store.showing import show_number, show_value

_NOTHING = re.compile(r"(?:該当)?者?(?:なし|無し?)|ゼロ|皆無")
_FIGURE = re.compile(
    rf"(?P<sign>[+△▲▼ー{DASHES}-]|マイナス|プラス)?\s*(?P<body>[{LETTERS}]+)\s*(?P<unit>.*)",
    re.DOTALL,
)
_KANJI_DIGIT = "[0-9一二三四五六七八九]"
_TENTHS = re.compile(
    rf"({_KANJI_DIGIT}+)割\s*(?:({_KANJI_DIGIT})分\s*(?:({_KANJI_DIGIT})厘)?|({_KANJI_DIGIT})厘)"
)
_OUTSIDE = re.compile("(?:合?計|総[計数]|延べ|年間|実績(?:値)?|値|平均)$")
_DOING = "策定|実施|作成|整備|導入|設置|制定|改定|公表|開始|達成"
_DONE = re.compile(
    rf"(?:{_DOING})?(?:済み?|完了(?:済み?)?)(?:です)?|(?:{_DOING}|完了)し(?:た|ました)"
)
_NOT_DONE = re.compile(rf"未(?:{_DOING}|完了|済み?|了)?(?:です)?")


def read_figure(text: str, indicator: Indicator) -> Decimal:
    """The value of one series, in the indicator's unit; 1 and 0 for 済 and 未."""
    return _READERS[kind_of(indicator)](text, indicator)


def example_of(indicator: Indicator) -> str:
    """How a value of one series can be written: a published one, else any."""
    published = (b.value for series in indicator.series for b in series.baselines)
    any_value = Decimal(95 if kind_of(indicator) == "parity" else 12)
    return show_value(next(published, any_value), indicator)


def examples_of(indicator: Indicator) -> str:
    """How the values of all series can be written."""
    values = {each.name: each.baseline.value for each in indicator.series if each.baseline}
    return " ".join(
        f"{name or ''}{show_value(values[name], indicator) if name in values else example_of(indicator)}"
        for name in indicator.series_names
    )


def _number(text: str, indicator: Indicator) -> Decimal:
    text = _TENTHS.sub(_tenths, plain_figure(text, indicator))
    if _NOTHING.fullmatch(text):
        return Decimal(0)
    refuse_notations(text, example_of(indicator))
    found = _FIGURE.fullmatch(text)
    if not found:
        raise UnreadableValue(_why_no_figure(text, indicator))
    number = read_numeral(found["body"])
    if found["sign"] not in {None, "+", "プラス"}:
        number = replace(number, value=-number.value)
    value = _in_unit_of(indicator, number, found["unit"].strip().rstrip("。"), text)
    return within_size(value)


def _tenths(found: re.Match[str]) -> str:
    whole, tenth, hundredth, alone = (digits_of(part or "") for part in found.groups())
    return f"{whole}.{f'0{alone}' if alone else tenth + hundredth}割"


def _why_no_figure(text: str, indicator: Indicator) -> str:
    before = re.split(r"[0-9△▲+-]", text, maxsplit=1)[0].strip(" :=は")
    if _OUTSIDE.match(before):
        return f"「{before[:20]}」は値から外し、数と単位だけを書いてください。例: `{example_of(indicator)}`"
    if before != text and re.fullmatch(r"[^\W\d_a-zA-Z]+", before):
        return f"この指標に「{before[:20]}」という区分はありません。例: `{example_of(indicator)}`"
    return f"「{text[:20]}」は値として読み取れません。例: `{example_of(indicator)}`"


def _in_unit_of(indicator: Indicator, number: Numeral, unit: str, text: str) -> Decimal:
    wanted = unit_of(indicator)
    if not unit or (read_unit(unit).base == "" and read_unit(unit).per == wanted.per):
        return _bare(number, wanted, indicator)
    typed = read_unit(unit)
    if fits(typed, indicator):
        return shifted(number.value, typed.power - wanted.power, number.decimals)
    if re.search(r"[0-9]", unit) and re.search(rf"[{LETTERS}]{{2}}|\s", unit):
        raise UnreadableValue(
            f"数が2つ以上あります。1つだけ書いてください。例: `{example_of(indicator)}`"
        )
    value = shifted(number.value, 0, number.decimals)
    example = f"例: `{show_value(value, indicator)}` または `{show_number(value)}`"
    if not indicator.unit:
        raise UnreadableValue(f"「{text[:30]}」の単位は要りません。例: `{show_number(value)}`")
    per = f"/{wanted.per}" if wanted.per and "/" not in indicator.unit else ""
    raise UnreadableValue(
        f"「{text[:30]}」の単位が指標の単位（{indicator.unit}{per}）と違います。{example}"
    )


def _bare(number: Numeral, wanted: Unit, indicator: Indicator) -> Decimal:
    """Without a unit, 300万 is a count of one by one when that is sure: for 万円, not for 億円."""
    if number.scale is None or wanted.power == 0:
        return shifted(number.value, 0, number.decimals)
    if number.scale >= wanted.power:
        return shifted(number.value, -wanted.power, number.decimals)
    raise UnreadableValue(
        f"単位を付けて書いてください（この指標の単位は{indicator.unit}）。例: `{example_of(indicator)}`"
    )


def _done(text: str, _indicator: Indicator) -> Decimal:
    if _NOT_DONE.fullmatch(text):
        return Decimal(0)
    if _DONE.fullmatch(text):
        return Decimal(1)
    raise UnreadableValue(f"「{text[:30]}」は読み取れません。`済` か `未` で書いてください。")


def _rank(text: str, _indicator: Indicator) -> Decimal:
    found = re.fullmatch(rf"第?\s*(?P<body>[{LETTERS}]+)\s*位?", text)
    value = read_numeral(found["body"]).value if found else Decimal(0)
    if value < 1 or value % 1:
        raise UnreadableValue(f"「{text[:30]}」は順位として読み取れません。例: `3位`")
    return within_size(shifted(value, 0, 0))


_READERS: Mapping[Kind, Callable[[str, Indicator], Decimal]] = {
    "number": _number,
    "parity": lambda text, _: within_size(read_ratio(text)),
    "done": _done,
    "rank": _rank,
}
