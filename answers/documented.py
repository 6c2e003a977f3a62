"""What a plan itself says of an indicator, in words: baseline, target, its own latest figures."""

from __future__ import annotations

from answers.words import NO_TARGET_SAID
from store.fiscal import era
from store.plan import Indicator, Observation, Plan, Series, Target
from store.showing import show_value, show_values

_DIRECTIONS = {"up": "増加", "down": "減少"}


def years_said(observed: Observation, assumed: int | None) -> str:
    """`R1`, `H30〜R2平均`, or `R2と推定` where the plan is silent and says what it assumes."""
    years = observed.years
    if len(years) > 1:
        return f"{era(min(years))}〜{era(max(years))}平均"
    if years:
        return era(years[0])
    return f"{era(assumed)}と推定" if assumed else ""


def baseline_said(indicator: Indicator, plan: Plan) -> str:
    """`29人（R2と推定）`; 現状値なし where the plan has none."""
    found = {s.name: s.baseline for s in indicator.series if s.baseline}
    if not found:
        return "現状値なし"
    years = {name: years_said(b, plan.assumed_baseline_year) for name, b in found.items()}
    if len(set(years.values())) == 1:
        values = show_values({name: b.value for name, b in found.items()}, indicator)
        return _with(values, next(iter(years.values())))
    return "・".join(
        _with(f"{name or ''}{show_value(b.value, indicator)}", years[name])
        for name, b in found.items()
    )


def target_said(indicator: Indicator, collection: int | None) -> str:
    """The target that counts in a collection, in the document's own text."""
    targets = [(s, s.target(collection)) for s in indicator.series]
    said = [_target_of(series, target, indicator) for series, target in targets]
    return said[0] if len(set(said)) == 1 and len(said) == 1 else "・".join(said)


def target_text(target: Target | None, indicator: Indicator) -> str:
    """One target: `0人／年`, `増加（↗）`, 目標の記載なし."""
    if target is None or target.kind == "none":
        return NO_TARGET_SAID
    if direction := _DIRECTIONS.get(target.kind):
        return direction if target.text in {None, direction} else f"{direction}（{target.text}）"
    if target.text:
        return target.text
    return show_value(target.value, indicator) if target.value is not None else "済"


def _target_of(series: Series, target: Target | None, indicator: Indicator) -> str:
    text = target_text(target, indicator)
    return text if series.name is None or text.startswith(series.name) else f"{series.name}{text}"


def _with(said: str, years: str) -> str:
    return f"{said}（{years}）" if years else said


def latest_published(indicator: Indicator, plan: Plan) -> str:
    """`29人（R2と推定）` of a plan that brings its own latest figures."""
    found = {s.name: s.latest for s in indicator.series if s.latest}
    values = show_values({name: seen.value for name, seen in found.items()}, indicator)
    said = dict.fromkeys(years_said(o, plan.assumed_latest_year) for o in found.values())
    return _with(values, "・".join(said))
