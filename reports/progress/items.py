"""One indicator as a report shows it: its figures, how they were judged, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from store.judge import Grade
from store.plan import Indicator, Role


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
