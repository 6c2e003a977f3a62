"""What the bot would say by itself in the days ahead, if nothing changed: asked of the occasions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules.announcing.occasions import said
from schedules.due import Kind, Occasion, Scene
from schedules.hours import morning
from schedules.occasions import occasions
from schedules.pausing import by_kind
from store.fiscal import TOKYO

DAYS = 60


@dataclass(frozen=True)
class Coming:
    """Messages of one kind and matter that are due together: one to each of the audiences.

    `key` is that of the first of them. `why` says why they will not be sent; empty when they will.
    `kinds` are those of its parts: what announces a stage and reminds as well is of both.
    """

    key: str
    kind: Kind
    title: str
    due: datetime
    audiences: tuple[str, ...]
    why: str = ""
    kinds: tuple[Kind, ...] = ()


def ahead(scene: Scene, now: datetime, days: int = DAYS) -> list[Occasion]:
    """Every occasion that falls due after `now` within so many days, each as at its own hour."""
    last, since, found = now + timedelta(days=days), now, list[Occasion]()
    first = now.astimezone(TOKYO).date()
    for day in (first + timedelta(days=n) for n in range(days + 1)):
        digests = {datetime.combine(day, each.time, TOKYO) for each in scene.digests}
        for moment in sorted({morning(scene.times, day), *digests}):
            if since < moment <= last:
                there = occasions(scene, since, moment)
                found += there
                scene = said(scene, there)
                since = moment
    return found


def upcoming(scene: Scene, now: datetime, days: int = DAYS) -> list[Coming]:
    """The same, what says one thing to several audiences taken together; the soonest first."""
    return [_coming(found) for found in _groups(scene, now, days)]


def together(scene: Scene, now: datetime, key: str) -> list[Occasion]:
    """The occasions ahead that are one with that of the key: to each of the audiences."""
    groups = _groups(scene, now, DAYS)
    return next((found for found in groups if key in {each.key for each in found}), [])


def find(scene: Scene, now: datetime, key: str) -> Occasion | None:
    """The occasion ahead with that key."""
    return next((each for each in ahead(scene, now) if each.key == key), None)


def _groups(scene: Scene, now: datetime, days: int) -> list[list[Occasion]]:
    alike: dict[tuple[object, ...], list[Occasion]] = {}
    for each in ahead(scene, now, days):
        same = (each.due, each.kind, each.title, each.topics, each.why)
        alike.setdefault(same, []).append(each)
    return list(alike.values())


def _coming(found: list[Occasion]) -> Coming:
    first = found[0]
    audiences = tuple(each.audience for each in found)
    kinds = tuple(part.kind for part in by_kind(first))
    return Coming(first.key, first.kind, first.title, first.due, audiences, first.why, kinds)
