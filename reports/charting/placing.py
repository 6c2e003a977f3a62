"""Where labels go, so that none lies on another. Pure geometry in pixels, y growing upwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FAR = (0, 13, 28, 46, 66)
"""How much farther than next to its dot a label may go, nearest first."""
FARTHER = 40.0
"""What the next place is worth, in pixels of a line covered."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    foot: float
    right: float
    top: float

    @staticmethod
    def around(x: float, y: float, width: float, height: float) -> Box:
        """The rectangle of this size with its centre at (x, y)."""
        return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.foot + self.top) / 2

    def shared(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.foot, other.foot)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.foot <= other.foot
            and self.right >= other.right
            and self.top >= other.top
        )


@dataclass(frozen=True)
class Wanted:
    """A label of this size that belongs to the dot at (x, y) and keeps `away` from its centre."""

    x: float
    y: float
    width: float
    height: float
    away: float
    below: bool = False


def place(
    wanted: Sequence[Wanted], taken: Sequence[Box], soft: Sequence[Box], inside: Box
) -> tuple[Box | None, ...]:
    """A place for each label in turn, None for one that would lie on what is `taken` everywhere.

    What is `soft` (lines) is kept free where that costs little.
    """
    full, found = list(taken), []
    for label in wanted:
        box = _best(label, full, soft, inside)
        found.append(box)
        if box is not None:
            full.append(box)
    return tuple(found)


def spread(centres: Sequence[float], heights: Sequence[float], inside: Box) -> tuple[float, ...]:
    """Centres moved apart as little as it takes for things of these heights to stand clear.

    In the order given; all end inside, unless they are higher than it together.
    """
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    placed = dict(enumerate(centres))
    floor = inside.foot
    for i in order:
        placed[i] = max(placed[i], floor + heights[i] / 2)
        floor = placed[i] + heights[i] / 2
    ceiling = inside.top
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling - heights[i] / 2)
        ceiling = placed[i] - heights[i] / 2
    return tuple(placed[i] for i in range(len(centres)))


def _best(label: Wanted, taken: list[Box], soft: Sequence[Box], inside: Box) -> Box | None:
    best, least = None, float("inf")
    for number, box in enumerate(_places(label)):
        if number * FARTHER >= least:
            break
        if not inside.holds(box) or any(box.shared(other) for other in taken):
            continue
        cost = number * FARTHER + sum(box.shared(other) for other in soft)
        if cost < least:
            best, least = box, cost
    return best


def _places(label: Wanted) -> Iterator[Box]:
    """Above or below first, then aslant and beside, nearest first."""
    sides = (-1, 1) if label.below else (1, -1)
    wide, high = label.width / 2, label.height / 2
    for far in FAR:
        for aslant in (0.0, 0.7, -0.7, 1.0, -1.0):
            for side in sides:
                y = label.y + side * (label.away + high + far)
                yield Box.around(label.x + aslant * wide, y, label.width, label.height)
        for side in (1, -1):
            x = label.x + side * (label.away + wide + far)
            yield Box.around(x, label.y, label.width, label.height)
