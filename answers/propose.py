"""A value as it was typed becomes a proposal: read, held against the past, with its period and source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.errors import UnknownWords, UnreadableValue
from store.fiscal import era, era_long
from store.known import known_values, last_period, previous_values
from store.lags import fitting_period, lags
from store.oddities import oddities
from store.periods import default_period, read_period
from store.plan import Indicator, Plan
from store.reading.seen import readable
from store.standing import Standing
from store.submissions import Kind, Proposal, SeriesValues
from store.totals import Entered, Total, added_up
from store.values import Awaiting, Reading, Values, read_values


def check_collection(plan: Plan, collection: int, today: date, typed: str) -> None:
    """Raises UnknownWords for a year outside the plan or one that is not over yet."""
    first, last = plan.first_year or collection, plan.last_year or collection
    if not first <= collection <= last:
        raise UnknownWords(
            f"{era(collection)}は計画期間（{era(first)}〜{era(last)}）の外です。"
            f"{era(first)}から{era(last)}までの年度で入力してください。",
            typed,
        )
    if today < date(collection + 1, 4, 1):
        raise UnknownWords(
            f"{era(collection)}（{era_long(collection)}）はまだ終わっていません。"
            f"実績は{collection + 1}年4月1日から提出できます。",
            typed,
        )


def propose(
    plan: Plan,
    indicator: Indicator,
    collection: int,
    value: str,
    today: date,
    typed: str,
    period: str | None = None,
    source: str | None = None,
    note: str | None = None,
    previous: SeriesValues | None = None,
    standing: Standing | None = None,
    part: Entered | None = None,
) -> Proposal:
    """What is to be submitted, read and checked.

    With its `standing` a value is held against all that is known, `part` of a total is added up, and
    the period stays None when none was said and the last figure was not of its collection's own
    year: it has to be asked. `previous` stands in for a standing. Raises UnknownWords for a year
    that cannot be reported and UnreadableValue for a value or period that cannot be read; both give
    back `typed`.
    """
    check_collection(plan, collection, today, typed)
    try:
        reading = read_values(value, indicator)
        of = _period(period, indicator, collection, today, standing)
        figures = figures_of(reading, indicator, previous, standing, part)
    except UnreadableValue as error:
        raise UnreadableValue(str(error), typed) from error
    if figures is None:
        month = reading.month if isinstance(reading, Awaiting) else None
        kind: Kind = "awaiting" if isinstance(reading, Awaiting) else "no_survey"
        return without_figure(plan, indicator, collection, kind, month, typed, source, note)
    return Proposal(
        plan.id,
        indicator.id,
        collection,
        values=figures.values,
        period=of,
        source=readable(source),
        note=with_sum(readable(note), figures.said),
        typed=readable(typed),
        oddities=figures.oddities,
    )


def _period(
    said: str | None, indicator: Indicator, collection: int, today: date, standing: Standing | None
) -> str | None:
    if said:
        return fitting_period(read_period(said, today), collection, indicator.as_of)
    asks = standing is not None and lags(last_period(standing))
    return None if asks else default_period(collection)


def figures_of(
    reading: Reading,
    indicator: Indicator,
    previous: SeriesValues | None,
    standing: Standing | None,
    part: Entered | None,
) -> Total | None:
    """The values to be reported with all that is odd about them; None for a year without a figure.

    Raises UnreadableValue as `store.totals.added_up` does.
    """
    if not isinstance(reading, Values):
        return None
    figures = Total(dict(reading.by_series), "")
    if standing is not None and part == "year":
        figures = added_up(reading.by_series, standing, indicator)
    before = previous_values(standing) if standing else previous
    known = known_values(standing) if standing else None
    odd = oddities(figures.values, indicator, before, known)
    return replace(figures, oddities=(*figures.oddities, *odd))


def with_sum(note: str | None, said: str) -> str | None:
    """A note with the sum that a total was made by, so that whoever approves it sees it."""
    return "　".join(filter(None, [note, said])) or None


def without_figure(
    plan: Plan,
    indicator: Indicator,
    collection: int,
    kind: Kind,
    month: int | None,
    typed: str,
    source: str | None = None,
    note: str | None = None,
) -> Proposal:
    """統計公表待ち (`awaiting`, expected in `month` when that is known) or 調査対象外年度 (`no_survey`)."""
    return Proposal(
        plan.id,
        indicator.id,
        collection,
        kind=kind,
        month=month,
        source=readable(source),
        note=readable(note),
        typed=readable(typed),
    )
