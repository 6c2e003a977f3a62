"""What is known of an indicator's figures so far, series by series: the plans' own and those approved."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from store.plan import Indicator
from store.standing import Standing
from store.submissions import SeriesValues


def previous_values(standing: Standing) -> SeriesValues | None:
    """The values last approved in an earlier collection or in this one."""
    return standing.latest.proposal.values if standing.latest else None


def last_period(standing: Standing) -> tuple[str, int] | None:
    """What the newest figure is of, and the collection that brought it; None before the first."""
    latest = standing.latest
    if latest is None or latest.proposal.period is None:
        return None
    return latest.proposal.period, latest.proposal.collection


def known_values(standing: Standing) -> Mapping[str | None, tuple[Decimal, ...]]:
    """Every value known of each series: baselines, the earlier plan's figures, approved actuals."""
    published = [standing.indicator, *filter(None, [standing.continued])]
    return {
        name: (
            *(value for plan in published for value in _published(plan, name)),
            *(a.proposal.values[name] for a in standing.actuals if name in a.proposal.values),
        )
        for name in standing.indicator.series_names
    }


def _published(indicator: Indicator, name: str | None) -> tuple[Decimal, ...]:
    of_name = (series for series in indicator.series if series.name == name)
    return tuple(
        each.value
        for series in of_name
        for each in (*series.baselines, *filter(None, [series.latest]))
    )
