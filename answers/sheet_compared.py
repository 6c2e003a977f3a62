"""The comparisons of a sheet: what is on record and where room is given to enter more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from answers.sheet_given import number_format
from reports.sheet.form import FREE, ComparedRow, compared_key
from store.comparisons import PLACES, Comparison
from store.periods import show_period
from store.plan import Indicator
from store.reading.figures import example_of
from store.reading.units import kind_of
from store.showing import show_value

Held = Mapping[str, Sequence[Comparison]]
COUNTRY, PREFECTURE = PLACES[0], "都道府県平均"
FREE_ROWS = 10
MOST_GIVEN = 400
_COUNTRY, _PREFECTURES = "全国", ("県", "都", "道", "府")


def compared_rows(indicators: Iterable[Indicator], held: Held) -> tuple[ComparedRow, ...]:
    """Of each place the newest that is on record, then empty rows for those judged by comparison."""
    named = (each.place for found in held.values() for each in found)
    prefecture = next(filter(_is_prefecture, named), PREFECTURE)
    given = [row for each in indicators for row in _of(each, held.get(each.id, ()), prefecture)]
    free = (ComparedRow(f"{FREE}{n}") for n in range(1, FREE_ROWS + 1))
    return (*given[:MOST_GIVEN], *free)


def _of(indicator: Indicator, held: Sequence[Comparison], prefecture: str) -> Iterator[ComparedRow]:
    newest = {each.place: each for each in reversed(held)}
    places = dict.fromkeys(each.place for each in held)
    if {"comparison", "standard"} & set(indicator.basis):
        places.update(dict.fromkeys(_lacking(tuple(places), prefecture)))
    for place in places:
        for series in indicator.series_names:
            yield _row(indicator, series, place, newest.get(place))


def _lacking(places: Sequence[str], prefecture: str) -> Iterator[str]:
    """The country and the prefecture, unless they are on record under whatever name."""
    if not any(place.startswith(_COUNTRY) for place in places):
        yield COUNTRY
    if not any(map(_is_prefecture, places)):
        yield prefecture


def _is_prefecture(place: str) -> bool:
    return place.removesuffix("平均").endswith(_PREFECTURES)


def _row(
    indicator: Indicator, series: str | None, place: str, found: Comparison | None
) -> ComparedRow:
    value = found.values.get(series) if found else None
    return ComparedRow(
        key=compared_key(indicator.id, series or "", place),
        code=indicator.id,
        name=indicator.name,
        series=series or "",
        place=place,
        period=show_period(found.period) if found else "",
        value=_given(value, indicator) if value is not None else "",
        source=found.source if found else "",
        number_format=number_format(indicator),
        hint=f"例: {example_of(indicator)}",
    )


def _given(value: Decimal, indicator: Indicator) -> Decimal | str:
    """As the sheet's own values stand, so that leaving the cell alone says the same again."""
    kind = kind_of(indicator)
    if kind == "parity":
        return f"{value:f}:100"
    return show_value(value, indicator) if kind == "done" else value
