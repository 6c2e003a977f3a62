"""Draws on a canvas of 1080×600 pixels, y growing upwards, through matplotlib's objects alone.

Nothing global is used: no pyplot, no settings. Letters that the font lacks are replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from reports.charting.placing import Box
from reports.fonts import drawable, font_family, font_file, text_width

Side = Literal["left", "center", "right"]

WIDTH, HEIGHT = 1080, 600
DPI = 100
INK, QUIET, FAINT = "#1f2328", "#57606a", "#d8dee4"
_POINTS = 72 / DPI
# For an SVG, which names fonts and carries none: what the systems of its readers have.
FALLBACKS = (
    "BIZ UDPGothic",
    "Hiragino Sans",
    "Yu Gothic",
    "Meiryo",
    "Noto Sans CJK JP",
    "Noto Sans JP",
)
# A line of text takes this many times its size.
LEADING = 1.28


class Pen:
    """One figure, drawn on in pixels."""

    def __init__(self) -> None:
        self.figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        # Not an axes over the whole figure, which takes as long as a fifth of the drawing.
        self._pixels = Affine2D().scale(1 / WIDTH, 1 / HEIGHT) + self.figure.transFigure

    def width(self, text: str, size: float) -> float:
        """How wide a line of text of this size (pixels) becomes, in pixels."""
        return text_width(drawable(text), size)

    def write(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        *,
        name: str,
        colour: str = INK,
        side: Side = "left",
        level: float = 3,
    ) -> None:
        """One line of text, centred on `at` in height; `side` is which part of it is at `at`."""
        self._add(
            Text(
                *at,
                drawable(text),
                color=colour,
                fontproperties=_font(size),
                horizontalalignment=side,
                verticalalignment="center_baseline",
                parse_math=False,
                gid=name,
                zorder=level,
            )
        )

    def line(self, path: Sequence[tuple[float, float]], colour: str, **look: Any) -> None:
        """A line through these points."""
        xs, ys = zip(*path, strict=True)
        self._add(Line2D(xs, ys, color=colour, **look))

    def mark(self, at: tuple[float, float], shape: str, size: float, **look: Any) -> None:
        """A marker of this size (pixels)."""
        x, y = at
        self._add(Line2D([x], [y], linestyle="", marker=shape, markersize=size * _POINTS, **look))

    def fill(self, box: Box, colour: str, **look: Any) -> None:
        """A rectangle."""
        corner = (box.left, box.foot)
        size = (box.right - box.left, box.top - box.foot)
        self._add(Rectangle(corner, *size, facecolor=colour, **look))

    def arrow(self, tail: tuple[float, float], head: tuple[float, float], colour: str) -> None:
        """An arrow from tail to head."""
        self._add(
            FancyArrowPatch(
                tail,
                head,
                arrowstyle="-|>",
                mutation_scale=20 * _POINTS * 1.4,
                linewidth=2.4,
                color=colour,
                shrinkA=0,
                shrinkB=0,
                zorder=4,
            )
        )

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._pixels)
        self.figure.add_artist(artist)


def _font(size: float) -> FontProperties:
    families = [font_family(), *FALLBACKS, "sans-serif"]
    return FontProperties(family=families, fname=str(font_file()), size=size * _POINTS)
