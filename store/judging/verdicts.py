"""What a judgement says: the grade of an indicator, of each series, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from store.fiscal import era
from store.judging.pace import Holding, Pace
from store.judging.rules import Grade
from store.judging.starts import Start
from store.plan import Target


@dataclass(frozen=True)
class SeriesVerdict:
    """One series against its target. `progress` and `expected` are shares: 0.59 is 59 %.

    `why` says why there is no grade, or what could not be told. `progress` is 1 or more exactly
    when a target with a way to go is met; `holding` is for targets the baseline had met already.
    """

    series: str | None
    value: Decimal | None = None
    start: Start | None = None
    target: Target | None = None
    met: bool | None = None
    grade: Grade | None = None
    why: str | None = None
    progress: Decimal | None = None
    expected: Decimal | None = None
    pace: Pace | None = None
    holding: Holding | None = None
    arithmetic: str = ""


@dataclass(frozen=True)
class Verdict:
    """An indicator in one collection: its worst series counts, once all can be judged.

    `pace` and `progress` are the worst of the series, and None unless every series has its own.
    `final` in the plan's last year or later; before it the target is not due yet. `rule` and
    `rule_version` name how it was graded.
    """

    collection: int
    grade: Grade | None
    why: str | None
    pace: Pace | None
    progress: Decimal | None
    series: tuple[SeriesVerdict, ...]
    arithmetic: str
    final: bool
    rule: str
    rule_version: int

    @property
    def as_of_label(self) -> str | None:
        """「R6時点」 on a verdict before the plan's last year, else None."""
        return None if self.final else f"{era(self.collection)}時点"

    @property
    def holding(self) -> Holding | None:
        """維持 or 割込み where every series has a 維持目標: the first that is lost, else the first."""
        held = [each.holding for each in self.series if each.holding]
        if not held or len(held) < len(self.series):
            return None
        return next((each for each in held if each.code == "lost"), held[0])


def show_percent(share: Decimal) -> str:
    """0.586 → 59%, half up; what is short of 1 never shows as 100% or more, negatives as △."""
    whole = (abs(share) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    if share < 0:
        return f"△{whole}%" if whole else "0%"
    return f"{min(whole, Decimal(99)) if share < 1 else whole}%"


def share(count: int, total: int) -> Decimal:
    """`count` of `total` in per cent, half up to one decimal: 4 of 23 is 17.4; of none, 0.0."""
    if total == 0:
        return Decimal("0.0")
    return (Decimal(100 * count) / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
