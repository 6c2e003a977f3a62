"""What a question asks, once it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "indicator",
    "policy",
    "goal",
    "department",
    "list",
    "comparison",
    "history",
    "overview",
    "help",
    "unsure",
]


@dataclass(frozen=True)
class Intention:
    """What a question asks.

    `ids` is what it is about, best first: indicator ids, policy codes, goal ids, a department's id
    or a status. `indicators` are those it is about as far as words tell; a list and a department
    are filled from the outlook (`answers.reply.settle`). `understood` says it to the person;
    `called` is the department's name, `within` its id where a list is of one department only.

    `likened` are the words that were read by their likeness to a name, and `others` the next best
    readings; both are empty for what was called by its name. `declined` is a question that has no
    answer among the figures, whatever its words are near to.
    """

    kind: Kind
    ids: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    year: int | None = None
    understood: str = ""
    typed: str = ""
    page: int = 1
    called: str = ""
    within: str = ""
    likened: str = ""
    others: tuple[str, ...] = ()
    declined: bool = False

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The indicators whose standings the answer needs; None for all of the plan."""
        if self.kind in {"list", "department", "overview"}:
            return None
        return self.indicators
