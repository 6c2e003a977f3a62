"""Cumulative figures: this year's addition becomes a total, with the sum said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Literal

from store.errors import UnreadableValue
from store.fiscal import era
from store.plan import Indicator
from store.showing import show_value
from store.standing import Standing

Entered = Literal["total", "year"]
"""What was entered for a cumulative figure: 累計, or 今年度分 to be added to the last total."""

_EXACT = Context(prec=60)


@dataclass(frozen=True)
class Total:
    """The new total of each series, its sum in words, and what is odd about what it starts from."""

    values: Mapping[str | None, Decimal]
    said: str
    oddities: tuple[str, ...] = ()


def added_up(
    added: Mapping[str | None, Decimal], standing: Standing, indicator: Indicator
) -> Total:
    """`前回累計 12件 + 今年度 3件 = 15件`: the addition of one collection on the last approved total.

    The total is of an earlier collection, else the plan's baseline. UnreadableValue when the
    indicator is not cumulative or nothing is there to add to.
    """
    if indicator.measure != "cumulative":
        raise UnreadableValue(
            "「今年度分」は、累計と記録された指標だけで使えます。その年の値か、累計ならこれまでの合計を"
            "書いてください（累計であることは提出の後に記録できます）。例: `12`"
        )
    before, odd = _last_total(standing, indicator)
    missing = [name for name in added if name not in before]
    if missing:
        raise UnreadableValue(
            "足す元になる前回の累計がありません。今年度分でなく累計の値を書いてください。例: `15 累計`"
        )
    values = {name: _EXACT.add(before[name], value) for name, value in added.items()}
    said = "・".join(
        f"{name or ''}前回累計 {show_value(before[name], indicator)}"
        f" + 今年度 {show_value(added[name], indicator)} = {show_value(values[name], indicator)}"
        for name in added
    )
    return Total(values, said, odd)


def _last_total(
    standing: Standing, indicator: Indicator
) -> tuple[Mapping[str | None, Decimal], tuple[str, ...]]:
    collection = standing.collection
    earlier = [a for a in standing.actuals if a.proposal.collection < collection]
    if earlier and earlier[-1].proposal.collection == collection - 1:
        return earlier[-1].proposal.values, ()
    ask = "このまま提出しますか。"
    if earlier:
        last = era(earlier[-1].proposal.collection)
        odd = f"承認済の累計は{last}のものが最後で、その後の年度の分が足りません。{ask}"
        return earlier[-1].proposal.values, (odd,)
    baselines = {s.name: s.baseline.value for s in indicator.series if s.baseline}
    return baselines, (f"承認済の累計がないため、計画の現状値に足しました。{ask}",)
