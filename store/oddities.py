"""What is odd about values that can be read: each a sentence that asks for 「確認」, none refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from store.plan import Indicator
from store.reading.units import is_counted, is_percent, kind_of
from store.showing import show_number, show_value

_ASK = "このまま提出しますか。"


def oddities(
    values: Mapping[str | None, Decimal],
    indicator: Indicator,
    previous: Mapping[str | None, Decimal] | None = None,
) -> tuple[str, ...]:
    """What to ask back before `values` are taken; empty when nothing is odd.

    `previous` are the last approved values; without them the plan's baselines are compared with.
    """
    before = previous if previous is not None else _baselines(indicator)
    return tuple(
        f"{name}: {sentence}" if name else sentence
        for name in indicator.series_names
        if name in values
        for sentence in _odd(values[name], before.get(name), indicator)
    )


def _baselines(indicator: Indicator) -> Mapping[str | None, Decimal]:
    return {each.name: each.baseline.value for each in indicator.series if each.baseline}


def _odd(value: Decimal, before: Decimal | None, indicator: Indicator) -> Iterator[str]:
    shown = show_value(value, indicator)
    if is_percent(indicator) and not 0 <= value <= 100:
        yield f"「{shown}」は割合の範囲（0〜100%）を超えています。{_ASK}"
    if is_counted(indicator) and value % 1 and not _has_decimals(indicator):
        yield f"「{shown}」は小数ですが、{indicator.unit}の数は整数のはずです。{_ASK}"
    if before is not None and kind_of(indicator) != "done":
        yield from _unlike(value, before, indicator)


def _unlike(value: Decimal, before: Decimal, indicator: Indicator) -> Iterator[str]:
    shown = show_value(value, indicator)
    against = f"これまでの値（{show_value(before, indicator)}）"
    if value * before < 0:
        yield f"「{shown}」は{against}と正負が逆です。{_ASK}"
    if value and before and (times := _times(value, before)):
        yield f"「{shown}」は{against}の{times}です。桁と単位を確かめてください。{_ASK}"
    if indicator.measure == "cumulative" and value < before:
        yield f"「{shown}」は{against}より小さくなっています。累計は減らないはずです。{_ASK}"


def _times(value: Decimal, before: Decimal) -> str | None:
    """約12倍 for ten times and more, 10分の1以下 for a tenth and less, else None."""
    size, former = abs(value), abs(before)
    if size >= 10 * former:
        whole = size // former
        return f"{'' if size == whole * former else '約'}{show_number(whole)}倍"
    return "10分の1以下" if size * 10 <= former else None


def _has_decimals(indicator: Indicator) -> bool:
    """妊婦健康診査の受診回数 is an average and has decimals: declared, or seen in the plan's figures."""
    if indicator.decimals is not None:
        return indicator.decimals > 0
    figures = [
        *(baseline.value for each in indicator.series for baseline in each.baselines),
        *(target.value for each in indicator.series for target in each.targets),
    ]
    return any(figure is not None and figure % 1 for figure in figures)
