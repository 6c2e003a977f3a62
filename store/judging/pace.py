"""ペース and 維持目標: where a value stands on the way to its target. Ours, not the city's.

The line is straight from the baseline's year to the target's: 29 → 0 from R2 to R7 expects 80 %
of the way by R6.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from store.judging.case import Case
from store.plan import Target


@dataclass(frozen=True)
class Pace:
    """順調 on the line or better, やや遅れ at half of what is expected or more, else 遅れ."""

    code: Literal["on_track", "slightly_behind", "behind"]
    label: str


ON_TRACK = Pace("on_track", "順調")
SLIGHTLY_BEHIND = Pace("slightly_behind", "やや遅れ")
BEHIND = Pace("behind", "遅れ")
PACES = (ON_TRACK, SLIGHTLY_BEHIND, BEHIND)
"""Best first."""


@dataclass(frozen=True)
class Holding:
    """維持目標: kept or lost, with the distance of the value to the target (unsigned)."""

    code: Literal["kept", "lost"]
    label: str
    distance: Decimal


def holding_of(case: Case) -> Holding | None:
    """How a target that the baseline had met already is held; None for any other target."""
    if not case.held:
        return None
    distance = abs(case.gap(case.value))
    return Holding("kept", "維持", distance) if case.met else Holding("lost", "割込み", distance)


def expected_share(start: int | None, target: Target, collection: int) -> Fraction | None:
    """How much of the way is expected by `collection`; None where either end is unknown.

    None too up to the baseline's own year; 1 from the target's year on.
    """
    if start is None or target.year is None or not start < min(target.year, collection):
        return None
    return min(Fraction(collection - start, target.year - start), Fraction(1))


def pace_of(progress: Fraction, expected: Fraction) -> Pace:
    """The pace of a value that has come `progress` where `expected` was expected."""
    if progress >= expected:
        return ON_TRACK
    return SLIGHTLY_BEHIND if progress * 2 >= expected else BEHIND
