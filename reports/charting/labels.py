"""Writes what belongs to single figures: their values, middle targets, the sentence of a chart without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.charting.aiming import STAR, aim_boxes, aim_colour, aim_marks, star_of
from reports.charting.ground import boundary_box, ground_boxes, ground_colour
from reports.charting.layout import Frame
from reports.charting.looks import LOOKS
from reports.charting.pen import QUIET, Pen
from reports.charting.picture import Dot, Picture, Strand
from reports.charting.placing import Box, Wanted, place
from reports.charting.strands import DOT, RING, dot_boxes, run_boxes
from reports.charting.surround import write_sentence

VALUE, SMALL, SENTENCE = 20, 15, 26
MOST = 48
"""With more figures than these only baselines and the newest are labelled."""
HEIGHTS = (0.5, 0.62, 0.38, 0.74, 0.26, 0.86, 0.14)
"""Where the sentence may stand, as shares of the plot's height, best first."""


@dataclass(frozen=True)
class Label:
    """What is to be written beside (x, y): the first of `said` that finds a place with all others."""

    said: tuple[str, ...]
    at: tuple[float, float]
    size: float
    colour: str
    away: float
    below: bool
    name: str


def write_labels(pen: Pen, picture: Picture, frame: Frame) -> None:
    """With units where they fit, else without; what finds no place at all is left out."""
    taken = [*dot_boxes(picture, frame), *aim_marks(picture, frame)]
    taken += ground_boxes(pen, picture, frame)
    taken += _sentence(pen, picture, frame, taken)
    soft = [*run_boxes(picture, frame), *aim_boxes(picture, frame), *boundary_box(picture, frame)]
    inside = Box(frame.box.left - 9, frame.box.foot, frame.box.right + 9, frame.box.top)
    values = tuple(_values(picture, frame))
    for short in (0, 1):
        places = place([_wanted(pen, each, short) for each in values], taken, soft, inside)
        if None not in places:
            break
    _write(pen, picture, frame, values, places, short)
    taken += [box for box in places if box]
    aims = tuple(_middle_targets(picture, frame))
    places = place([_wanted(pen, each, 0) for each in aims], taken, soft, inside)
    _write(pen, picture, frame, aims, places, 0)


def _values(picture: Picture, frame: Frame) -> Iterator[Label]:
    """The newest first: a label that comes later takes what places are left."""
    dots = [(dot, strand, n) for n, strand in enumerate(picture.strands) for dot in strand.dots]
    if len(dots) > MOST:
        dots = [each for each in dots if each[0].ringed or each[0] is each[1].dots[-1]]
    for dot, strand, number in sorted(dots, key=lambda d: (not d[0].ringed, -d[0].year)):
        yield Label(
            (dot.label, dot.short),
            frame.at(dot.year, dot.value),
            SMALL if dot.aside else VALUE,
            QUIET if dot.aside else LOOKS[number].colour,
            (RING if dot.ringed else DOT) / 2 + 3,
            _lies_low(dot, strand, frame),
            "value",
        )


def _lies_low(dot: Dot, strand: Strand, frame: Frame) -> bool:
    """Whether the line leaves this dot upwards, so that its label is better below."""
    path = [each for run in strand.runs for each in run.path]
    near = [frame.y(value) for year, value in path if abs(year - dot.year) == 1]
    return bool(near) and sum(near) / len(near) > frame.y(dot.value) + 4


def _middle_targets(picture: Picture, frame: Frame) -> Iterator[Label]:
    """The last target of each is said at the right; those before it at their stars."""
    for aim in picture.aims:
        colour = aim_colour(aim, picture)
        for step in aim.steps[:-1]:
            if star := star_of(step, frame):
                yield Label((step.label,), star, SMALL, colour, STAR / 2, False, "middle")


def _wanted(pen: Pen, label: Label, short: int) -> Wanted:
    wide = pen.width(label.said[short], label.size) + 4
    return Wanted(*label.at, wide, label.size * 1.15, label.away, label.below)


def _write(
    pen: Pen,
    picture: Picture,
    frame: Frame,
    labels: Sequence[Label],
    places: Sequence[Box | None],
    short: int,
) -> None:
    for label, box in zip(labels, places, strict=True):
        if box is None:
            continue
        _lead(pen, label, box)
        colour = ground_colour(box, picture, frame)
        pen.fill(box, colour, alpha=0.8, linewidth=0, zorder=8)
        said, size = label.said[short], label.size
        pen.write(
            box.centre, said, size, name=label.name, colour=label.colour, side="center", level=9
        )


def _lead(pen: Pen, label: Label, box: Box) -> None:
    """A thin line to a label that had to stand farther away."""
    x, y = label.at
    near = min(max(x, box.left), box.right), min(max(y, box.foot), box.top)
    if abs(near[0] - x) + abs(near[1] - y) > RING:
        pen.line([(x, y), near], label.colour, linewidth=0.8, zorder=4)


def _sentence(pen: Pen, picture: Picture, frame: Frame, taken: Sequence[Box]) -> Iterator[Box]:
    """In the middle of the plan's years, where it covers least."""
    if not picture.sentence:
        return
    wide = max(pen.width(said, SENTENCE) for said in picture.sentence)
    left, right = (
        frame.edges(*picture.period) if picture.period else (frame.box.left, frame.box.right)
    )
    x = min(max((left + right) / 2, frame.box.left + wide / 2), frame.box.right - wide / 2)
    high = frame.box.top - frame.box.foot
    boxes = [
        Box.around(x, frame.box.foot + share * high, wide + 16, SENTENCE * 1.6) for share in HEIGHTS
    ]
    full = [*taken, *aim_boxes(picture, frame)]
    best = min(boxes, key=lambda box: sum(box.shared(other) for other in full))
    write_sentence(pen, picture.sentence, best.centre)
    yield best
