"""The plot's ground: the plan's own years, the boundary between the phases, the marked values."""

from __future__ import annotations

from collections.abc import Iterator

from reports.charting.layout import Frame
from reports.charting.pen import FAINT, QUIET, Pen
from reports.charting.picture import Picture
from reports.charting.placing import Box

MARK, PHASE, LEVEL = 17, 16, 15
OWN, PAPER, FIRM = "#f3f6fa", "white", "#8c959f"


def draw_ground(pen: Pen, picture: Picture, frame: Frame) -> None:
    """All that figures and targets are drawn upon."""
    if picture.period:
        left, right = frame.edges(*picture.period)
        pen.fill(Box(left, frame.box.foot, right, frame.box.top), OWN, linewidth=0, zorder=0)
        _draw_boundary(pen, picture, frame, left)
    _draw_marks(pen, frame)
    if picture.level:
        _draw_level(pen, picture, frame)


def ground_colour(box: Box, picture: Picture, frame: Frame) -> str:
    """The colour behind something that lies in `box`."""
    boundary = frame.edges(*picture.period)[0] if picture.period else frame.box.right
    return OWN if box.left >= boundary else PAPER


def ground_boxes(pen: Pen, picture: Picture, frame: Frame) -> Iterator[Box]:
    """What is written on the ground and must stay legible."""
    if picture.level:
        value, said = picture.level
        left, y = frame.box.left, frame.y(value)
        yield Box(left, y, left + pen.width(said, LEVEL) + 6, y + LEVEL + 6)


def boundary_box(picture: Picture, frame: Frame) -> Iterator[Box]:
    """The line between the phases, which labels had better not cross."""
    if picture.period and (x := frame.edges(*picture.period)[0]) > frame.box.left + 1:
        yield Box(x - 2, frame.box.foot, x + 2, frame.box.top)


def _draw_boundary(pen: Pen, picture: Picture, frame: Frame, x: float) -> None:
    before, own = picture.phases
    y = frame.box.top + PHASE * 0.8
    if x > frame.box.left + 1:
        path = [(x, frame.box.foot), (x, y + PHASE * 0.6)]
        pen.line(path, QUIET, linewidth=1.2, linestyle=(0, (1, 2)), zorder=1)
        pen.write((x - 8, y), before, PHASE, name="phase", colour=QUIET, side="right")
    pen.write((x + 8, y), own, PHASE, name="phase", colour=QUIET)


def _draw_marks(pen: Pen, frame: Frame) -> None:
    box, marks = frame.box, frame.scale.marks
    for value, said in marks:
        y = frame.y(value)
        colour = FIRM if value == 0 and marks[0][0] < 0 else FAINT
        pen.line([(box.left, y), (box.right, y)], colour, linewidth=1, zorder=1)
        pen.write((box.left - 10, y), said, MARK, name="mark", colour=QUIET, side="right")
    pen.line([(box.left, box.foot), (box.right, box.foot)], QUIET, linewidth=1.2, zorder=1)


def _draw_level(pen: Pen, picture: Picture, frame: Frame) -> None:
    if picture.level:
        value, said = picture.level
        left, right, y = frame.box.left, frame.box.right, frame.y(value)
        pen.line([(left, y), (right, y)], FIRM, linewidth=1.2, zorder=2)
        pen.write((left + 4, y + LEVEL * 0.75), said, LEVEL, name="level", colour=QUIET)
