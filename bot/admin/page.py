"""A page of `/kpi-admin`: the word it is asked by, and what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from answers.content import Content
from bot.desk import Desk
from store.people import Who
from store.reading.letters import normalise

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


def page_in(words: str) -> int:
    """The page that the words ask for (`2ページ`), the first where they ask for none."""
    found = re.search(r"([0-9]{1,4})(?:ページ|頁)", normalise(words))
    return max(1, int(found[1])) if found else 1
