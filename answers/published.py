"""What the documents publish of an indicator, as rows of its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from answers.words import SAMPLE
from store.continuing import label_of
from store.documented import is_published, phase, same_observation, target_text, years_said
from store.fiscal import era
from store.periods import default_period, show_period
from store.plan import Indicator, Observation, Plan
from store.showing import show_values
from store.standing import Standing

PUBLISHED = "公表値"

Observed = Mapping[str | None, Observation]


class Row(NamedTuple):
    """One year of the history, each cell as it is shown; an empty one has nothing to say.

    What matters most stands first, since a phone shows no more than three columns.
    """

    year: str
    actual: str = ""
    verdict: str = ""
    target: str = ""
    period: str = ""
    state: str = ""


def published(standing: Standing, plan: Plan, earlier: Plan | None) -> Iterator[Row]:
    """What the documents publish; the old plan's last figure is the new one's baseline."""
    indicator, before = standing.indicator, standing.continued
    baseline = {s.name: s.baseline for s in indicator.series if s.baseline}
    same = False
    if before is not None:
        yield from _first_of(before, earlier)
        yield from _between(standing, earlier)
        latest = {s.name: s.latest for s in before.series if s.latest}
        same = same_observation(before, indicator)
        if latest:
            said = _last_of(before, latest, earlier, plan if same else None)
            yield said._replace(state=_approved(said.state)) if standing.before else said
    if baseline and not same:
        called = f"{phase(plan)} 現状値" if before else "現状値"
        yield _observed(baseline, indicator, plan.assumed_baseline_year, called)
    for series in indicator.series:
        for aside in (b for b in series.baselines if not b.reference):
            yield _observed({series.name: aside}, indicator, None, "参考")
    if is_published(standing):
        latest = {s.name: s.latest for s in indicator.series if s.latest}
        yield _last_of(indicator, latest, plan, None)


def _between(standing: Standing, earlier: Plan | None) -> Iterator[Row]:
    """What was reported to the plan before, but the last, which is its 最新値."""
    given = standing.before
    if earlier is None:
        return
    for n, each in enumerate(given[:-1], 1):
        proposal = each.proposal
        old = earlier.as_of(proposal.collection).by_id[proposal.indicator]
        label = label_of(earlier, given[:n])
        period = proposal.period or default_period(proposal.collection)
        sample = f"・{SAMPLE}" if each.sample else ""
        yield Row(
            era(proposal.collection),
            show_values(proposal.values, old),
            f"{label}（{phase(earlier)}）" if label else "",
            period=show_period(period),
            state=f"承認済（{phase(earlier)}）{sample}",
        )


def _approved(state: str) -> str:
    """It was reported and approved here, whether or not anybody printed it."""
    return state.replace(PUBLISHED, "承認済", 1)


def _first_of(before: Indicator, earlier: Plan | None) -> Iterator[Row]:
    found = {s.name: s.baseline for s in before.series if s.baseline}
    assumed = earlier.assumed_baseline_year if earlier else None
    if found:
        yield _observed(found, before, assumed, f"{phase(earlier)} 当初値")


def _last_of(before: Indicator, latest: Observed, earlier: Plan | None, plan: Plan | None) -> Row:
    """The last figure of a plan, and of `plan` the baseline when that is the same observation."""
    called = f"{phase(earlier)} 最新値" + (f"・{phase(plan)} 現状値" if plan else "")
    assumed = earlier.assumed_latest_year if earlier else None
    if assumed is None and plan is not None:
        assumed = plan.assumed_baseline_year
    row = _observed(latest, before, assumed, called)
    targets = dict.fromkeys(target_text(s.target(None), before) for s in before.series)
    verdicts = dict.fromkeys(s.published_verdict for s in before.series if s.published_verdict)
    said = "・".join(verdicts) + (f"（{phase(earlier)}）" if verdicts else "")
    return row._replace(target="・".join(targets), verdict=said)


def _observed(found: Observed, indicator: Indicator, assumed: int | None, called: str) -> Row:
    years = "・".join(dict.fromkeys(years_said(each, assumed) for each in found.values()))
    return Row(
        years.replace("と推定", "") or called,
        show_values(_values(found), indicator),
        period=years or "年の記載なし",
        state=f"{PUBLISHED}（{called}）" if years else PUBLISHED,
    )


def _values(found: Observed) -> dict[str | None, Decimal]:
    return {name: each.value for name, each in found.items()}
