"""Reading a ratio of men to women: 95:100, 女性100:男性95, 95. Kept as men per 100 women."""

from __future__ import annotations

import re
from decimal import Decimal

from store.errors import UnreadableValue
from store.reading.numerals import read_numeral
from store.reading.phrasing import without_politeness
from store.reading.series import OTHER_NAMES

_SEX = "男性?|女性?"
_NAMES = tuple(
    (re.compile("|".join(sorted(others, key=len, reverse=True))), name)
    for name, others in OTHER_NAMES.items()
)
_PART = r"[0-9]+(?:\.[0-9]+)?"
_RATIO = re.compile(
    rf"(?P<left>{_SEX})?\s*[は:=]?\s*(?P<first>{_PART})"
    rf"(?:\s*(?:[:対/・、]|,(?=\s|{_SEX})|\s|(?={_SEX}))\s*"
    rf"(?P<right>{_SEX})?\s*[は:=]?\s*(?P<second>{_PART}))?"
)
_HOW_RATIO = "女性を100としたときの男性の値を書いてください。例: `男性95：女性100` または `95`"


def read_ratio(text: str) -> Decimal:
    """Men per 100 women; UnreadableValue where neither number, or the wrong one, is 100."""
    plain = without_politeness(text)
    for others, name in _NAMES:
        plain = others.sub(name, plain)
    found = _RATIO.fullmatch(plain.replace("性性", "性"))
    if not found:
        raise UnreadableValue(f"「{text[:30]}」は比率として読み取れません。{_HOW_RATIO}")
    second = read_numeral(found["second"]).value if found["second"] else None
    men = _men_per_hundred_women(
        read_numeral(found["first"]).value,
        second,
        (found["left"] or "")[:1],
        (found["right"] or "")[:1],
    )
    if men is None:
        raise UnreadableValue(f"「{text[:30]}」からは男性の値が分かりません。{_HOW_RATIO}")
    return men


def _men_per_hundred_women(
    first: Decimal, second: Decimal | None, left: str, right: str
) -> Decimal | None:
    """The definition fixes women at 100: of an unlabelled pair with one 100 the other is men."""
    if second is None:
        return first if left != "女" else None
    if left and left == right:
        return None
    if left == "男" or right == "女":
        return first if second == 100 else None
    if left == "女" or right == "男":
        return second if first == 100 else None
    if second == 100:
        return first
    return second if first == 100 else None
