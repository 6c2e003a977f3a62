"""A plan as JSON: fiscal years as western numbers, values as decimal strings, absent as null.

The shape is described by `store/schemas/plan.schema.json`, which the tests hold against every plan.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from store.plan import Baseline, Goal, Indicator, Observation, Plan, Policy, Series, Target

Json = dict[str, Any]


def plan_json(plan: Plan) -> Json:
    """The whole plan as plain data, ready for `json.dumps`."""
    return {
        "plan": _head(plan),
        "goals": [_goal(goal) for goal in plan.goals],
        "policies": [_policy(policy) for policy in plan.policies],
        "indicators": [_indicator(plan, indicator) for indicator in plan.indicators],
    }


def decimal_string(value: Decimal | None) -> str | None:
    """`65.60` stays "65.60"; never an exponent."""
    return None if value is None else f"{value:f}"


def _head(plan: Plan) -> Json:
    head = plan.model_dump(exclude={"goals", "policies", "indicators", "labels"})
    return head | {"labels": plan.labels.model_dump()}


def _goal(goal: Goal) -> Json:
    return goal.model_dump(mode="json")


def _policy(policy: Policy) -> Json:
    return policy.model_dump(mode="json")


def _indicator(plan: Plan, indicator: Indicator) -> Json:
    said = indicator.model_dump(mode="json", exclude={"series", "renamed_from"})
    places = [{"goal": goal, "role": role} for goal, role in plan.roles[indicator.id]]
    series = [_series(part) for part in indicator.series]
    return said | {"unit": indicator.unit or None, "goals": places, "series": series}


def _series(series: Series) -> Json:
    return {
        "name": series.name,
        "baselines": [_baseline(baseline) for baseline in series.baselines],
        "targets": [_target(target) for target in series.targets],
        "latest": None if series.latest is None else _observation(series.latest),
        "published_verdict": series.published_verdict,
    }


def _observation(seen: Observation) -> Json:
    return {
        "value": decimal_string(seen.value),
        "text": seen.text,
        "years": list(seen.years),
        "note": seen.note,
    }


def _baseline(baseline: Baseline) -> Json:
    return _observation(baseline) | {"reference": baseline.reference}


def _target(target: Target) -> Json:
    return {
        "year": target.year,
        "kind": target.kind,
        "value": decimal_string(target.value),
        "low": decimal_string(target.low),
        "high": decimal_string(target.high),
        "text": target.text,
        "note": target.note,
    }
