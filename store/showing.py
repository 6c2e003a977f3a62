"""Values as people read them: △203人, 1,533,264回, +1.18ポイント, 男性95：女性100.

What is shown can be typed back and is read as the same value.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from store.plan import Indicator
from store.reading.units import is_percent, is_points, kind_of


def show_number(value: Decimal) -> str:
    """△ for negatives, commas by three, decimals as they are."""
    sign = "△" if value < 0 else ""
    return f"{sign}{value.copy_abs():,f}"


def show_value(value: Decimal, indicator: Indicator) -> str:
    """One value with its unit. Differences in ポイント carry a + sign; 済・未 for 1 and 0."""
    kind = kind_of(indicator)
    if kind == "parity":
        return f"男性{value:f}：女性100"
    if kind == "done":
        return "済" if value >= 1 else "未"
    if kind == "rank":
        return f"{show_number(value)}位"
    plus = "+" if is_points(indicator) and value > 0 else ""
    return f"{plus}{show_number(value)}{indicator.unit}"


def show_values(by_series: Mapping[str | None, Decimal], indicator: Indicator) -> str:
    """All values of one report, in the plan's order: 男性18.43年・女性20.72年."""
    return "・".join(
        f"{name or ''}{show_value(by_series[name], indicator)}"
        for name in indicator.series_names
        if name in by_series
    )


def show_amount(amount: Decimal, indicator: Indicator) -> str:
    """A distance between two values, unsigned. Distances of a % figure are in ポイント."""
    kind = kind_of(indicator)
    if kind in {"parity", "done"}:
        return f"{amount.copy_abs():,f}"
    unit = "ポイント" if is_percent(indicator) else "位" if kind == "rank" else indicator.unit
    return f"{amount.copy_abs():,f}{unit}"


def show_change(before: Decimal, after: Decimal, indicator: Indicator) -> str:
    """From one value to the next: ＋3人, △6人, ±0人, 未→済; 2位上昇 for a better rank."""
    change, kind = after - before, kind_of(indicator)
    if kind == "done" and change:
        return f"{show_value(before, indicator)}→{show_value(after, indicator)}"
    amount = show_amount(change, indicator)
    if kind == "rank" and change:
        return f"{amount}{'下降' if change > 0 else '上昇'}"
    sign = "＋" if change > 0 else "△" if change < 0 else "±"
    return f"{sign}{amount}"
