"""How a sheet looks: the formats of its cells, and the height that a row's words need."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reports.sheet.form import Column

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]

FONT = "BIZ UDPゴシック"
INPUT = "#FFF8DC"
QUIET = "#F2F2F2"
LINE_POINTS = 13.5
LONGEST_LINES = 12
DAY_FORMAT = "yyyy/m/d"


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._inputs: dict[str, Format] = {}
        self._numbers: dict[str, Format] = {}

    @cached_property
    def title(self) -> Format:
        """The title."""
        return self._made(bold=True, font_size=14)

    @cached_property
    def label(self) -> Format:
        """What a line above the table is about."""
        return self._made(bold=True, valign="top")

    @cached_property
    def line(self) -> Format:
        """A line above the table, over several columns."""
        return self._made(text_wrap=True, valign="top")

    @cached_property
    def heading(self) -> Format:
        """A heading of the table."""
        return self._made(**_BOXED, bold=True, bg_color="#D9E2E5", align="center")

    @cached_property
    def input_heading(self) -> Format:
        """A heading over cells to fill in."""
        return self._made(**_BOXED, bold=True, bg_color="#FFE699", align="center")

    @cached_property
    def fixed(self) -> Format:
        """A cell that stays as it is."""
        return self._made(**_BOXED, bg_color=QUIET, num_format="@")

    @cached_property
    def day(self) -> Format:
        """A day that stays as it is."""
        return self._made(**_BOXED, bg_color=QUIET, num_format=DAY_FORMAT, align="right")

    @cached_property
    def plain(self) -> Format:
        """A cell of the guide."""
        return self._made(**_BOXED)

    @cached_property
    def table(self) -> Format:
        """A cell of a report's table."""
        return self._made(**_BOXED, num_format="@")

    @cached_property
    def right(self) -> Format:
        """The same, set flush right as numbers are."""
        return self._made(**_BOXED, num_format="@", align="right")

    @cached_property
    def band(self) -> Format:
        """A line across a table that names what follows."""
        return self._made(**_BOXED | {"text_wrap": False}, bold=True, bg_color=QUIET)

    @cached_property
    def warning(self) -> Format:
        """What must not be overlooked."""
        return self._made(bold=True, font_color="#B3261E")

    def number(self, number_format: str) -> Format:
        """A number of a report's table."""
        if number_format not in self._numbers:
            boxed = {**_BOXED, "text_wrap": False, "shrink": True, "align": "right"}
            self._numbers[number_format] = self._made(**boxed, num_format=number_format)
        return self._numbers[number_format]

    def input(self, number_format: str) -> Format:
        """A cell to fill in."""
        if number_format not in self._inputs:
            align = {"align": "right"} if number_format != "@" else {"indent": 1}
            self._inputs[number_format] = self._made(
                **_BOXED, bg_color=INPUT, locked=False, num_format=number_format, **align
            )
        return self._inputs[number_format]

    def _made(self, **properties: Any) -> Format:
        return self._book.add_format({"font_name": FONT, "font_size": 10} | properties)


_BOXED = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True, "valign": "vcenter"}


def above(page: Any, looks: Looks, title: str, how: str, columns: Sequence[Column]) -> None:
    """The title of a page in its first row, and below it, as wide as the table, how to fill it in."""
    page.write_string(0, 1, title, looks.title)
    page.set_row(0, 24)
    page.merge_range(1, 1, 1, len(columns) - 1, "", looks.line)
    page.write_string(1, 1, how, looks.line)
    page.set_row(1, height([(how, sum(c.width for c in columns[1:]))]))


def height(words: Iterable[tuple[str, float]], most: int = LONGEST_LINES) -> float:
    """The points that a row needs for texts, each in a column of that width; at most so many lines."""
    lines = max((_lines(text, width) for text, width in words), default=1)
    return LINE_POINTS * min(lines, most) + 4


def _lines(text: str, width: float) -> int:
    room = max(2.0, width - 2)
    return sum(max(1, -int(-_wide(line) // room)) for line in text.split("\n"))


def _wide(text: str) -> float:
    return sum(2.05 if unicodedata.east_asian_width(c) in "WFA" else 1.05 for c in text)
