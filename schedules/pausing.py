"""What planners paused by its kind: taken out of what falls due, and recorded as not said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schedules.announcing.occasions import apart
from schedules.due import PAUSED, Occasion, Topic
from schedules.occasions import ABOUT_OWN, title_of


def unless_paused(found: Iterable[Occasion], paused: frozenset[str]) -> list[Occasion]:
    """The same, where what is of a paused kind has lapsed; a merged message keeps the rest."""
    return [
        replace(part, lapsed=True, why=part.why or PAUSED) if part.kind in paused else part
        for each in found
        for part in _parts(each, paused)
    ]


def by_kind(occasion: Occasion) -> list[Occasion]:
    """A merged message as one of each kind in it; any other as it is.

    What decides or should know of something goes under a key of its own beside a reminder.
    """
    return [part for each in apart(occasion) for part in _reminder_and_nudge(each)]


def _parts(occasion: Occasion, paused: frozenset[str]) -> list[Occasion]:
    parts = by_kind(occasion)
    return parts if any(part.kind in paused for part in parts) else [occasion]


def _reminder_and_nudge(occasion: Occasion) -> Iterator[Occasion]:
    own = tuple(t for t in occasion.topics if t.matter in ABOUT_OWN)
    rest = tuple(t for t in occasion.topics if t.matter not in ABOUT_OWN)
    if occasion.kind != "reminder" or not rest:
        yield occasion
        return
    yield replace(occasion, topics=own, title=title_of(own))
    yield _nudge(occasion, rest)


def _nudge(occasion: Occasion, topics: tuple[Topic, ...]) -> Occasion:
    key = f"nudge:{occasion.due:%Y-%m-%d}:{occasion.audience}"
    return replace(occasion, key=key, kind="nudge", topics=topics, title=title_of(topics))
