"""Where the parts of a chart stand: lines broken to fit, the plot's frame, captions in rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.charting.picture import Caption
from reports.charting.placing import Box
from reports.charting.scale import Scale

Measure = Callable[[str], float]
"""How wide a line of text becomes, in pixels."""

MOST_ROWS = 3
# 行頭禁則 and 行末禁則: what must not begin a line, what must not end one.
_NOT_FIRST = frozenset(
    "、。，．・：；？！）)］」』】〉》〕｝％%ー〜～々ゃゅょっャュョッぁぃぅぇぉァィゥェォ"
)
_NOT_LAST = frozenset("（(［「『【〈《〔｛")


def wrap(
    text: str, width: float, measure: Measure, most: int, *, even: bool = True
) -> tuple[str, ...]:
    """`text` in at most `most` lines, of about equal width if `even`; what does not fit ends in …."""
    lines = _broken(text, width, measure)
    if len(lines) > most:
        return (*lines[: most - 1], shorten("".join(lines[most - 1 :]), width, measure))
    # As narrow as the same number of lines allows, so that no line is left with one letter.
    for share in (0.55, 0.65, 0.75, 0.85, 0.95) if even else ():
        narrow = _broken(text, width * share, measure)
        if len(narrow) == len(lines) and all(measure(line) <= width for line in narrow):
            return tuple(narrow)
    return tuple(lines)


def shorten(text: str, width: float, measure: Measure) -> str:
    """`text` as it is where it fits, else cut and ended with …."""
    if measure(text) <= width:
        return text
    while text and measure(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


def _broken(text: str, width: float, measure: Measure) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        # What is wider than a line by itself is broken anywhere.
        for part in [piece] if measure(piece) <= width else piece:
            if lines[-1] and measure(lines[-1] + part.rstrip()) > width:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """What stays together: letters with the signs that cling to them, numbers and Latin words."""
    pieces: list[str] = []
    for letter in text:
        if pieces and _together(pieces[-1][-1], letter):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _together(before: str, letter: str) -> bool:
    if letter in _NOT_FIRST or before in _NOT_LAST:
        return True
    latin = before.isascii() and letter.isascii()
    return latin and not before.isspace() and not letter.isspace()


@dataclass(frozen=True)
class Frame:
    """The plot on the canvas: years to x, values to y, in pixels."""

    box: Box
    first: int
    last: int
    scale: Scale

    @property
    def column(self) -> float:
        """How wide a year is."""
        return (self.box.right - self.box.left) / (self.last - self.first + 1)

    def x(self, year: float) -> float:
        """The middle of a year; half a year more is its end."""
        return self.box.left + (year - self.first + 0.5) * self.column

    def y(self, value: Decimal) -> float:
        """The height of a value."""
        return self.box.foot + self.scale.share(value) * (self.box.top - self.box.foot)

    def edges(self, first: int, last: int) -> tuple[float, float]:
        """Where these years begin and end, as far as they are drawn."""
        half = self.column / 2
        return self.x(max(first, self.first)) - half, self.x(min(last, self.last)) + half

    def at(self, year: float, value: Decimal) -> tuple[float, float]:
        """The place of a figure."""
        return self.x(year), self.y(value)


@dataclass(frozen=True)
class Placed:
    """A caption with the middle of its lines, and the row of captions that it stands in."""

    caption: Caption
    x: float
    row: int


def rows_of(
    captions: Sequence[Caption], x: Callable[[float], float], measure: Measure, canvas: float
) -> tuple[Placed, ...]:
    """Captions below their years, in a lower row where they would touch; none beyond the last row."""
    ends = [0.0] * MOST_ROWS
    found = []
    for caption in captions:
        half = max(map(measure, caption.lines)) / 2
        middle = min(max(x(caption.year), half + 8), canvas - half - 8)
        row = next((r for r in range(MOST_ROWS) if ends[r] + 8 <= middle - half), None)
        if row is not None:
            ends[row] = middle + half
            found.append(Placed(caption, middle, row))
    return tuple(found)


def row_heights(placed: Sequence[Placed]) -> tuple[int, ...]:
    """How many lines each row of captions has."""
    rows = max((p.row for p in placed), default=-1) + 1
    return tuple(max(len(p.caption.lines) for p in placed if p.row == r) for r in range(rows))
