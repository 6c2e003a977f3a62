"""Draws the figures: a marker each, lines between neighbouring years, and lines kept clear for labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reports.charting.layout import Frame
from reports.charting.looks import LOOKS, Look
from reports.charting.pen import QUIET, Pen
from reports.charting.picture import Dot, Picture
from reports.charting.placing import Box

DOT, RING, ASIDE = 13.0, 23.0, 10.0
_CHAIN = 8.0
_DASHES = (0, (4, 2.5))


def draw_strands(pen: Pen, picture: Picture, frame: Frame) -> None:
    """Every series in its look."""
    for strand, look in zip(picture.strands, LOOKS, strict=False):
        for run in strand.runs:
            path = [frame.at(year, value) for year, value in run.path]
            dashes = _DASHES if run.dashed else "-"
            pen.line(path, look.colour, linewidth=2.8, linestyle=dashes, zorder=5)
        for dot in strand.dots:
            _draw_dot(pen, dot, look, frame)


def dot_boxes(picture: Picture, frame: Frame) -> Iterator[Box]:
    """What the markers cover."""
    for dot in (dot for strand in picture.strands for dot in strand.dots):
        size = RING if dot.ringed else DOT + 2
        yield Box.around(*frame.at(dot.year, dot.value), size, size)


def run_boxes(picture: Picture, frame: Frame) -> Iterator[Box]:
    """The lines as chains of small boxes."""
    for run in (run for strand in picture.strands for run in strand.runs):
        for start, end in pairwise(frame.at(year, value) for year, value in run.path):
            yield from _chain(start, end)


def _chain(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    wide, high = end[0] - start[0], end[1] - start[1]
    links = int(max(abs(wide), abs(high)) // _CHAIN) + 1
    for link in range(links):
        part = link / links
        yield Box.around(start[0] + wide * part, start[1] + high * part, _CHAIN, _CHAIN)


def _draw_dot(pen: Pen, dot: Dot, look: Look, frame: Frame) -> None:
    at = frame.at(dot.year, dot.value)
    if dot.aside:
        pen.mark(at, "x", ASIDE, markeredgecolor=QUIET, markeredgewidth=2.2, zorder=7)
        return
    if dot.ringed:
        pen.mark(at, "o", RING, zorder=6, **_edge(look, 1.6, "none"))
    inside = "white" if dot.hollow else look.colour
    pen.mark(at, look.shape, DOT, zorder=7, **_edge(look, 2.0, inside))


def _edge(look: Look, width: float, inside: str) -> dict[str, Any]:
    return {
        "markerfacecolor": inside,
        "markeredgecolor": look.colour,
        "markeredgewidth": width,
    }
