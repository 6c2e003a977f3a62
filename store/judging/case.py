"""One value against one target: is it met, is it better than the baseline, how far has it come.

Exact arithmetic only. What a verdict calls all this is `store.judging.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cached_property

from store.plan import Better, Target


@dataclass(frozen=True)
class Case:
    """One series of one collection. `baseline` is what it is compared with, None without any."""

    value: Decimal
    baseline: Decimal | None
    target: Target
    better: Better

    @property
    def judgeable(self) -> bool:
        """Whether the target says what it must for its kind."""
        target = self.target
        if target.kind == "range":
            return target.low is not None or target.high is not None
        if target.kind in {"value", "parity", "rank"}:
            return target.value is not None
        return target.kind != "none"

    @property
    def direction_only(self) -> bool:
        """増加・減少 without a figure: there is no distance to such a target."""
        return self.target.kind in {"up", "down"}

    @cached_property
    def met(self) -> bool | None:
        """Whether the target is met; None for a direction with nothing to compare with."""
        return self.improved if self.direction_only else self._reached(self.value)

    @cached_property
    def improved(self) -> bool | None:
        """Whether the value is strictly better than the baseline; None without a baseline."""
        if self.baseline is None:
            return None
        if self.better == "parity" and self.direction_only:
            change = self.value - self.baseline
            return change > 0 if self.target.kind == "up" else change < 0
        if self.symmetric:
            return self.gap(self.value) < self.gap(self.baseline)
        if self.lower_is_better:
            return self.value < self.baseline
        return self.value > self.baseline

    @property
    def held(self) -> bool:
        """維持目標: the baseline was not short of the target, so there is no way to go."""
        return self._has_distance and self.baseline is not None and self._reached(self.baseline)

    @cached_property
    def way(self) -> tuple[Decimal, Decimal] | None:
        """(gone, whole way) from a baseline strictly short of the target; else None."""
        if not self._has_distance or self.baseline is None or self._reached(self.baseline):
            return None
        whole = self.gap(self.baseline)
        gone = whole - self.gap(self.value)
        return (max(gone, whole) if self._reached(self.value) else gone), whole

    @cached_property
    def progress(self) -> Fraction | None:
        """Gone by whole way: 1 or more when met, below 1 when missed, negative when fallen back."""
        return Fraction(self.way[0]) / Fraction(self.way[1]) if self.way else None

    @property
    def goal(self) -> Decimal:
        """The target's figure; 1, which is 済, for a target without any."""
        return Decimal(1) if self.target.value is None else self.target.value

    def gap(self, value: Decimal) -> Decimal:
        """What `value` lacks of the target; negative past it, but never for parity and ranges."""
        target = self.target
        if target.kind == "range":
            below = target.low - value if target.low is not None else Decimal(0)
            above = value - target.high if target.high is not None else Decimal(0)
            return max(below, above, Decimal(0))
        goal = self.goal
        if self.symmetric:
            return abs(goal - value)
        return value - goal if self.lower_is_better else goal - value

    @property
    def symmetric(self) -> bool:
        """Whether both sides of the target are worse than the target: parity and ranges."""
        return self.target.kind in {"parity", "range"} or self.better == "parity"

    @property
    def lower_is_better(self) -> bool:
        """Whether less is better: declared, and always so for ranks, where 1 is best."""
        return self.target.kind == "rank" or (self.better == "lower" and self.target.kind != "done")

    @property
    def _has_distance(self) -> bool:
        return self.judgeable and self.target.kind in {"value", "parity", "rank", "range"}

    def _reached(self, value: Decimal) -> bool:
        if self.target.kind == "range" or not self.symmetric:
            return self.gap(value) <= 0
        goal = self.goal
        return _to_precision_of(goal, value) == goal


def _to_precision_of(goal: Decimal, value: Decimal) -> Decimal:
    places = min(int(goal.as_tuple().exponent), 0)
    return value.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP, Context(prec=60))
