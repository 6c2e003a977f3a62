"""Reading values the way people write them: △203人, １２．５％, 2億3千万円, 男性18.43年 女性20.72年.

Exact (Decimal), with the precision that was typed, in the indicator's own unit. What is not
certain is refused with a sentence that says what would be right; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from store.errors import UnreadableValue
from store.plan import Indicator
from store.reading.figures import examples_of, read_figure
from store.reading.letters import clean_figure, normalise, printable
from store.reading.series import split_series

__all__ = ["Awaiting", "Reading", "Values", "normalise", "read_values"]

LONGEST = 200
_AWAITING = re.compile(
    r"(?:統計)?[値のが]?(?:公表(?:値)?待ち?|未公表)"
    r"(?:\(?(?P<month>[0-9]{1,2})月(?:頃|ごろ|中|末|以降|[上中下]旬)?に?(?:公表)?(?:予定)?\)?)?"
)


@dataclass(frozen=True)
class Values:
    """A value for each series of one indicator, keys exactly its `series_names`."""

    by_series: Mapping[str | None, Decimal]


@dataclass(frozen=True)
class Awaiting:
    """統計公表待ち: the statistic is not out yet; `month` is when it is expected, if said."""

    month: int | None = None


Reading = Values | Awaiting


def read_values(text: str, indicator: Indicator) -> Reading:
    """What `text` says about `indicator`, in its unit.

    UnreadableValue, with what was typed, for everything that is not certain: another unit, a
    range, an estimate, a formula, a missing series, more than 15 digits or 6 decimals.
    """
    try:
        return _read(text, indicator)
    except UnreadableValue as refusal:
        raise UnreadableValue(str(refusal), printable(text)) from None


def _read(text: str, indicator: Indicator) -> Reading:
    if len(text) > LONGEST:
        raise UnreadableValue(f"値が長すぎます。{LONGEST}文字までで書いてください。")
    plain = clean_figure(text)
    if awaiting := _AWAITING.fullmatch(plain.replace(" ", "")):
        return Awaiting(_month(awaiting["month"]))
    if not plain:
        raise UnreadableValue(
            f"値が空です。例: `{examples_of(indicator)}`　まだ出ていない統計は `公表待ち`"
        )
    parts = split_series(plain, indicator.series_names, examples_of(indicator))
    return Values({name: read_figure(part, indicator) for name, part in parts.items()})


def _month(written: str | None) -> int | None:
    if written is None:
        return None
    if not 1 <= int(written) <= 12:
        raise UnreadableValue("公表の月は1月から12月で書いてください。例: `公表待ち（10月予定）`")
    return int(written)
