"""What people write around a number that changes nothing: です, 12（人/年）, ¥300万, 年間12人, (203)."""

from __future__ import annotations

import re

from store.plan import Indicator
from store.reading.numerals import LETTERS
from store.reading.units import fits, read_unit, unit_of

_POLITE = re.compile(r"(?:です|でした|だった|に?なりました)?[。!]*$")
_BRACKETED_UNIT = re.compile(rf"(?P<figure>.*[{LETTERS}])\s*\((?P<unit>[^()0-9]{{1,12}})\)")
# Accounts write a negative in brackets: (203)人, (203人).
_BRACKETED = re.compile(rf"\(\s*(?P<figure>[{LETTERS}]+)\s*(?P<inside>[^()]*)\)(?P<unit>[^()]*)")
_YEN = re.compile("^(?P<sign>[+△▲▼-]?)¥")


def without_politeness(text: str) -> str:
    """`text` without です, でした, 。 at its end."""
    return _POLITE.sub("", text)


def plain_figure(text: str, indicator: Indicator) -> str:
    """`text` (normalised) as a sign, a number and a unit, where that is certain; else as it is."""
    plain = without_politeness(text)
    if found := _BRACKETED.fullmatch(plain):
        plain = f"△{found['figure']}{found['inside']}{found['unit']}"
    if (found := _BRACKETED_UNIT.fullmatch(plain)) and fits(read_unit(found["unit"]), indicator):
        plain = found["figure"] + found["unit"]
    plain = re.sub(r"^[±+△▲▼-]?\s*ゼロ(?=.)|^±(?=0(?![0-9.]))", "0", plain)
    wanted = unit_of(indicator)
    if wanted.base == "円" and _YEN.match(plain):
        plain = _YEN.sub(r"\g<sign>", plain).removesuffix("円") + "円"
    if wanted.per == "年":
        plain = re.sub("^年間(?=[^ぁ-ん])", "", plain)
    return plain
