"""Draws targets: lines and stairs with a star at their year, bands, arrows; what they are, beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.charting.layout import Frame
from reports.charting.looks import AIM, LOOKS, OF_ALL
from reports.charting.pen import LEADING, WIDTH, Pen
from reports.charting.picture import Aim, Picture, Step
from reports.charting.placing import Box, spread
from reports.charting.surround import AIM as SIZE
from reports.charting.surround import MARGIN, aim_lines, few_aim_lines

STAR = 27.0
ARROW = 52.0
_LINE, _APART, _BESIDE = SIZE * LEADING, 6.0, 14.0
_DASHES = (0, (7, 2.5, 1.5, 2.5))


def draw_aims(pen: Pen, picture: Picture, frame: Frame) -> None:
    """Every target over its years, and right of the plot what it is."""
    for aim in picture.aims:
        colour = aim_colour(aim, picture)
        for step in aim.steps:
            _draw_step(pen, step, frame, colour)
        for before, after in pairwise(aim.steps):
            _draw_riser(pen, before, after, frame, colour)
    _write_labels(pen, picture, frame)


def aim_marks(picture: Picture, frame: Frame) -> Iterator[Box]:
    """What stars and arrows cover."""
    for step in (step for aim in picture.aims for step in aim.steps):
        if star := star_of(step, frame):
            yield Box.around(*star, STAR * 0.75, STAR * 0.75)
        elif ends := _arrow(step, frame):
            (x, tail), (_, head) = ends
            yield Box(x - 9, min(tail, head), x + 9, max(tail, head))


def aim_boxes(picture: Picture, frame: Frame) -> Iterator[Box]:
    """Where the lines of targets run."""
    for step in (step for aim in picture.aims for step in aim.steps):
        left, right = frame.edges(step.first, step.last)
        for value in {step.low, step.high}:
            if value is not None:
                yield Box(left, frame.y(value) - 3, right, frame.y(value) + 3)


def aim_colour(aim: Aim, picture: Picture) -> str:
    """That of its series, where there are several."""
    if len(picture.strands) == 1:
        return AIM
    return OF_ALL if aim.strand is None else LOOKS[aim.strand].colour


def _draw_step(pen: Pen, step: Step, frame: Frame, colour: str) -> None:
    left, right = frame.edges(step.first, step.last)
    if step.low != step.high:
        pen.fill(_band(step, frame), colour, alpha=0.1, linewidth=0, zorder=1)
    for value in {step.low, step.high}:
        if value is not None:
            y = frame.y(value)
            pen.line([(left, y), (right, y)], colour, linewidth=1.8, linestyle=_DASHES, zorder=3)
    if star := star_of(step, frame):
        pen.mark(star, "*", STAR, color=colour, markeredgecolor="white", zorder=6)
    elif ends := _arrow(step, frame):
        pen.arrow(*ends, colour)


def _draw_riser(pen: Pen, before: Step, after: Step, frame: Frame, colour: str) -> None:
    if before.low is not None and after.low is not None and before.low == before.high:
        x = frame.edges(after.first, after.last)[0]
        path = [(x, frame.y(before.low)), (x, frame.y(after.low))]
        pen.line(path, colour, linewidth=1, linestyle=_DASHES, zorder=3)


def _band(step: Step, frame: Frame) -> Box:
    """A range open at one end reaches to the plot's edge."""
    left, right = frame.edges(step.first, step.last)
    foot = frame.box.foot if step.low is None else frame.y(step.low)
    top = frame.box.top if step.high is None else frame.y(step.high)
    return Box(left, foot, right, top)


def star_of(step: Step, frame: Frame) -> tuple[float, float] | None:
    """Where the star stands: on the target's figure, in its own year."""
    if step.year is None or step.direction or step.low is None or step.low != step.high:
        return None
    return frame.at(step.year, step.low)


def _arrow(step: Step, frame: Frame) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if step.direction is None or step.low is None:
        return None
    x, tail = frame.edges(step.first, step.last)[1] - 13, frame.y(step.low)
    up = (step.direction == "up") != frame.scale.upside_down
    head = min(max(tail + (ARROW if up else -ARROW), frame.box.foot), frame.box.top)
    return (x, tail), (x, head)


def _write_labels(pen: Pen, picture: Picture, frame: Frame) -> None:
    """Beside the end of the line; moved apart where two would touch, with a line to their own."""
    said = _fitting(pen, picture.aims, frame)
    aims = picture.aims[: len(said)]
    wanted = [_height(aim, frame) for aim in aims]
    heights = [len(lines) * _LINE + _APART for lines in said]
    places = spread(wanted, heights, frame.box)
    for aim, lines, ideal, y in zip(aims, said, wanted, places, strict=True):
        colour = aim_colour(aim, picture)
        if aim.steps and abs(ideal - y) > SIZE:
            pen.line([(frame.box.right, ideal), (frame.box.right + 10, y)], colour, linewidth=1)
        top = y + (len(lines) - 1) * _LINE / 2
        for number, line in enumerate(lines):
            at = (frame.box.right + _BESIDE, top - number * _LINE)
            pen.write(at, line, SIZE, name="target", colour=colour)


def _fitting(pen: Pen, aims: Sequence[Aim], frame: Frame) -> list[tuple[str, ...]]:
    """The lines of each aim, cut with … where all of them would be higher than the plot."""
    room, width = frame.box.top - frame.box.foot, WIDTH - MARGIN - frame.box.right - _BESIDE
    said = [aim_lines(pen, aim) for aim in aims]
    if sum(len(lines) * _LINE + _APART for lines in said) <= room:
        return said
    most = max(int((room / len(aims) - _APART) // _LINE), 1)
    cut = [few_aim_lines(pen, aim, width, most) for aim in aims]
    return cut[: int(room // (most * _LINE + _APART))]


def _height(aim: Aim, frame: Frame) -> float:
    if not aim.steps:
        return frame.box.centre[1]
    ends = _arrow(aim.steps[-1], frame)
    return (ends[0][1] + ends[1][1]) / 2 if ends else _band(aim.steps[-1], frame).centre[1]
