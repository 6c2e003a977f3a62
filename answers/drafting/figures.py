"""Figures of a list as a plan file holds them: 29人, △203人(H26), ↗, 100:100; or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from store.fiscal import find_year
from store.plan import TargetKind
from store.reading.letters import normalise

NOTHING = re.compile(r"[-‐‑‒–—―−ー－\s]*")
_MARKS: dict[str, TargetKind] = {
    **dict.fromkeys(("↗", "↑", "増加", "向上", "上昇", "増"), "up"),
    **dict.fromkeys(("↘", "↓", "減少", "低下", "減"), "down"),
}
_EVEN = re.compile(r"100\s*[:：]\s*100")
_NUMBER = re.compile(r"(?P<sign>[△▲+-]?)\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?")
_BRACKETS = re.compile(r"\([^()]*\)")
_BOUND = re.compile("(?:以上|以下|以内|未満)$")
_PER = re.compile("/(年|月|日)$")


@dataclass(frozen=True)
class Figure:
    """One figure: the list's own words, and of them what is certain.

    `value` is plain digits, None where there is no number that could only mean one thing.
    """

    text: str
    value: str | None = None
    unit: str | None = None
    per: str | None = None
    years: tuple[int, ...] = field(default=())


def read_figure(text: str, today: date) -> Figure | None:
    """What stands in a cell; None for an empty one or a dash."""
    plain = normalise(text).strip()
    if NOTHING.fullmatch(text):
        return None
    year, _ = find_year(" ".join(_BRACKETS.findall(plain)), today)
    bare = _BRACKETS.sub("", plain).strip()
    found = _NUMBER.match(bare)
    rest = _BOUND.sub("", bare[found.end() :].strip()) if found else ""
    # A second number makes it a range, a rate in words or something else that a person must read.
    if found is None or any(letter.isdigit() for letter in rest):
        return Figure(text)
    per = _PER.search(rest)
    years = () if year is None else (year,)
    return Figure(text, _digits(found), _PER.sub("", rest).strip(), per[1] if per else None, years)


def kind_of(figure: Figure | None) -> TargetKind | None:
    """What kind of target it is; None where only a person can say (策定, 範囲)."""
    if figure is None:
        return "none"
    plain = normalise(figure.text).strip()
    if _EVEN.fullmatch(plain):
        return "parity"
    return _MARKS.get(plain) or ("value" if figure.value is not None else None)


def _digits(found: re.Match[str]) -> str:
    minus = "-" if found["sign"] in {"△", "▲", "-"} else ""
    return f"{minus}{found['digits'].replace(',', '')}{found['rest'] or ''}"
