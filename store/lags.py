"""Which year a figure is of when nobody says: how far it lagged before, what could be meant, and
what a 基準日 of 1 April belongs to.

Where a 基準日 is written as 4月1日, the figure is one of the year's end: R7.4.1現在 belongs to the
collection R6. Where it says 年度当初 or 当該年度4月1日, the same day opens the year R7.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from store.errors import UnreadableValue
from store.fiscal import era
from store.periods import check_period, default_period, show_period, year_of

YEARS_BACK = 3
_OPENS = re.compile("当該?年度|年度(?:当初|初め|はじめ|の初め)|期首")
_CLOSES = re.compile("年度末|期末|3月31日|3月末")
_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")


def counting_day(as_of: str | None, collection: int) -> str | None:
    """The day that a 基準日 such as 10月1日 or 年度末 is in one collection; None for other words."""
    said = as_of or ""
    if _CLOSES.search(said):
        return date(collection + 1, 3, 31).isoformat()
    found = _DAY.search(said)
    month, day = (int(found[1]), int(found[2])) if found else (4, 1)
    if not found and not _OPENS.search(said):
        return None
    at_the_end = month < 4 or ((month, day) == (4, 1) and not _OPENS.search(said))
    try:
        return date(collection + at_the_end, month, day).isoformat()
    except ValueError:
        return None


def belongs_to(period: str, as_of: str | None = None) -> int:
    """The fiscal year that a figure counts for; a 基準日 that opens the year makes 4月1日 its own."""
    if period[4:] == "-04-01" and _OPENS.search(as_of or ""):
        return int(period[:4])
    return year_of(period)


def fitting_period(period: str, collection: int, as_of: str | None = None) -> str:
    """The period, when a figure of it can be reported in this collection.

    UnreadableValue for a later one (`store.periods.check_period`), and for the 4月1日 that by the
    indicator's own 基準日 belongs to the year after.
    """
    check_period(period, collection)
    if belongs_to(period, as_of) > collection:
        raise UnreadableValue(
            f"この指標の基準日は「{as_of}」で、{show_period(period)} は{era(collection + 1)}の値です。"
            f"{era(collection)}の値なら `{show_period(f'{collection}-04-01')}` と書いてください。",
            show_period(period),
        )
    return period


def lags(before: tuple[str, int] | None) -> bool:
    """Whether the last figure (its period and its collection) was of another year than its collection."""
    return before is not None and before[0] != default_period(before[1])


def plausible_periods(
    collection: int, before: tuple[str, int] | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """What a figure of this collection may be of, likeliest first, the collection's own year in it.

    `before` is the last figure's period and its collection: what lagged once lags again.
    """
    day = counting_day(as_of, collection)
    again = _moved(before[0], collection - before[1]) if before and lags(before) else None
    found = [
        again,
        default_period(collection),
        day,
        *(f"FY{collection - years}" for years in range(1, YEARS_BACK + 1)),
        *(f"CY{collection - years}" for years in range(YEARS_BACK)),
        f"{collection + 1}-03-31",
        f"{collection + 1}-04-01",
    ]
    fitting = (each for each in found if each and _fits(each, collection, as_of))
    return tuple(dict.fromkeys(fitting))


def _fits(period: str, collection: int, as_of: str | None) -> bool:
    try:
        return bool(fitting_period(period, collection, as_of))
    except UnreadableValue:
        return False


def _moved(period: str, years: int) -> str:
    """The same kind of period so many years later."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        day = date.fromisoformat(period)
        last = day.month == 2 and day.day == 29
        moved = (day - timedelta(days=last)).replace(year=day.year + years)
        return moved.isoformat()
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) + years), period)
