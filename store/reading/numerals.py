"""Japanese numerals in exact arithmetic: 1,392, 12.5万, 2億3千万, 十二, 二〇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import pairwise

from store.errors import UnreadableValue

MOST_DIGITS = 15
MOST_DECIMALS = 6
# What a numeral may be made of; a unit begins where these end.
LETTERS = "0-9.,〇零一二三四五六七八九十百千万億兆"

_EXACT = Context(prec=120)
_KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")
_BLOCKS = (("兆", 12), ("億", 8), ("万", 4), ("", 0))
_COEFFICIENT = r"[0-9][0-9,]*(?:\.[0-9]+)?|[〇零一二三四五六七八九]+"
_BLOCK = re.compile(
    rf"(?:(?P<千>{_COEFFICIENT})?(?P<千_>千))?(?:(?P<百>{_COEFFICIENT})?(?P<百_>百))?"
    rf"(?:(?P<十>{_COEFFICIENT})?(?P<十_>十))?(?P<一>{_COEFFICIENT})?"
)
_POWERS = {"千": 3, "百": 2, "十": 1, "一": 0}
# 二三人 is two or three people, 一二三 nothing but 123.
_SPOKEN_RANGES = frozenset(a + b for a, b in pairwise("一二三四五六七八九"))


@dataclass(frozen=True)
class Numeral:
    """A number as written. `scale` is the power of ten its last part was written in (万 = 4).

    `scale` is None for a number without 百, 千, 万, 億 or 兆; `decimals` counts the digits
    written after the point. `value` keeps the digits written: 12.50万 is 1.250E+5.
    """

    value: Decimal
    scale: int | None = None
    decimals: int = 0


def read_numeral(text: str) -> Numeral:
    """The number that the whole of `text` (unsigned, NFKC) is.

    UnreadableValue for commas that do not group by three, units out of order (1万2億), kanji
    digits that could be a range (二三人 is two or three), more than 15 digits or 6 decimals.
    """
    _check_size(text)
    parts = list(_parts(text))
    if not parts:
        raise UnreadableValue(f"「{text}」は数として読み取れません。例: `12` `1,392` `2億3千万`")
    total = Decimal(0)
    for coefficient, power in parts:
        total = _EXACT.add(total, coefficient.scaleb(power, _EXACT))
    if len(parts) == 1:
        total = parts[0][0].scaleb(parts[0][1], _EXACT)
    scaled = re.search("[百千万億兆]", text)
    decimals = max(0, -int(parts[-1][0].as_tuple().exponent))
    return Numeral(total, parts[-1][1] if scaled else None, decimals)


def within_size(value: Decimal) -> Decimal:
    """The value, when it can be kept: 15 digits in all, 6 of them decimals; −0 becomes 0.

    UnreadableValue for more.
    """
    digits, exponent = value.as_tuple().digits, int(value.as_tuple().exponent)
    if max(value.adjusted() + 1, len(digits)) > MOST_DIGITS:
        raise UnreadableValue(
            f"数が大きすぎます。小数も含めて{MOST_DIGITS}桁までの数を書いてください。例: `1,392.5`"
        )
    if -exponent > MOST_DECIMALS:
        raise UnreadableValue(
            f"指標の単位に直すと小数が{MOST_DECIMALS}桁を超えます。丸めて書いてください。例: `12.5`"
        )
    return value.copy_abs() if value == 0 else value


def kanji_number(text: str) -> int | None:
    """三十 → 30, 元 and the rest → None; for numbers below 10,000 written in kanji."""
    try:
        return int(read_numeral(text).value)
    except UnreadableValue:
        return None


def digits_of(text: str) -> str:
    """Kanji digits by place: 二〇二三 → 2023."""
    return text.translate(_KANJI)


def _check_size(text: str) -> None:
    for digits in re.findall(rf"{_COEFFICIENT}", text):
        if len(digits.partition(".")[0].replace(",", "")) > MOST_DIGITS:
            raise UnreadableValue(
                f"数が大きすぎます。{MOST_DIGITS}桁までの数を書いてください。例: `1,392`"
            )
    if any(len(decimals) > MOST_DECIMALS for decimals in re.findall(r"\.([0-9]+)", text)):
        raise UnreadableValue(
            f"小数は{MOST_DECIMALS}桁まで書けます。丸めて書いてください。例: `12.5`"
        )


def _parts(text: str) -> Iterator[tuple[Decimal, int]]:
    """(coefficient, power of ten) from the highest; each smaller than the unit before it."""
    rest, seen = text, 0
    for letter, power in _BLOCKS:
        block, found, after = rest.partition(letter) if letter else (rest, bool(rest), "")
        if not found:
            continue
        rest = after
        parts = list(_block(block, text))
        if not parts or (seen and sum(c.scaleb(p) for c, p in parts) >= 10_000):
            raise _out_of_order(text)
        for place, (coefficient, small) in enumerate(parts):
            last = place == len(parts) - 1 and not rest
            if coefficient % 1 and not last:
                raise _out_of_order(text)
            yield coefficient, small + power
        seen += 1


def _block(block: str, text: str) -> Iterator[tuple[Decimal, int]]:
    found = _BLOCK.fullmatch(block)
    if not found:
        raise _badly_grouped(text) if "," in block or "." in block else _out_of_order(text)
    written = [name for name in _POWERS if found[name] or (name != "一" and found[f"{name}_"])]
    for name in written:
        coefficient = _coefficient(found[name] or "1", text)
        in_kanji = name != "一" and (found[name] or "").isalpha()
        if coefficient >= 10 and (len(written) > 1 or in_kanji):
            raise _out_of_order(text)
        yield coefficient, _POWERS[name]


def _coefficient(written: str, text: str) -> Decimal:
    if written[0] in "〇零一二三四五六七八九":
        if written in _SPOKEN_RANGES:
            raise UnreadableValue(
                f"「{text}」は幅のある数とも読めます。算用数字で書いてください。例: `12`"
            )
        return Decimal(digits_of(written))
    if "," in written and not re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?", written):
        raise _badly_grouped(text)
    return Decimal(written.replace(",", ""))


def _badly_grouped(text: str) -> UnreadableValue:
    return UnreadableValue(
        f"「{text}」の桁区切りか小数点が読み取れません。例: `1,392` `1392` `12.5`"
    )


def _out_of_order(text: str) -> UnreadableValue:
    return UnreadableValue(
        f"「{text}」の位（兆・億・万・千）の並びが読み取れません。例: `2億3千万` `12.5万`"
    )
