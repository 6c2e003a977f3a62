"""How series differ: by colour and by the marker's shape, so that neither is needed alone.

The colours are dark shades of a palette that colour-blind people can tell apart (Okabe and Ito).
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import NamedTuple


class Look(NamedTuple):
    """Colour and marker of a series."""

    colour: str
    shape: str


COLOURS = ("#0060a0", "#b34700", "#00704f", "#94407a", "#5b5b00", "#1b1b1b")
SHAPES = "osD^vPXph"
# Their numbers have no common divisor but 3: eighteen looks before one comes again.
LOOKS = tuple(
    islice((Look(*each) for each in zip(cycle(COLOURS), cycle(SHAPES), strict=False)), 54)
)
AIM = "#8a3b00"
OF_ALL = "#30363d"
