"""A strategy as frozen data: plan, goals, policies, indicators, series, baselines, targets.

The shapes only. Reading a plan file and saying all that is wrong with it is `store.plan_file`;
judging a value against a target is `store.judge`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictBool,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1926, 2100
"""The fiscal years that a plan may speak of: 昭和元年 and a year that no plan reaches yet."""

KANA = "^[ぁ-ゖー0-9A-Za-z]+$"
"""A reading: hiragana, with the digits and letters that a name has."""

_DIGITS = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,10})?")


def exact_number(value: object) -> object:
    """Let pass a Decimal, an int, and a string of plain ASCII digits, so that `65.60` keeps its 0.

    A float, which has lost its precision, and whatever is no number raise PydanticCustomError.
    """
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, float):
        raise PydanticCustomError("float_number", "a float has lost its precision")
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return value
    raise PydanticCustomError("not_a_number", "not a plain decimal number")


Number = Annotated[Decimal, BeforeValidator(exact_number)]
Year = Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR)]
Id = Annotated[str, StringConstraints(pattern=r"^\S+$")]
Line = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Kana = Annotated[str, StringConstraints(pattern=KANA)]
Better = Literal["higher", "lower", "parity"]
Measure = Literal["yearly", "cumulative", "point", "unknown"]
Method = Literal["survey", "count"]
Basis = Literal["outcome", "comparison", "standard"]
Role = Literal["target", "kpi"]
TargetKind = Literal["value", "up", "down", "parity", "range", "done", "rank", "none"]


class Frozen(BaseModel):
    """Data that never changes once read; an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Observation(Frozen):
    """One published figure. `years` are the fiscal years it is of, empty where the plan is silent."""

    value: Number
    text: Text | None = None
    years: tuple[Year, ...] = ()
    note: Text | None = None


class Baseline(Observation):
    """当初値・現状値. Of several, exactly one is the `reference` that verdicts compare with."""

    reference: StrictBool = True


class Target(Frozen):
    """目標値 for a fiscal year, with the document's own words beside it.

    `year` is None where the plan names no year. `value` is the target of `value`, `parity`
    (男性 per 女性100) and `rank` (1 is best, so `better` is "lower"); `low` and `high` (both
    inclusive) are those of `range`. `up`, `down`, `done` and `none` have no number.
    """

    year: Year | None = None
    kind: TargetKind
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    text: Text | None = None
    note: Text | None = None


class Series(Frozen):
    """A part of an indicator that is judged together with the others; most have one, unnamed."""

    name: Line | None = None
    baselines: tuple[Baseline, ...] = ()
    targets: tuple[Target, ...] = ()
    latest: Observation | None = None
    published_verdict: Text | None = None

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
    """指標: one measured thing, whatever goals it serves. `id` never changes.

    `unit` is empty for a figure that has none: a rate, a ratio of men to women, 策定済. `aliases`
    are other words that people look for it by, `yomi` name and aliases in hiragana. `holder` is
    who has the figure at hand, `method` whether a survey (アンケート) or a count brings it. From
    `retired_from` on (廃止) it is not asked for any more; its history stays.
    """

    id: Id
    policy: Id | None = None
    name: Line
    unit: Annotated[str, StringConstraints(pattern=r"^(\S(.*\S)?)?$")]
    per: Line | None = None
    measure: Measure = "unknown"
    better: Better
    basis: tuple[Basis, ...] = ()
    decimals: Annotated[int, Field(strict=True, ge=0, le=10)] | None = None
    continues: Id | None = None
    renamed_from: Line | None = None
    note: Text | None = None
    aliases: tuple[Line, ...] = ()
    yomi: tuple[Kana, ...] = ()
    frequency: Text | None = None
    survey_years: tuple[Year, ...] = ()
    as_of: Text | None = None
    publishes_in: Annotated[int, Field(strict=True, ge=1, le=12)] | None = None
    definition: Text | None = None
    source: Text | None = None
    holder: Text | None = None
    method: Method | None = None
    retired_from: Year | None = None
    series: tuple[Series, ...]

    @property
    def series_names(self) -> tuple[str | None, ...]:
        """(None,) for a single series, else the names in the document's order."""
        return tuple(s.name for s in self.series)

    def retired_in(self, year: int) -> bool:
        """Whether it is not asked for any more in a fiscal year."""
        return self.retired_from is not None and year >= self.retired_from


class Goal(Frozen):
    """基本目標 or 横断的な目標, with its indicators in the document's order."""

    id: Id
    label: Line
    title: Line
    yomi: tuple[Kana, ...] = ()
    direction: Text | None = None
    policies: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()
    kpis: tuple[Id, ...] = ()
    evaluation: Text | None = None
    note: Text | None = None


class Policy(Frozen):
    """施策. `variants` are other spellings of its name in the document."""

    code: Id
    name: Line
    variants: tuple[Line, ...] = ()
    yomi: tuple[Kana, ...] = ()
    note: Text | None = None


class Labels(Frozen):
    """The municipality's own words for its bodies."""

    executive_meeting: Line = "行政経営会議"
    panel: Line = "外部有識者会議"


class Plan(Frozen):
    """計画: a strategy with first and last fiscal year (either may be unknown)."""

    id: Id
    title: Line
    municipality: Line
    first_year: Year | None = None
    last_year: Year | None = None
    assumed_baseline_year: Year | None = None
    assumed_latest_year: Year | None = None
    rule: Id = "attainment"
    predecessor: Id | None = None
    labels: Labels = Labels()
    evaluation: Text | None = None
    source: Text | None = None
    note: Text | None = None
    goals: tuple[Goal, ...]
    policies: tuple[Policy, ...] = ()
    indicators: tuple[Indicator, ...]
    _in_year: Callable[[int], Plan] | None = PrivateAttr(default=None)

    def revisable(self, in_year: Callable[[int], Plan]) -> Plan:
        """Ask `in_year` from now on what the plan is in a fiscal year (見直し); the plan itself."""
        self._in_year = in_year
        return self

    @property
    def revised(self) -> bool:
        """Whether it is another in some years than in others."""
        return self._in_year is not None

    def as_of(self, year: int) -> Plan:
        """The plan as it is in a fiscal year, whichever year this one is of."""
        return self._in_year(year) if self._in_year else self

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
