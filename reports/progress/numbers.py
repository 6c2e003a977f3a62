"""Numbers for Excel: shown with decimals, unit, △ for negatives, and the year that they are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reports.progress.items import Figure, Item, Strand
from reports.progress.table import Column
from store.judge import show_percent
from store.plan import Indicator
from store.reading.units import is_points, kind_of

LONGEST = 255
"""Letters of a format: a workbook with a longer one is one that Excel will not open."""
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Number:
    """A cell's value and format, and what is said beside it (訂正前, 参考)."""

    value: Decimal
    format: str
    beside: str = ""


def number_of(column: Column, item: Item, strand: Strand) -> Number | None:
    """The number that a cell says; None where it says words only, or more than a format holds."""
    if column.key == "progress":
        return None if strand.progress is None else _progress(strand.progress, strand.pace)
    figure = column.figure(strand) if column.figure else None
    if figure is None or figure.value is None:
        return None
    beside = [f"訂正前 {figure.before}"] if figure.before else []
    if column.key == "baseline":
        beside += [f"参考 {each.full}" for each in strand.baselines[1:]]
    printed = column.cell(item, strand) == figure.document and as_written(figure)
    shown = printed or number_format(figure.value, item.indicator, figure.period)
    if len(shown) > LONGEST:
        return None
    return Number(figure.value, shown, "\n".join(beside))


def as_written(figure: Figure) -> str:
    """The format in which the cell reads as the document does: `2件/年`, `+0ポイント以上`.

    Empty where the document's first number is another one.
    """
    found = _NUMBER.search(figure.document)
    written = Decimal(found[0].replace(",", "")) if found else None
    if found is None or figure.value is None or written != abs(figure.value):
        return ""
    before, after = figure.document[: found.start()], figure.document[found.end() :]
    digits = _digits(max(-int(written.as_tuple().exponent), 0), "," in found[0])
    shown = f"{_quoted(before)}{digits}{_quoted(after)}"
    return f"{shown};{shown}"


def _progress(share: Decimal, pace: str) -> Number:
    """The whole per cent that is said everywhere: what is missed never shows as 100 %."""
    percent = Decimal(show_percent(share).removesuffix("%").replace("△", "-"))
    after = _quoted(f"（{pace}）") if pace else ""
    return Number(percent / 100, f"0%{after};{_quoted('△')}0%{after}")


def number_format(value: Decimal, indicator: Indicator, period: str = "") -> str:
    """The format in which the cell reads as `store.showing.show_value` says it.

    At least the indicator's decimals, and never fewer than the value was given with.
    """
    decimals = max(-int(value.as_tuple().exponent), indicator.decimals or 0)
    digits = _digits(max(decimals, 0), grouped=True)
    after = f"（{period}）" if period else ""
    kind = kind_of(indicator)
    if kind == "done":
        return f"{_quoted('済' + after)};;{_quoted('未' + after)}"
    if kind == "parity":
        return f"{_quoted('男性')}{digits}{_quoted('：女性100' + after)}"
    unit = _quoted(("位" if kind == "rank" else indicator.unit) + after)
    plus = _quoted("+") if is_points(indicator) else ""
    return f"{plus}{digits}{unit};{_quoted('△')}{digits}{unit};{digits}{unit}"


def _digits(decimals: int, grouped: bool) -> str:
    return ("#,##0" if grouped else "0") + (f".{'0' * decimals}" if decimals else "")


def _quoted(text: str) -> str:
    """Text as a format has it; the quote itself, which ends one, stands apart."""
    return '\\"'.join(f'"{piece}"' if piece else "" for piece in text.split('"'))
