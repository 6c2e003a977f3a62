"""The values of an indicator as open data: one row a series and year, numbers as they were typed."""

from __future__ import annotations

from collections.abc import Iterator

from reports.site.model import Datum
from reports.site.years import approved_on, department_of, period_of
from store.documented import target_text
from store.standing import Standing


def data_of(standing: Standing) -> Iterator[Datum]:
    """Baselines, targets and published actuals of every series (`standing` holds no others)."""
    indicator = standing.indicator
    for series in indicator.series:
        name = series.name or ""
        for each in series.baselines:
            years = "・".join(f"FY{year}" for year in each.years)
            kind = "baseline" if each.reference else "reference"
            yield Datum(name, kind, None, years, each.value, text=each.note or "")
        for target in series.targets:
            said = target_text(target, indicator)
            yield Datum(name, "target", None, "", target.value, target.year, said)
        if series.latest:
            years = "・".join(f"FY{year}" for year in series.latest.years)
            yield Datum(name, "latest", None, years, series.latest.value)
        for actual in standing.actuals:
            if series.name in actual.proposal.values:
                yield Datum(
                    name,
                    "actual",
                    actual.proposal.collection,
                    period_of(actual),
                    actual.proposal.values[series.name],
                    approved=approved_on(actual),
                    department=department_of(actual),
                    source=actual.proposal.source or "",
                )
