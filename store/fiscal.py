"""Fiscal years as people write them: R5, 令和五年度, H30, FY2024, 昨年度.

年度 runs from April to March and is named by its first calendar year, so January 2025 is
fiscal 2024 (R6). 平成40年度 is read as 2028 on purpose: old plans name years that way.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from zoneinfo import ZoneInfo

from store.reading.numerals import digits_of, kanji_number

TOKYO = ZoneInfo("Asia/Tokyo")

_ERAS = (("R", "令和", 2019), ("H", "平成", 1989), ("S", "昭和", 1926))
_FIRST_YEARS = {
    **{letter: first for letter, _, first in _ERAS},
    **{word: first for _, word, first in _ERAS},
    "㋿": 2019,
    "㍻": 1989,
    "㍼": 1926,
}
_RELATIVE = {
    **dict.fromkeys(("今年度", "本年度", "当年度", "今年"), 0),
    **dict.fromkeys(("昨年度", "去年度", "前年度", "昨年", "去年", "前年"), -1),
    **dict.fromkeys(("一昨年度", "一昨年", "前々年度"), -2),
    **dict.fromkeys(("来年度", "翌年度"), 1),
}

# 令和6年4月 is a date, of another fiscal year perhaps, so a year directly followed by a number
# is left alone unless 年度 closes it.
_CLOSED = r"(?:\s?年度|\s?年(?!度|\s?[0-9]|間|前|後|代)|(?!\s?年|[0-9A-Za-z]|[./\-−ー][0-9]))"
_ERA = (
    r"(?:(?P<word>令和|平成|昭和|[㋿㍻㍼])\s?(?P<word_n>[0-9]{1,2}+|元|[一二三四五六七八九十]{1,3}+)"
    r"|(?<![0-9A-Za-z])(?P<letter>[RHSrhs])\.?\s?(?P<letter_n>[0-9]{1,2}+|元))" + _CLOSED
)
_FOUR = r"(?:19|20)[0-9]{2}"
_NAMED_WESTERN = (
    rf"(?<![0-9A-Za-z])[Ff][Yy]\s?{_FOUR}(?![0-9])(?:\s?年度?)?"
    rf"|(?<![0-9A-Za-z.,\-−]){_FOUR}(?:\s?年度|\s?年(?!度|\s?[0-9]|間|前|後|代))"
    r"|(?<![〇一二三四五六七八九十百千])[一二][〇一二三四五六七八九]{3}\s?年度"
)
# 「2000 人」 is a figure, 「2023 人口」 is a year and a word.
_UNIT = (
    "[百千万億兆]*(?:[人名件円回本基台戸軒社店校位倍歳日%mt]|世帯|団体|事業所|か所|箇所|ポイント)"
    "(?![一-龠ァ-ヶー])"
)
_BARE_WESTERN = (
    rf"(?<![0-9A-Za-z.,\-−△▲約]){_FOUR}"
    rf"(?=$|\s(?!\s*(?:{_UNIT}))|[のはとにをで、。?!)」】~〜・]|から|まで|時点|実績|報告)"
)
_WORDS = "|".join(sorted(_RELATIVE, key=len, reverse=True))
_RELATIVE_WORD = rf"(?:{_WORDS})(?!度?(?:比|同期|同月|並|より))"
# From the surest to the least sure: a bare 2000 is a year only when nothing better is there.
_IN_SENTENCES = tuple(map(re.compile, (_ERA, _NAMED_WESTERN, _RELATIVE_WORD, _BARE_WESTERN)))


def fiscal_year(day: date) -> int:
    """The fiscal year that `day` is in."""
    return day.year if day.month >= 4 else day.year - 1


def era(year: int) -> str:
    """`R6` for fiscal 2024, `R1` for 2019, `H30` for 2018; the plain number before 昭和."""
    return next(
        (f"{letter}{year - first + 1}" for letter, _, first in _ERAS if year >= first), str(year)
    )


def era_long(year: int) -> str:
    """`令和6年度` for fiscal 2024, `令和元年度` for 2019."""
    for _, word, first in _ERAS:
        if year >= first:
            return f"{word}{'元' if year == first else year - first + 1}年度"
    return f"{year}年度"


def read_year(text: str, today: date) -> int | None:
    """The fiscal year when the whole of `text` is one in any notation, else None."""
    plain = _letter_by_letter(text).strip()
    for notation in _IN_SENTENCES:
        if found := notation.fullmatch(plain):
            return _year(found, today)
    return None


def find_year(text: str, today: date) -> tuple[int | None, str]:
    """One fiscal year found inside `text`, and `text` without it; (None, text) where there is none.

    A named year wins over 昨年度, and that over a bare 2023. Of two years the first is found;
    the second is still in the rest. 5G, 65歳, HR2, 1,392人, 2000人 and dates are no years.
    """
    plain = _letter_by_letter(text)
    for notation in _IN_SENTENCES:
        for found in notation.finditer(plain):
            if (year := _year(found, today)) is not None:
                return year, _without(text, *found.span())
    return None, text


def _letter_by_letter(text: str) -> str:
    """NFKC where it turns one character into one, so that positions still fit `text`."""
    forms = ((letter, unicodedata.normalize("NFKC", letter)) for letter in text)
    return "".join(form if len(form) == 1 else letter for letter, form in forms)


def _year(found: re.Match[str], today: date) -> int | None:
    parts = found.groupdict()
    if name := parts.get("word") or parts.get("letter"):
        number = _ordinal(parts["word_n"] or parts["letter_n"])
        return _FIRST_YEARS[name.upper()] + number - 1 if number else None
    if found[0] in _RELATIVE:
        return fiscal_year(today) + _RELATIVE[found[0]]
    return int(digits_of(re.sub(r"[^0-9〇一二三四五六七八九]", "", found[0])))


def _ordinal(number: str) -> int | None:
    if number == "元":
        return 1
    return int(number) if number.isdigit() else kanji_number(number)


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start], text[end:]
    if not before or before[-1].isspace():
        after = after.lstrip()
    return (before + after).strip()
