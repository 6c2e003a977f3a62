"""The goal or policy that a list is asked of: 目標3の未達成, 1-1で遅れているもの."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers.matching import Hit, names_of
from store.plan import Plan

_BREAK = re.compile(r"\s*(?:における|の中で|のうち|では|には|[のでにはが]|\s)\s*")


@dataclass(frozen=True)
class Area:
    """A part of the plan: how it is called in a question, and its indicators."""

    called: str
    indicators: tuple[str, ...]


def area_in(words: str, plan: Plan) -> tuple[Area | None, str]:
    """The goal or policy that the words are, begin or end with, and the other words.

    (None, words) where they name none.
    """
    names = names_of(plan)
    for part, rest in ((words, ""), *_parted(words)):
        hits = names.called(part)
        if len(hits) == 1 and (area := _area(hits[0], plan)):
            return area, rest
    return None, words


def _parted(words: str) -> Iterator[tuple[str, str]]:
    """The longest beginning first; at the end only what stands apart."""
    for found in reversed(list(_BREAK.finditer(words))):
        yield words[: found.start()], words[found.end() :]
    for found in re.finditer(r"\s+", words):
        yield words[found.end() :], words[: found.start()]


def _area(hit: Hit, plan: Plan) -> Area | None:
    if hit.thing == "goal":
        goal = next(g for g in plan.goals if g.id == hit.id)
        return Area(goal.label, tuple(dict.fromkeys((*goal.targets, *goal.kpis))))
    if hit.thing == "policy":
        called = hit.id if "施策" in hit.id else f"施策 {hit.id}"
        return Area(called, tuple(i.id for i in plan.of_policy(hit.id)))
    return None
