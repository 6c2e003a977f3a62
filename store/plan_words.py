"""What a plan itself says of an indicator, in words: baseline, target, its own latest figures."""

from __future__ import annotations

from store.documented import target_text, years_said
from store.plan import Indicator, Plan, Series, Target
from store.showing import show_value, show_values


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
