"""What is odd about values that can be read: each a sentence that asks for 「確認」, none refuses.

The thresholds are ours: for a leap see `store.leaps`; a value is far outside when at least three
are known and it lies beyond them by more than three times the distance between lowest and highest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from store.leaps import leap
from store.plan import Indicator
from store.reading.units import is_counted, is_percent, kind_of
from store.showing import show_value

FEWEST_KNOWN, TIMES_THE_SPREAD = 3, 3

_ASK = "このまま提出しますか。"
_CHANGES = re.compile("増減|増加率|減少率|伸び|成長率|上昇率|変化率|改善率|前年|対比")
_OVER_100 = re.compile("達成率|充足率|自給率|収支比率|負担比率|求人倍率|稼働率|消化率")
_DIFFERENCES = re.compile("増減|超過|差引?|収支|純増")


@dataclass(frozen=True)
class Past:
    """One series' known values: the one `before`, and all of them (the plans' own and approved)."""

    before: Decimal | None = None
    known: tuple[Decimal, ...] = ()


def oddities(
    values: Mapping[str | None, Decimal],
    indicator: Indicator,
    previous: Mapping[str | None, Decimal] | None = None,
    known: Mapping[str | None, tuple[Decimal, ...]] | None = None,
) -> tuple[str, ...]:
    """What to ask back before `values` are taken, every reason there is; empty when nothing is odd.

    `previous` are the last approved values; without them the plan's baselines are compared with.
    `known` are all values known of each series (see `store.known`); without them the plan's own.
    """
    before = previous if previous is not None else _baselines(indicator)
    pasts = {
        name: Past(before.get(name), (known or _published(indicator)).get(name, ()))
        for name in indicator.series_names
    }
    return tuple(
        f"{name}: {sentence}{_ASK}" if name else f"{sentence}{_ASK}"
        for name in indicator.series_names
        if name in values
        for sentence in _odd(values[name], pasts[name], indicator)
    )


def _baselines(indicator: Indicator) -> Mapping[str | None, Decimal]:
    return {each.name: each.baseline.value for each in indicator.series if each.baseline}


def _published(indicator: Indicator) -> Mapping[str | None, tuple[Decimal, ...]]:
    return {s.name: tuple(b.value for b in s.baselines) for s in indicator.series}


def _odd(value: Decimal, past: Past, indicator: Indicator) -> Iterator[str]:
    if kind_of(indicator) == "done":
        return
    yield from _impossible(value, past, indicator)
    before = past.before
    times = leap(value, before, indicator) if before is not None else None
    if before is not None:
        yield from _unlike(value, before, past, indicator)
    if before is not None and times:
        yield f"{_against(value, before, indicator)}の{times}"
    elif far := _far_outside(value, past, indicator):
        yield far


def _impossible(value: Decimal, past: Past, indicator: Indicator) -> Iterator[str]:
    """What such a figure cannot be, whatever came before it."""
    shown = show_value(value, indicator)
    if is_percent(indicator) and not _possible_share(value, past, indicator):
        yield f"「{shown}」は割合の範囲（0〜100%）を超えています。"
    if not is_counted(indicator):
        return
    if value % 1 and not _has_decimals(indicator, past):
        yield f"「{shown}」は小数ですが、{indicator.unit}の数は整数のはずです。"
    differs = _DIFFERENCES.search(indicator.name) or any(each < 0 for each in past.known)
    if value < 0 and not differs and not (past.before or 0) > 0:
        yield f"「{shown}」は負の数ですが、{indicator.unit}の数は0以上のはずです。"


def _unlike(value: Decimal, before: Decimal, past: Past, indicator: Indicator) -> Iterator[str]:
    both_signs = {each > 0 for each in past.known if each} == {True, False}
    if value * before < 0 and not both_signs:
        yield f"{_against(value, before, indicator)}と正負が逆です。"
    if indicator.measure == "cumulative" and value < before:
        yield f"{_against(value, before, indicator)}より小さくなっています。累計は減らないはずです。"


def _against(value: Decimal, before: Decimal, indicator: Indicator) -> str:
    shown, known = show_value(value, indicator), show_value(before, indicator)
    return f"「{shown}」はこれまでの値（{known}）"


def _far_outside(value: Decimal, past: Past, indicator: Indicator) -> str | None:
    distinct = set(past.known)
    if len(distinct) < FEWEST_KNOWN:
        return None
    low, high = min(distinct), max(distinct)
    margin = TIMES_THE_SPREAD * (high - low)
    if low - margin <= value <= high + margin:
        return None
    among = f"{show_value(low, indicator)}〜{show_value(high, indicator)}"
    return (
        f"「{show_value(value, indicator)}」はこれまでの値の幅（{among}）から大きく外れています。"
    )


def _possible_share(value: Decimal, past: Past, indicator: Indicator) -> bool:
    """Growth can be of any size and an attained share more than the whole; so can what was before."""
    if 0 <= value <= 100 or _CHANGES.search(indicator.name):
        return True
    figures = [*past.known, *_targets(indicator)]
    if value > 100:
        return bool(_OVER_100.search(indicator.name)) or any(each > 100 for each in figures)
    return any(each < 0 for each in figures)


def _has_decimals(indicator: Indicator, past: Past) -> bool:
    """妊婦健康診査の受診回数 is an average and has decimals: declared, or seen in earlier figures."""
    if indicator.decimals is not None:
        return indicator.decimals > 0
    published = (figure for each in _published(indicator).values() for figure in each)
    return any(figure % 1 for figure in (*past.known, *published, *_targets(indicator)))


def _targets(indicator: Indicator) -> tuple[Decimal, ...]:
    targets = (target.value for each in indicator.series for target in each.targets)
    return tuple(value for value in targets if value is not None)
