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
from store.fiscal import era_long
from store.judge import Grade
from store.old_and_new import Pair
from store.plan import Goal, Indicator, Plan, Role
from store.report_texts import Kind

TITLES: dict[Kind, str] = {"progress": "進捗状況報告書", "whole": "計画期間総括"}
OVERALL = ""
"""The part of the evaluation that is of all goals; the others go by the goal's id."""


@dataclass(frozen=True)
class Effort:
    """取組内容と課題, 要因 and 今後の方向性 of an indicator or a goal; empty where not written."""

    work: str = ""
    factors: str = ""
    direction: str = ""

    @property
    def text(self) -> str:
        """What was done and why, without the direction."""
        said = (self.work, f"要因: {self.factors}" if self.factors else "")
        return "\n".join(each for each in said if each)


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
class Figure:
    """One figure of one series; `said` has its unit. Without a `value`, `said` is why there is none.

    `period` says of which year it is where the place it stands in does not (`R5`, `R2と推定`).
    `before` is what the same figure was when its collection was locked, where it was corrected;
    `document` how a document that it is out of has it, to the letter.
    """

    said: str
    value: Decimal | None = None
    period: str = ""
    sample: bool = False
    before: str = ""
    document: str = ""

    @property
    def full(self) -> str:
        """`12人（R5）`, with what it was before a correction."""
        dated = f"{self.said}（{self.period}）" if self.period else self.said
        return f"{dated}※訂正前 {self.before}" if self.before else dated


@dataclass(frozen=True)
class Strand:
    """One series: where it began, where it is to go, what was reported each year, and the newest.

    `baselines` has the reference first. `actuals` has one figure for each of the report's years.
    `progress` (a share), `pace` and `met` are of the newest; `turn` is how that stands to where it
    began: 改善, 悪化, 横ばい, None where that is unknown. It began at the reference baseline; where
    there is none a bare direction (増加) begins at the `first` actual.
    """

    name: str | None
    baselines: tuple[Figure, ...]
    target: Figure
    target_year: int | None
    actuals: tuple[Figure, ...]
    latest: Figure | None
    progress: Decimal | None = None
    pace: str = ""
    met: bool | None = None
    first: Figure | None = None
    turn: str | None = None


@dataclass(frozen=True)
class Judged:
    """達成状況. `grade` is None where nothing could be judged, for `why`.

    Once the collection is locked, this is what it was locked with; `after` then is the one after a
    correction (`word` says 訂正後), None without one. `carried` is the earlier collection whose
    figure was judged because this one has none. `as_of` is `R6時点` before the plan's last year.
    """

    grade: Grade | None
    why: str
    arithmetic: str = ""
    as_of: str = ""
    carried: int | None = None
    locked: bool = False
    after: Judged | None = None
    word: str = ""

    @property
    def label(self) -> str:
        """The grade's word, else 判定なし."""
        return self.grade.label if self.grade else UNJUDGED

    @property
    def marked(self) -> str:
        """`▲ 向上`, `– 未提出`."""
        return f"{self.grade.mark} {self.grade.label}" if self.grade else f"– {self.why}"


UNJUDGED = "判定なし"


@dataclass(frozen=True)
class Item:
    """項目: an indicator where it serves a goal. `state` is where its round stands."""

    indicator: Indicator
    role: Role
    department: str
    strands: tuple[Strand, ...]
    judged: Judged
    state: str
    effort: Effort
    sample: bool


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
