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
Arrangement = Literal["", "plan", "department", "goal", "near", "far"]
"""How a list is asked for: in the plan's order, in groups, by the distance to the target."""
Topic = Literal["", "ask", "lists", "submit", "news", "rights"]
"""What a page of help is about; the first page is about none."""


@dataclass(frozen=True)
class Intention:
    """What a question asks.

    `ids` is what it is about, best first: indicator ids, policy codes, goal ids, a department's id
    or a status. `indicators` are those it is about as far as words tell; a list and a department
    are filled from the outlook (`answers.reply.settle`). `understood` says it to the person;
    `called` is the department's name, `within` its id where a list is of one department only.
    `among` are the indicators of the goal or policy that a list is of only, which `called` names as
    well. `arranged` is how a list or a department's indicators are asked for, `topic` what help is.

    `likened` are the words that were read by their likeness to a name, and `others` the next best
    readings; both are empty for what was called by its name. `unread` are the words for which a
    reading is to be picked, where none was taken. `declined` is a question that has no
    answer among the figures, whatever its words are near to. `elsewhere` is the place with which one
    indicator, the first of `ids`, is to be compared.
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
    among: tuple[str, ...] = ()
    arranged: Arrangement = ""
    topic: Topic = ""
    likened: str = ""
    unread: str = ""
    others: tuple[str, ...] = ()
    declined: bool = False
    elsewhere: str = ""

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The indicators whose standings the answer needs; None for all of the plan."""
        if self.kind in {"list", "department", "overview"} or self.topic:
            return None
        return self.indicators
