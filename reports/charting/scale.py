"""The value axis: from where to where, and which round values are marked on it. Pure and exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from store.plan import Indicator
from store.reading.units import is_counted, is_percent, is_points, kind_of
from store.showing import show_number

MARKS = 5
"""About how many values are marked."""

_EXACT = Context(prec=60)
_HALVED = Decimal("2.5")
# 25 and 250 are round, 2.5 and 0.25 are not.
_ROUND = (Decimal(1), Decimal(2), _HALVED, Decimal(5), Decimal(10))
# Room above and below the figures for what is written beside them, as a share of their spread.
_ROOM = Decimal("0.2")
# Figures that spread over less than this share of themselves would look like a leap.
_LEAST_SPREAD = Decimal("0.04")
_FROM_ZERO = Decimal("0.4")


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high`, `low` at the foot; at the top where `upside_down` (ranks)."""

    low: Decimal
    high: Decimal
    marks: tuple[tuple[Decimal, str], ...]
    upside_down: bool = False

    def share(self, value: Decimal) -> float:
        """How far up the axis a value lies: 0 at the foot, 1 at the top."""
        up = float((value - self.low) / (self.high - self.low))
        return 1 - up if self.upside_down else up


_DONE = Scale(Decimal("-0.4"), Decimal("1.4"), ((Decimal(0), "未"), (Decimal(1), "済")))


def scale_of(indicator: Indicator, values: Sequence[Decimal]) -> Scale:
    """A scale on which all of `values` (at least one) can be drawn with room for their labels."""
    kind = kind_of(indicator)
    if kind == "done":
        return _DONE
    whole = _whole(indicator, values)
    low, high = _ends(min(values), max(values), Decimal(2 if whole else 0))
    step = _step(high - low, whole)
    room = max(_EXACT.multiply(high - low, _ROOM), step / 2)
    floor, ceiling = _limits(indicator, values)
    marks = tuple(
        (mark, _said(mark, step, indicator))
        for mark in _multiples(low - room, high + room, step)
        if (floor is None or mark >= floor) and (ceiling is None or mark <= ceiling)
    )
    return Scale(low - room, high + room, marks, upside_down=kind == "rank")


def _ends(low: Decimal, high: Decimal, least: Decimal) -> tuple[Decimal, Decimal]:
    """The spread that is shown: from 0 where the figures are near it, never a hair's breadth."""
    if 0 < low < high * _FROM_ZERO:
        low = Decimal(0)
    if low * _FROM_ZERO < high < 0:
        high = Decimal(0)
    least = max(abs(low) * _LEAST_SPREAD, abs(high) * _LEAST_SPREAD, least) or Decimal(1)
    lacking = least - (high - low)
    if lacking <= 0:
        return low, high
    # Figures that cannot be negative grow from 0 and leave no room below it.
    down = min(lacking / 2, low) if low >= 0 else lacking / 2
    return low - down, high + lacking - down


def _step(spread: Decimal, whole: bool) -> Decimal:
    rough = _EXACT.divide(spread, Decimal(MARKS - 1))
    power = Decimal(1).scaleb(rough.adjusted())
    round_ones = (power * each for each in _ROUND)
    step = next(s for s in round_ones if s >= rough and (s % 1 == 0 or s / power != _HALVED))
    # Between 1 件 and 2 件 there is nothing.
    return max(step, Decimal(1)).to_integral_value(ROUND_CEILING) if whole else step


def _whole(indicator: Indicator, values: Sequence[Decimal]) -> bool:
    counted = is_counted(indicator) or kind_of(indicator) == "rank"
    return counted and all(value == value.to_integral_value() for value in values)


def _limits(
    indicator: Indicator, values: Sequence[Decimal]
) -> tuple[Decimal | None, Decimal | None]:
    """No mark below 0 where nothing is negative, none over 100 % where nothing is, no rank 0."""
    least = Decimal(1 if kind_of(indicator) == "rank" else 0)
    full = Decimal(100)
    ceiling = full if is_percent(indicator) and max(values) <= full else None
    return (least if min(values) >= least else None), ceiling


def _multiples(low: Decimal, high: Decimal, step: Decimal) -> list[Decimal]:
    first = (low / step).to_integral_value(ROUND_CEILING)
    last = (high / step).to_integral_value(ROUND_FLOOR)
    return [step * number for number in range(int(first), int(last) + 1)]


def _said(mark: Decimal, step: Decimal, indicator: Indicator) -> str:
    """The mark with the step's decimals, so that all marks have as many."""
    places = min(int(step.normalize().as_tuple().exponent), 0)
    plain = mark.quantize(Decimal(1).scaleb(places), context=_EXACT)
    plus = "+" if is_points(indicator) and mark > 0 else ""
    return f"{plus}{show_number(plain)}" + ("位" if kind_of(indicator) == "rank" else "")
