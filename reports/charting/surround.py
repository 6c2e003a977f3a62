"""What stands around the plot: title, unit, legend, the mark of samples, source, targets in words."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charting.layout import Measure, shorten, wrap
from reports.charting.looks import LOOKS
from reports.charting.pen import HEIGHT, INK, LEADING, QUIET, WIDTH, Pen
from reports.charting.picture import Aim, Picture
from reports.charting.placing import Box
from reports.charting.wording import SAMPLE

MARGIN = 32
TITLE, SMALLER_TITLE, SUBTITLE, SOURCE, AIM = 30, 25, 18, 14, 18
WIDEST_AIM = 196
WARNING = "#a40e26"


def measure(pen: Pen, size: float) -> Measure:
    """How wide text of this size becomes."""
    return lambda text: pen.width(text, size)


def write_head(pen: Pen, picture: Picture) -> float:
    """Title, subtitle, legend and mark; how far down they reach (y)."""
    y = _write_title(pen, picture.title)
    stamp = _write_stamp(pen, y) if picture.sample else 0
    room = WIDTH - 2 * MARGIN - stamp
    said = shorten(picture.subtitle, room, measure(pen, SUBTITLE))
    pen.write((MARGIN, y), said, SUBTITLE, name="subtitle", colour=QUIET)
    y -= SUBTITLE * 0.8
    return _write_legend(pen, picture, y) if len(picture.strands) > 1 else y


def _write_title(pen: Pen, title: str) -> float:
    room, size = WIDTH - 2 * MARGIN, TITLE
    lines = wrap(title, room, measure(pen, size), 2)
    if len(lines) > 1:
        size = SMALLER_TITLE
        lines = wrap(title, room, measure(pen, size), 2)
    y = HEIGHT - 18 - size * 0.75
    for line in lines:
        pen.write((MARGIN, y), line, size, name="title")
        y -= size * LEADING
    return y - 5


def _write_stamp(pen: Pen, y: float) -> float:
    """サンプル（架空の値） in a box at the right; how wide it is."""
    wide = pen.width(SAMPLE, SUBTITLE) + 20
    box = Box(WIDTH - MARGIN - wide, y - 16, WIDTH - MARGIN, y + 16)
    pen.fill(box, "#fff1f2", edgecolor=WARNING, linewidth=1.4)
    pen.write(box.centre, SAMPLE, SUBTITLE, name="sample", colour=WARNING, side="center")
    return wide + 16


def _write_legend(pen: Pen, picture: Picture, y: float) -> float:
    """Each series by its marker, in up to four rows."""
    x, y = float(MARGIN), y - SUBTITLE
    lowest = y - 3.5 * SUBTITLE * LEADING
    for strand, look in zip(picture.strands, LOOKS, strict=False):
        name = shorten(strand.name or "", WIDTH - 2 * MARGIN - 60, measure(pen, SUBTITLE))
        wide = 50 + pen.width(name, SUBTITLE)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = float(MARGIN), y - SUBTITLE * LEADING
            if y < lowest:
                break
        pen.line([(x, y), (x + 32, y)], look.colour, linewidth=2.6)
        pen.mark((x + 16, y), look.shape, 12, color=look.colour)
        pen.write((x + 40, y), name, SUBTITLE, name="legend", colour=look.colour)
        x += wide + 22
    return y - SUBTITLE * 0.7


def write_source(pen: Pen, source: str) -> float:
    """At most two lines at the foot; how far up they reach (y)."""
    lines = wrap(source, WIDTH - 2 * MARGIN, measure(pen, SOURCE), 2, even=False)
    y = 16.0
    for line in reversed(lines):
        pen.write((MARGIN, y), line, SOURCE, name="source", colour=QUIET)
        y += SOURCE * LEADING
    return y


def aim_lines(pen: Pen, aim: Aim) -> tuple[str, ...]:
    """What stands right of the plot for one aim, broken to fit."""
    of_size = measure(pen, AIM)
    return tuple(line for said in aim.label for line in wrap(said, WIDEST_AIM, of_size, 3))


def few_aim_lines(pen: Pen, aim: Aim, width: float, most: int) -> tuple[str, ...]:
    """The same in at most that many lines, cut with …."""
    return wrap(" ".join(aim.label), width, measure(pen, AIM), most, even=False)


def write_sentence(pen: Pen, lines: Sequence[str], middle: tuple[float, float]) -> None:
    """Centred around a point: the first line large."""
    sizes = [26, *([SUBTITLE + 2] * (len(lines) - 1))]
    x, y = middle[0], middle[1] + sum(sizes) * 0.8
    for line, size in zip(lines, sizes, strict=True):
        said = shorten(line, WIDTH - 2 * MARGIN, measure(pen, size))
        y -= size * 0.8
        pen.write((x, y), said, size, name="sentence", colour=INK, side="center")
        y -= size * 0.8
