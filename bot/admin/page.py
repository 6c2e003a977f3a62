"""A page of `/kpi-admin`: the word it is asked by, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from answers.content import Content
from bot.desk import Desk
from store.people import Who

View = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What a planner asked: who they are, and the words after the page's own."""

    person: Who
    words: str


@dataclass(frozen=True)
class Page:
    """`make` answers with a message, or with a view that opens as a modal.

    It reads; what a page's buttons and forms do is registered with the other listeners and checks
    authority again. `says` is the page's line in the menu, `aliases` other words for it.
    """

    word: str
    says: str
    make: Callable[[Desk, Request], Content | View]
    aliases: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """Every word that asks for it."""
        return (self.word, *self.aliases)
