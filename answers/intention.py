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
    `called` is the department's name.
    """

    kind: Kind
    ids: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    year: int | None = None
    understood: str = ""
    typed: str = ""
    page: int = 1
    called: str = ""

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The indicators whose standings the answer needs; None for all of the plan."""
        if self.kind in {"list", "department", "overview"}:
            return None
        return self.indicators
