"""Reading values the way people write them: △203人, １２．５％, 2億3千万円, 男性18.43年 女性20.72年.

Exact (Decimal), with the precision that was typed, in the indicator's own unit. What is not
certain is refused with a sentence that says what would be right; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from store.errors import UnreadableValue
from store.plan import Indicator
from store.reading.absent import Awaiting, NoSurvey, read_absence
from store.reading.figures import examples_of, read_figure
from store.reading.letters import clean_figure, normalise, printable
from store.reading.series import split_series

__all__ = ["Awaiting", "NoSurvey", "Reading", "Values", "normalise", "read_values"]

LONGEST = 200


@dataclass(frozen=True)
class Values:
    """A value for each series of one indicator, keys exactly its `series_names`."""

    by_series: Mapping[str | None, Decimal]


Reading = Values | Awaiting | NoSurvey


def read_values(text: str, indicator: Indicator) -> Reading:
    """What `text` says about `indicator`, in its unit.

    UnreadableValue, with what was typed, for everything that is not certain: another unit, a
    range, an estimate, a formula, a missing series, more than 15 digits or 6 decimals. Whatever
    `text` is, nothing else is raised.
    """
    try:
        return _read(text, indicator)
    except UnreadableValue as refusal:
        raise UnreadableValue(str(refusal), printable(text)) from None


def _read(text: str, indicator: Indicator) -> Reading:
    if len(text) > LONGEST:
        raise UnreadableValue(f"値が長すぎます。{LONGEST}文字までで書いてください。")
    plain = clean_figure(text)
    if absence := read_absence(plain):
        return absence
    if not plain:
        raise UnreadableValue(
            f"値が空です。例: `{examples_of(indicator)}`　まだ出ていない統計は `公表待ち`"
        )
    parts = split_series(plain, indicator.series_names, examples_of(indicator))
    return Values({name: read_figure(part, indicator) for name, part in parts.items()})
