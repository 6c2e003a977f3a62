"""A question with everything that an answer is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from answers.ask import Intention
from answers.layout import Part, quiet
from answers.spans import Line, line
from answers.words import ENDED, SAMPLE, grade_counts, state_counts
from store.cards import Card
from store.comparisons import Comparison
from store.cycle import Cycle
from store.fiscal import era
from store.follows import Subject
from store.people import Who
from store.plan import Plan
from store.remarks import Effort, Opinion
from store.revised import Revision
from store.standing import Outlook, Standing


@dataclass(frozen=True)
class Beside:
    """What stands beside the figures of an indicator: its card, what others report (newest first).

    `ahead` is the round after this one, None after the plan's last year. `efforts` are what its
    departments wrote (the newest collection first), `opinions` what the bodies said of it;
    `revisions` are how it was revised, by the year from which they hold, with names of departments.
    """

    card: Card | None = None
    comparisons: tuple[Comparison, ...] = ()
    ahead: Cycle | None = None
    efforts: tuple[Effort, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    revisions: tuple[Revision, ...] = ()
    departments: Mapping[str, str] = field(default_factory=dict)


NOTHING = Beside()


@dataclass(frozen=True)
class Asked:
    """What is asked, how things stand, who is answered.

    `names` are display names by user id; `earlier` is the plan before this one, when it is held;
    `follows` is what the person follows; `beside` is what is known of a single indicator.
    """

    intention: Intention
    outlook: Outlook
    who: Who
    names: Mapping[str, str]
    earlier: Plan | None = None
    follows: frozenset[Subject] = frozenset()
    beside: Beside = NOTHING

    @property
    def plan(self) -> Plan:
        """The plan that is asked about."""
        return self.outlook.plan

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The indicators that the intention names, in its order."""
        return self.outlook.of(i for i in self.intention.indicators if i in self.outlook.standings)

    def words(self, words: str) -> str:
        """Words for a button: a year that was asked for stays asked for."""
        year = self.intention.year
        return f"{words} {era(year)}" if year is not None else words

    @property
    def as_of(self) -> str:
        """`R6報告時点`, or that the plan's period is over."""
        said = f"{era(self.outlook.cycle.collection)}報告時点"
        return f"{ENDED}（{said}）" if self.outlook.ended else said


def counted(asked: Asked, standings: tuple[Standing, ...]) -> tuple[Line, ...]:
    """Verdicts by grade and, apart from them, where the round is."""
    count = f"指標{len(standings)}件"
    lines = [line(f"{asked.as_of} {count}（{grade_counts(standings, asked.plan)}）")]
    if states := state_counts(standings):
        lines.append(line(f"{era(asked.outlook.cycle.collection)}の照会: {states}"))
    return tuple(lines)


def sample_note(standings: tuple[Standing, ...]) -> Part | None:
    """Said whenever a made-up figure is shown."""
    return quiet(line(SAMPLE)) if any(s.sample for s in standings) else None
