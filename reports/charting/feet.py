"""Below the plot: the years in their era, and what is said of some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charting.layout import Placed, row_heights, rows_of
from reports.charting.pen import LEADING, QUIET, WIDTH, Pen
from reports.charting.picture import Picture
from reports.charting.placing import Box
from store.fiscal import era

YEAR, CAPTION = 19, 15


@dataclass(frozen=True)
class Feet:
    """The captions below the years, placed."""

    placed: Sequence[Placed]
    heights: Sequence[int]

    @property
    def height(self) -> float:
        """How high years and captions are together, in pixels."""
        return YEAR * 1.6 + sum(self.heights) * CAPTION * LEADING + 4 * len(self.heights)


def captions_placed(pen: Pen, picture: Picture, left: float, right: float) -> Feet:
    """Captions in rows, for a plot that reaches from left to right."""
    first, last = axis_years(picture)
    column = (right - left) / (last - first + 1)
    placed = rows_of(
        picture.captions,
        lambda year: left + (year - first + 0.5) * column,
        lambda text: pen.width(text, CAPTION),
        WIDTH,
    )
    return Feet(placed, row_heights(placed))


def axis_years(picture: Picture) -> tuple[int, int]:
    """The first and last place on the axis, the one for figures of no year included."""
    first, last = picture.years
    return (first if picture.undated is None else picture.undated), last


def write_years(pen: Pen, picture: Picture, box: Box, feet: Feet) -> None:
    """Era years below the plot, as many as there is room for, and the captions under them."""
    first, last = axis_years(picture)
    column = (box.right - box.left) / (last - first + 1)
    widest = max(pen.width(era(year), YEAR) for year in range(first, last + 1))
    every = int((widest + 10) // column) + 1
    y = box.foot - YEAR
    for year in range(last, first - 1, -every):
        if year != picture.undated:
            x = box.left + (year - first + 0.5) * column
            pen.write((x, y), era(year), YEAR, name="year", side="center")
    tops = [y - YEAR * 0.6]
    for height in feet.heights:
        tops.append(tops[-1] - height * CAPTION * LEADING - 4)
    for each in feet.placed:
        _write_caption(pen, each, tops[each.row])


def _write_caption(pen: Pen, placed: Placed, top: float) -> None:
    y = top - CAPTION * LEADING / 2
    for line in placed.caption.lines:
        pen.write((placed.x, y), line, CAPTION, name="caption", colour=QUIET, side="center")
        y -= CAPTION * LEADING
