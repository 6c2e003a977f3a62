"""The report of a plan for one fiscal year, or for its whole period, as frozen data.

Everything a printer shows is in here and nothing that it may not show: approved values, verdicts
with their reasons, and what people wrote. What is said is said as it is to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from reports.charting.picture import Picture
from reports.progress.items import Effort, Item
from store.fiscal import era_long
from store.old_and_new import Pair
from store.plan import Goal, Plan, Role
from store.report_texts import Kind

TITLES: dict[Kind, str] = {"progress": "進捗状況報告書", "whole": "計画期間総括"}
OVERALL = ""
"""The part of the evaluation that is of all goals; the others go by the goal's id."""


@dataclass(frozen=True)
class Opinion:
    """A remark of the executive meeting or the panel, with what was answered (empty: not yet).

    `subject` is the indicator, goal or policy it is about, as people read it.
    """

    date: date
    body: str
    subject: str
    text: str
    owner: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Beside:
    """What people wrote that stands beside the figures.

    `efforts` by indicator, `goals` by goal. `earlier` are last year's opinions, which the report
    opens with; `opinions` those on this one. `revisions` is what was revised up to its year (見直し).
    """

    efforts: Mapping[str, Effort] = field(default_factory=dict)
    goals: Mapping[str, Effort] = field(default_factory=dict)
    earlier: tuple[Opinion, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    revisions: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Count:
    """How many stand at a grade, of how many in per cent to one decimal."""

    label: str
    mark: str
    count: int
    share: Decimal


@dataclass(frozen=True)
class Tally:
    """Counts and shares of some items: the grades best first, then 判定なし with its reasons.

    `places` is 延べ: an indicator that serves two goals in this role counts twice there.
    """

    counts: tuple[Count, ...]
    total: int
    places: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Passage:
    """評価の文. `source` says where it comes from; `stale`: the figures moved after it was edited.

    `basis` is what it would be if nobody had edited it.
    """

    part: str
    text: str
    source: Literal["document", "draft", "edited"]
    stale: bool
    basis: str


@dataclass(frozen=True)
class GoalPart:
    """One goal with its items and what is said of it."""

    goal: Goal
    policies: tuple[str, ...]
    targets: tuple[Item, ...]
    kpis: tuple[Item, ...]
    tallies: Mapping[Role, Tally]
    passage: Passage
    effort: Effort

    @property
    def items(self) -> tuple[Item, ...]:
        """Headline targets, then KPIs."""
        return (*self.targets, *self.kpis)

    @property
    def name(self) -> str:
        """`基本目標1 稼ぐ産業と安定した雇用を創出する`."""
        return f"{self.goal.label} {self.goal.title}"


@dataclass(frozen=True)
class Report:
    """One report. `years` are the collections with a column of their own.

    `tallies` count every indicator once in a role, `places` as often as it serves a goal.
    `final`: the texts were made final (確定); until then they are 案. `locked`: 締め. `ended`: the
    plan's last year has passed.
    `charts` has a picture for each headline target, by indicator.
    """

    kind: Kind
    plan: Plan
    year: int
    years: tuple[int, ...]
    made_on: date
    goals: tuple[GoalPart, ...]
    tallies: Mapping[Role, Tally]
    places: Mapping[Role, Tally]
    overall: Passage
    final: bool
    locked: bool
    ended: bool
    beside: Beside
    charts: Mapping[str, Picture]
    sample: bool

    @property
    def title(self) -> str:
        """`令和6年度 進捗状況報告書` of the plan, without the plan's own title."""
        head = f"{era_long(self.year)} " if self.kind == "progress" else ""
        return f"{head}{TITLES[self.kind]}"

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in the document's order, 延べ."""
        return tuple(item for part in self.goals for item in part.items)

    @property
    def indicators(self) -> tuple[Item, ...]:
        """Every indicator once, where it stands first."""
        return tuple({item.indicator.id: item for item in reversed(self.items)}.values())[::-1]

    @property
    def passages(self) -> Iterator[Passage]:
        """Of all goals, then of each."""
        yield self.overall
        yield from (part.passage for part in self.goals)
