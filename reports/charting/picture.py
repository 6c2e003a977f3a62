"""All that a chart shows, as frozen data without a pixel: the same content is the same picture."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Literal

from reports.charting.scale import Scale
from reports.fonts import font_file

Direction = Literal["up", "down"]

LOOK = 1
"""The version of how pictures are drawn; another one makes other keys."""


@dataclass(frozen=True)
class Dot:
    """One figure. `label` is written beside it; `short`, without a unit, where room is scarce.

    `hollow` figures are 確認中; a `ringed` one is the baseline; an `aside` stands alone, smaller.
    """

    year: int
    value: Decimal
    label: str
    short: str
    hollow: bool = False
    ringed: bool = False
    aside: bool = False


@dataclass(frozen=True)
class Run:
    """Figures of years without a gap between them, joined by a line; dashed where not approved."""

    path: tuple[tuple[int, Decimal], ...]
    dashed: bool = False


@dataclass(frozen=True)
class Strand:
    """One series."""

    name: str | None
    dots: tuple[Dot, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Step:
    """A target over the years that are judged by it; `first` and `last` are inclusive.

    `year` is the target's own, None where the plan names none. `low` and `high` are equal for a
    figure, the ends of a band (None: open) for a range; for a `direction` they are what has to
    be passed, None where there is nothing to compare with. `label` is what the plan says.
    """

    first: int
    last: int
    year: int | None
    low: Decimal | None
    high: Decimal | None
    direction: Direction | None
    label: str


@dataclass(frozen=True)
class Aim:
    """The targets of one series (`strand`), or of all alike (None), with what is said of the last."""

    strand: int | None
    label: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Caption:
    """What is written below a year."""

    year: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A chart's content.

    `years` are the first and last on the axis, `undated` the place before them for figures of no
    known year, `period` the plan's own years. `level` is the value that a ratio is compared with.
    `sentence` is said where there is no 実績; without `scale` there is nothing else to draw.
    """

    title: str
    subtitle: str
    years: tuple[int, int]
    undated: int | None
    period: tuple[int, int] | None
    phases: tuple[str, str]
    strands: tuple[Strand, ...]
    aims: tuple[Aim, ...]
    captions: tuple[Caption, ...]
    level: tuple[Decimal, str] | None
    scale: Scale | None
    sentence: tuple[str, ...]
    sample: bool
    source: str
    alt: str

    @property
    def key(self) -> str:
        """A name for exactly this content in this look: 32 letters and digits."""
        content = [LOOK, font_file().name, asdict(self)]
        written = json.dumps(content, default=str, ensure_ascii=False, sort_keys=True)
        return sha256(written.encode()).hexdigest()[:32]
