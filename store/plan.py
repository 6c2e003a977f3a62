"""A strategy as frozen data: plan, goals, policies, indicators, series, baselines, targets.

The shapes only. Reading a plan file and saying all that is wrong with it is `store.plan_file`;
judging a value against a target is `store.judge`.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

Better = Literal["higher", "lower", "parity"]
Measure = Literal["yearly", "cumulative", "point", "unknown"]
Basis = Literal["outcome", "comparison", "standard"]
Role = Literal["target", "kpi"]
TargetKind = Literal["value", "up", "down", "parity", "range", "done", "rank", "none"]


class Frozen(BaseModel):
    """Data that never changes once read; an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Observation(Frozen):
    """One published figure. `years` are the fiscal years it is of, empty where the plan is silent."""

    value: Decimal
    text: str | None = None
    years: tuple[int, ...] = ()
    note: str | None = None


class Baseline(Observation):
    """当初値・現状値. Of several, exactly one is the `reference` that verdicts compare with."""

    reference: bool = True


class Target(Frozen):
    """目標値 for a fiscal year, with the document's own words beside it.

    `year` is None where the plan names no year. `value` is the target of `value`, `parity`
    (男性 per 女性100) and `rank` (1 is best); `low` and `high` (both inclusive) are those of
    `range`. `up`, `down`, `done` and `none` have no number.
    """

    year: int | None
    kind: TargetKind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    text: str | None = None
    note: str | None = None


class Series(Frozen):
    """A part of an indicator that is judged together with the others; most have one, unnamed."""

    name: str | None = None
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    latest: Observation | None = None
    published_verdict: str | None = None

    @property
    def baseline(self) -> Baseline | None:
        """The reference baseline, or None where the plan has none."""
        return next((b for b in self.baselines if b.reference), None)

    def target(self, year: int | None) -> Target | None:
        """The target that `year` is judged against: its own, else the next to come, else the last."""
        dated = sorted((t for t in self.targets if t.year is not None), key=lambda t: t.year or 0)
        if year is None or not dated:
            return self.targets[-1] if self.targets else None
        return next((t for t in dated if t.year is not None and t.year >= year), dated[-1])


class Indicator(Frozen):
    """指標: one measured thing, whatever goals it serves. `id` never changes."""

    id: str
    policy: str | None = None
    name: str
    unit: str
    per: str | None = None
    measure: Measure = "unknown"
    better: Better
    basis: tuple[Basis, ...] = ()
    decimals: int | None = None
    continues: str | None = None
    renamed_from: str | None = None
    note: str | None = None
    aliases: tuple[str, ...] = ()
    frequency: str | None = None
    survey_years: tuple[int, ...] = ()
    as_of: str | None = None
    publishes_in: int | None = None
    definition: str | None = None
    source: str | None = None
    series: tuple[Series, ...]

    @property
    def series_names(self) -> tuple[str | None, ...]:
        """(None,) for a single series, else the names in the document's order."""
        return tuple(s.name for s in self.series)


class Goal(Frozen):
    """基本目標 or 横断的な目標, with its indicators in the document's order."""

    id: str
    label: str
    title: str
    direction: str | None = None
    policies: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()
    evaluation: str | None = None
    note: str | None = None


class Policy(Frozen):
    """施策. `variants` are other spellings of its name in the document."""

    code: str
    name: str
    variants: tuple[str, ...] = ()
    note: str | None = None


class Labels(Frozen):
    """The municipality's own words for its bodies."""

    executive_meeting: str = "行政経営会議"
    panel: str = "外部有識者会議"


class Plan(Frozen):
    """計画: a strategy with first and last fiscal year (either may be unknown)."""

    id: str
    title: str
    municipality: str
    first_year: int | None = None
    last_year: int | None = None
    assumed_baseline_year: int | None = None
    assumed_latest_year: int | None = None
    rule: str = "attainment"
    predecessor: str | None = None
    labels: Labels = Labels()
    evaluation: str | None = None
    source: str | None = None
    note: str | None = None
    goals: tuple[Goal, ...]
    policies: tuple[Policy, ...] = ()
    indicators: tuple[Indicator, ...]

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {i.id: i for i in self.indicators}

    @cached_property
    def roles(self) -> dict[str, tuple[tuple[str, Role], ...]]:
        """How each indicator serves which goals: id → ((goal id, role), …) in document order."""
        found: dict[str, list[tuple[str, Role]]] = {i.id: [] for i in self.indicators}
        for goal in self.goals:
            for indicator in goal.targets:
                found[indicator].append((goal.id, "target"))
            for indicator in goal.kpis:
                found[indicator].append((goal.id, "kpi"))
        return {indicator: tuple(places) for indicator, places in found.items()}

    def of_policy(self, code: str) -> tuple[Indicator, ...]:
        """The indicators of one policy, in order."""
        return tuple(i for i in self.indicators if i.policy == code)
