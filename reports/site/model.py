"""What a published site says, as frozen data: text as it is shown, and nothing besides.

Every field is made on purpose (`reports.site.making`, `reports.site.indicators`); no object of the
store gets in, so that nothing internal hangs on what is published. Drawings are made from `Drawn`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.charting.picture import Picture


@dataclass(frozen=True)
class Verdict:
    """達成状況: mark and word (判定なし where there is none), why, the arithmetic in one line."""

    code: str
    mark: str
    label: str
    why: str = ""
    arithmetic: str = ""


@dataclass(frozen=True)
class Year:
    """One figure of the history. `kind` says what it is: 実績, or what a document calls it.

    `corrected` is the verdict after a correction, beside the one that was locked with the figure
    `before` it. `approved` is the day of the approval, `department` who reported it.
    """

    year: str
    value: str
    kind: str
    period: str = ""
    verdict: Verdict | None = None
    corrected: Verdict | None = None
    corrected_word: str = ""
    before: str = ""
    approved: str = ""
    department: str = ""
    source: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and a text, with a remark below it."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Compared:
    """What another place reports."""

    place: str
    period: str
    value: str
    source: str


@dataclass(frozen=True)
class Place:
    """Where an indicator serves: a goal, as 数値目標 or KPI."""

    goal: str
    label: str
    title: str
    role: str


@dataclass(frozen=True)
class Datum:
    """One value of the open data: of a series, in a year."""

    series: str
    kind: str
    collection: int | None
    period: str
    value: Decimal | None
    target_year: int | None = None
    text: str = ""
    approved: str = ""
    department: str = ""
    source: str = ""


@dataclass(frozen=True)
class IndicatorPage:
    """All that is published of one indicator. `latest` is empty where nothing is."""

    id: str
    name: str
    unit: str
    better: str
    policy: str
    policy_name: str
    basis: str
    places: tuple[Place, ...]
    verdict: Verdict
    verdict_of: str
    corrected: Verdict | None
    corrected_word: str
    latest: str
    latest_period: str
    target: str
    baseline: str
    baselines: tuple[Fact, ...]
    targets: tuple[Fact, ...]
    years: tuple[Year, ...]
    compared: tuple[Compared, ...]
    facts: tuple[Fact, ...]
    department: str
    data: tuple[Datum, ...]
    picture: Picture


@dataclass(frozen=True)
class Count:
    """How many indicators have a verdict, and what share of all that is in per cent."""

    verdict: Verdict
    count: int
    share: Decimal


@dataclass(frozen=True)
class Tally:
    """The counts of some indicators: 数値目標 of a goal, say."""

    role: str
    total: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class GoalPage:
    """A goal: direction text, counts, and its indicators by role."""

    id: str
    label: str
    title: str
    direction: str
    note: str
    tallies: tuple[Tally, ...]
    groups: tuple[tuple[str, tuple[IndicatorPage, ...]], ...]
    policies: tuple[str, ...]


@dataclass(frozen=True)
class PolicyPart:
    """A policy with its indicators, possibly none."""

    code: str
    name: str
    goals: tuple[str, ...]
    indicators: tuple[IndicatorPage, ...]


@dataclass(frozen=True)
class Revision:
    """A change of the strategy: 旧 and 新, from which year on, and why."""

    subject: str
    what: str
    old: str
    new: str
    since: str
    reason: str


@dataclass(frozen=True)
class Site:
    """A whole site: the plan in one collection, as two planners decided to publish it.

    `locked` and `decided` are days, as YYYY-MM-DD.
    """

    plan_id: str
    title: str
    municipality: str
    period: str
    collection: int
    year: str
    years: tuple[str, ...]
    locked: str
    decided: str
    ended: bool
    rule: str
    grades: tuple[Verdict, ...]
    overall: tuple[Tally, ...]
    goals: tuple[GoalPage, ...]
    policies: tuple[PolicyPart, ...]
    indicators: tuple[IndicatorPage, ...]
    revisions: tuple[Revision, ...]
    source: str
    note: str
    licence: str
