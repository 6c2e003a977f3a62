"""データ年: what a figure is *of*, as canonical text that sorts nothing and means one thing.

    FY2024        a fiscal year (令和6年度)
    CY2023        a calendar year (令和5年)
    2025-04-01    a 基準日
    FY2018..2020  the average of fiscal years (平成30〜令和2年度の平均)

A collection for R6 may bring figures of an earlier year; never of one that lies after it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from store.errors import UnreadableValue
from store.fiscal import era, fiscal_year, read_year
from store.plan import FIRST_YEAR, LAST_YEAR

LONGEST = 40
EXAMPLES = "例: `R5` `令和5年度` `2023年`（暦年） `R5.4.1`（基準日） `H30〜R2平均`"

_FISCAL = re.compile(r"FY(\d{4})")
_CALENDAR = re.compile(r"CY(\d{4})")
_AVERAGE = re.compile(r"FY(\d{4})\.\.(\d{4})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# When each era's first day was; a day is written in the era it fell in.
_ERA_DAYS = (
    ("R", 2019, date(2019, 5, 1)),
    ("H", 1989, date(1989, 1, 8)),
    ("S", 1926, date(1926, 12, 25)),
)
_TAIL = re.compile(r"(?:の値|の実績|の分|実績|時点|現在|調査|集計|分)+$")
_YEAR_END = re.compile("(?P<year>.+)年度末")
_WRITTEN_DAY = re.compile(
    r"(?P<year>(?:令和|平成|昭和|[RHS])?\.?\d{1,4}|(?:令和|平成|昭和)元|[RHS]元)"
    r"(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2}|末)日?"
)
_RANGE = re.compile(r"(?P<first>.+?)(?:~|から|-|\.\.)(?P<last>.+?)(?:まで)?の?平均値?")
_NAMED_CALENDAR = re.compile(r"(?:CY|暦年)(?P<after>\d{4})年?|(?P<before>.+?)\(?暦年\)?")
_RELATIVE_CALENDAR = {"今年": 0, "本年": 0, "昨年": -1, "去年": -1, "前年": -1, "一昨年": -2}


def read_period(text: str, today: date) -> str:
    """The period that a person wrote, canonical.

    `R5`, `令和5年度`, `2023` are fiscal years; `2023年`, `令和5年`, `CY2023` calendar years, as
    statistics are named; `R5.4.1`, `令和5年3月末` days; `H30〜R2平均` an average. Raises
    UnreadableValue with examples for anything else.
    """
    plain = _TAIL.sub("", _plain(text[:LONGEST]))
    for read in (_average, _day, _calendar, _fiscal):
        if (found := read(plain, today)) is not None and _sensible(found):
            return found
    said = text.strip()[:LONGEST]
    raise UnreadableValue(f"「{said}」はデータの年として読み取れません。{EXAMPLES}", text)


def read_day(text: str, today: date) -> date | None:
    """The day that a person wrote: `2025/8/24`, `R7.8.24`, `令和7年8月24日`; None for anything else."""
    try:
        found = _day(_plain(text[:LONGEST]), today)
    except UnreadableValue:
        return None
    return date.fromisoformat(found) if found and _sensible(found) else None


def _sensible(period: str) -> bool:
    """Of a year that a plan may speak of."""
    return all(FIRST_YEAR <= int(year) <= LAST_YEAR for year in re.findall(r"\d{4}", period))


def show_period(period: str) -> str:
    """`R6`, `2023年`, `R5.4.1` or `H30〜R2平均` for a canonical period."""
    if found := _FISCAL.fullmatch(period):
        return era(int(found[1]))
    if found := _CALENDAR.fullmatch(period):
        return f"{found[1]}年"
    if found := _AVERAGE.fullmatch(period):
        return f"{era(int(found[1]))}〜{era(int(found[2]))}平均"
    return _show_day(date.fromisoformat(period))


def of_round(period: str | None, collection: int) -> str:
    """What a figure is called of that was reported in a collection: `R6`, or `R4` where it is of R4.

    A 基準日 of the collection's own year is called by the year.
    """
    if period is None or period == default_period(collection):
        return era(collection)
    is_day = _DAY.fullmatch(period) and year_of(period) == collection
    return era(collection) if is_day else show_period(period)


def default_period(collection: int) -> str:
    """What a figure is of when nobody says otherwise: the fiscal year that is reported on."""
    return f"FY{collection}"


def check_period(period: str, collection: int) -> str:
    """The period, when a figure of it can be reported in this collection.

    A 基準日 of 1 April right after the fiscal year is how many municipalities count its end.
    Raises UnreadableValue for what lies after the collection.
    """
    if _ends(period) > date(collection + 1, 4, 1):
        raise UnreadableValue(
            f"データの年 {show_period(period)} は、報告年度 {era(collection)} より後です。"
            f"{era(collection)}以前の年か、{_show_day(date(collection + 1, 4, 1))}までの"
            "基準日を書いてください。",
            show_period(period),
        )
    return period


def year_of(period: str) -> int:
    """The fiscal year that a period is drawn at; 1 April closes the year before, an average its last."""
    if found := _AVERAGE.fullmatch(period):
        return int(found[2])
    if found := _FISCAL.fullmatch(period) or _CALENDAR.fullmatch(period):
        return int(found[1])
    return fiscal_year(date.fromisoformat(period) - timedelta(days=1))


def _ends(period: str) -> date:
    if found := _CALENDAR.fullmatch(period):
        return date(int(found[1]), 12, 31)
    if _DAY.fullmatch(period):
        return date.fromisoformat(period)
    return date(year_of(period) + 1, 3, 31)


def day_in_era(at: str) -> str:
    """`R7.6.3`: the day of a moment in the ledger, for what is read years later."""
    return _show_day(date.fromisoformat(at[:10]))


def _show_day(day: date) -> str:
    for letter, first, since in _ERA_DAYS:
        if day >= since:
            return f"{letter}{day.year - first + 1}.{day.month}.{day.day}"
    return day.isoformat()


def _plain(text: str) -> str:
    form = unicodedata.normalize("NFKC", text).upper()
    form = re.sub(r"[〜～∼–—―‐‑−ー]", lambda m: "~" if m[0] in "〜～∼" else "-", form)
    return re.sub(r"\s+", "", form)


def _average(plain: str, today: date) -> str | None:
    if found := _AVERAGE.fullmatch(plain):
        first, last = int(found[1]), int(found[2])
    elif found := _RANGE.fullmatch(plain):
        years = [read_year(found[part], today) for part in ("first", "last")]
        if years[0] is None or years[1] is None:
            return None
        first, last = years[0], years[1]
    else:
        return None
    if first >= last:
        raise UnreadableValue(
            f"平均の年は古い順に書いてください。例: `{era(last)}〜{era(first)}平均`", plain
        )
    return f"FY{first}..{last}"


def _day(plain: str, today: date) -> str | None:
    if ended := _YEAR_END.fullmatch(plain):
        closed = read_year(ended["year"], today)
        return date(closed + 1, 3, 31).isoformat() if closed else None
    found = _WRITTEN_DAY.fullmatch(plain)
    year = read_year(found["year"].replace(".", ""), today) if found else None
    if found is None or year is None:
        return None
    try:
        return _calendar_day(year, int(found["month"]), found["day"]).isoformat()
    except ValueError as error:
        raise UnreadableValue(f"「{plain}」という日はありません。{EXAMPLES}", plain) from error


def _calendar_day(year: int, month: int, day: str) -> date:
    if day != "末":
        return date(year, month, int(day))
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


def _calendar(plain: str, today: date) -> str | None:
    if plain in _RELATIVE_CALENDAR:
        return f"CY{today.year + _RELATIVE_CALENDAR[plain]}"
    if found := _NAMED_CALENDAR.fullmatch(plain):
        year = int(found["after"]) if found["after"] else read_year(found["before"], today)
    else:
        year = read_year(plain, today) if plain.endswith("年") else None
    return None if year is None else f"CY{year}"


def _fiscal(plain: str, today: date) -> str | None:
    year = read_year(plain, today)
    return None if year is None else f"FY{year}"
