"""Draws a picture: the plot, and what surrounds it. Imports matplotlib: load it late."""

from __future__ import annotations

from matplotlib.figure import Figure

from reports.charting import surround
from reports.charting.aiming import draw_aims
from reports.charting.feet import Feet, axis_years, captions_placed, write_years
from reports.charting.ground import MARK, OWN, PHASE, draw_ground
from reports.charting.labels import write_labels
from reports.charting.layout import Frame
from reports.charting.pen import WIDTH, Pen
from reports.charting.picture import Picture
from reports.charting.placing import Box
from reports.charting.scale import Scale
from reports.charting.strands import draw_strands


def figure_of(picture: Picture) -> Figure:
    """The picture as a figure of 1080×600 pixels. Texts bear their part's name as `gid`."""
    pen = Pen()
    top = surround.write_head(pen, picture)
    foot = surround.write_source(pen, picture.source)
    if picture.scale is None:
        box = Box(surround.MARGIN, foot + 8, WIDTH - surround.MARGIN, top - 8)
        pen.fill(box, OWN, linewidth=0)
        surround.write_sentence(pen, picture.sentence, box.centre)
        return pen.figure
    frame, feet = _frame(pen, picture, picture.scale, top, foot)
    draw_ground(pen, picture, frame)
    write_years(pen, picture, frame.box, feet)
    draw_aims(pen, picture, frame)
    draw_strands(pen, picture, frame)
    write_labels(pen, picture, frame)
    return pen.figure


def _frame(pen: Pen, picture: Picture, scale: Scale, top: float, foot: float) -> tuple[Frame, Feet]:
    """The plot takes what title, marked values, targets and captions leave."""
    marks = max((pen.width(said, MARK) for _, said in scale.marks), default=0)
    left = surround.MARGIN + marks + 12
    lines = [line for aim in picture.aims for line in surround.aim_lines(pen, aim)]
    aims = max((pen.width(line, surround.AIM) + 14 for line in lines), default=0)
    right = WIDTH - surround.MARGIN - aims
    feet = captions_placed(pen, picture, left, right)
    room = PHASE * 1.9 if any(picture.phases) else 10
    box = Box(left, foot + feet.height, right, top - room)
    return Frame(box, *axis_years(picture), scale), feet
