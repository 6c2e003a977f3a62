"""比較値: what the country, the prefecture or a neighbouring city reports of the same thing.

Every entry is a row with its source and who made it. For one place and period the newest row of a
series holds; it may be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import Stale
from store.periods import year_of

PLACES = ("全国平均", "県平均", "近隣市平均")
"""What is offered as a place; any other may be written."""

LONGEST_PLACE, LONGEST_SOURCE = 40, 200

SeriesValues = Mapping[str | None, Decimal]


@dataclass(frozen=True)
class Comparison:
    """What a place reports for one period (see `store.periods`); `values` may lack a series."""

    place: str
    period: str
    values: SeriesValues
    source: str
    actor: str
    at: str


def record(
    db: Database,
    by: By,
    plan_id: str,
    indicator_id: str,
    place: str,
    period: str,
    values: SeriesValues,
    source: str,
) -> None:
    """Enter a value for each series; a series that is left out is taken back.

    Raises Stale when this is on record already, to the digit.
    """
    now = find(db, plan_id, indicator_id, place, period)
    if now is not None and _same(now, values, source):
        raise Stale("同じ比較値がすでに記録されています。変更はありません。")
    entry = {"plan": plan_id, "indicator": indicator_id, "place": place, "period": period}
    for series in _gone(now, values):
        append(db, "comparisons", by, **entry, series=series or "")
    for series, value in values.items():
        digits = format(value, "f")
        append(db, "comparisons", by, **entry, series=series or "", value=digits, source=source)


def take_back(
    db: Database, by: By, plan_id: str, indicator_id: str, place: str, period: str
) -> None:
    """Take a comparison back. Raises Stale when there is none."""
    if find(db, plan_id, indicator_id, place, period) is None:
        raise Stale("この比較値はすでにありません。")
    record(db, by, plan_id, indicator_id, place, period, {}, "")


def of(db: Database, plan_id: str, indicator_id: str) -> tuple[Comparison, ...]:
    """What is on record for an indicator: the newest period first, places as they were first entered."""
    return by_indicator(db, plan_id, indicator_id).get(indicator_id, ())


def places(db: Database, plan_id: str) -> tuple[str, ...]:
    """Every place that was named for a plan, the most usual first."""
    found = rows(
        db,
        """SELECT place FROM comparisons WHERE plan = ? AND value IS NOT NULL
           GROUP BY place ORDER BY count(*) DESC, min(id)""",
        [plan_id],
    )
    return tuple(row["place"] for row in found)


def find(
    db: Database, plan_id: str, indicator_id: str, place: str, period: str
) -> Comparison | None:
    """What a place reports for a period."""
    held = of(db, plan_id, indicator_id)
    return next((each for each in held if (each.place, each.period) == (place, period)), None)


def by_indicator(
    db: Database, plan_id: str, indicator_id: str | None = None
) -> dict[str, tuple[Comparison, ...]]:
    """The same of all indicators of a plan that have any."""
    one = " AND indicator = ?" if indicator_id else ""
    held = rows(
        db,
        f"""SELECT c.*, (SELECT min(id) FROM comparisons f
              WHERE f.plan = c.plan AND f.indicator = c.indicator AND f.place = c.place) AS first
            FROM comparisons c WHERE id IN (SELECT max(id) FROM comparisons
              WHERE plan = ?{one} GROUP BY plan, indicator, place, period, series)
            AND value IS NOT NULL ORDER BY first, id""",
        [plan_id, *([indicator_id] if indicator_id else [])],
    )
    together: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for row in held:
        of_indicator = together.setdefault(row["indicator"], {})
        of_indicator.setdefault((row["place"], row["period"]), []).append(row)
    return {
        indicator: tuple(sorted(map(_comparison, found.values()), key=_newest_first))
        for indicator, found in together.items()
    }


def _comparison(found: list[dict[str, Any]]) -> Comparison:
    values = {row["series"] or None: Decimal(row["value"]) for row in found}
    last = max(found, key=lambda row: int(row["id"]))
    return Comparison(
        last["place"], last["period"], values, last["source"], last["actor"], last["at"]
    )


def _newest_first(comparison: Comparison) -> int:
    return -year_of(comparison.period)


def _same(now: Comparison, values: SeriesValues, source: str) -> bool:
    digits = {series: format(value, "f") for series, value in values.items()}
    held = {series: format(value, "f") for series, value in now.values.items()}
    return (held, now.source) == (digits, source)


def _gone(now: Comparison | None, values: SeriesValues) -> list[str | None]:
    return [series for series in now.values if series not in values] if now else []
