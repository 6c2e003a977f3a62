"""One line of the torture: what was asked, what came of it, and whether that reads as it must.

What a line must say is written as people read it: `missing=0 p99_ms<50 answered=asked skipped_all`.
Each part names a figure, compares it with a number, a word or another figure, or is a bare word
that has to be there; `asked` is the count that was asked for.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Figure = int | float | str
BARE = ""

_PART = re.compile(r"(?P<name>[^=<>]+)(?P<sign><=|>=|=|<|>)(?P<wanted>.+)")
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Line:
    """What came of one campaign, or of one part of it."""

    name: str
    asked: int
    figures: Mapping[str, Figure]
    must: str
    seconds: float = 0.0

    @property
    def wrong(self) -> list[str]:
        """The parts of `must` that do not hold."""
        found = {"asked": self.asked, **self.figures}
        return [part for part in self.must.split() if not _holds(part, found)]

    @property
    def is_clean(self) -> bool:
        """It reads as it must."""
        return not self.wrong

    @property
    def said(self) -> str:
        """The figures as they are printed."""
        return " ".join(f"{k}={v}" if v != BARE else k for k, v in self.figures.items())

    def __str__(self) -> str:
        return f"{self.name} asked={self.asked} {self.said}; wrong: {' '.join(self.wrong) or '-'}"


def read_figures(text: str) -> dict[str, Figure]:
    """The figures of a text such as `lost=0 worst_s=1.5 skipped_all_reported`."""
    parts = (part.partition("=") for part in text.split())
    return {name: _figure(value) for name, _, value in parts}


def _holds(part: str, figures: Mapping[str, Figure]) -> bool:
    match = _PART.fullmatch(part)
    if match is None:
        return part in figures
    got = figures.get(match["name"])
    wanted = figures.get(match["wanted"], _figure(match["wanted"]))
    if got is None:
        return False
    if isinstance(got, str) or isinstance(wanted, str):
        return match["sign"] == "=" and got == wanted
    return _SIGNS[match["sign"]](got, wanted)


def _figure(text: str) -> Figure:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
