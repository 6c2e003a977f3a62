"""When a stage is announced: on its day, in the morning, with all else its audience is told that day.

A day off moves to the next working day, and so does a day in a quiet period. What could not be said
on the day is made up for on some working mornings after it; then it is too late. How many these are
is a setting (`store.times`), of the day of the stage. Nobody is told of a stage twice: what was
announced is part of the scene.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from schedules.due import Occasion, Scene, StageDay, Topic, reason_lapsed, reason_quiet
from schedules.hours import is_day_over, morning
from store.fiscal import TOKYO
from store.workdays import add_working_days, on_or_after

PREFIX = "stage:"
MATTERS = frozenset({"opens", "stage"})
TITLE = "年間サイクルのお知らせ"
_AND = "／"


@dataclass(frozen=True)
class Announcement:
    """One stage that is told to one audience, and the key of a message of nothing else."""

    audience: str
    topic: Topic
    key: str


def announcements(scene: Scene, day: date, now: datetime) -> list[Announcement]:
    """What is announced on a working day, if that is today: what is new, and what is made up for.

    Once the day's hours are over it waits for the next morning.
    """
    over = is_day_over(scene.times, morning(scene.times, day), now)
    if over or day != now.astimezone(TOKYO).date() or reason_quiet(scene.quiet, day):
        return []
    return [
        Announcement(audience, topic, _key(scene, each, day, audience))
        for each in scene.stages
        if _is_time(scene, each, day)
        for audience, topic in _unsaid(scene, each)
    ]


def never_said(scene: Scene, day: date) -> Iterator[Occasion]:
    """The stages for which it is too late from a working day on, as what lapsed.

    One of which somebody was told did not lapse: who is told things now may not have been then.
    """
    for each in scene.stages:
        told = {(year, stage) for year, stage, _ in scene.announced}
        if _too_late(scene, each) == day and (each.collection, each.stage) not in told:
            first = on_or_after(each.day)
            why = reason_lapsed(morning(scene.times, first))
            for audience in dict.fromkeys(audience for audience, _ in each.told):
                key, due = _key(scene, each, first, audience), morning(scene.times, day)
                yield Occasion(key, "stage", audience, TITLE, due, lapsed=True, why=why)


def apart(occasion: Occasion) -> list[Occasion]:
    """A message that announces and reminds as one of each; any other as it is."""
    stages = tuple(t for t in occasion.topics if t.matter in MATTERS)
    rest = tuple(t for t in occasion.topics if t.matter not in MATTERS)
    if not stages or not rest:
        return [occasion]
    titles, own = occasion.title.split(_AND), len({t.matter for t in stages})
    return [
        replace(
            occasion,
            key=occasion.alone,
            kind="stage",
            topics=stages,
            title=_AND.join(titles[:own]),
        ),
        replace(occasion, topics=rest, title=_AND.join(titles[own:])),
    ]


def said(scene: Scene, found: Iterable[Occasion]) -> Scene:
    """The scene once these were said."""
    new = {
        (each.collection, each.stage, message.audience)
        for message in found
        for each in scene.stages
        if _is_time(scene, each, message.due.date())
        and any((message.audience, topic) in each.told for topic in message.topics)
    }
    return replace(scene, announced=scene.announced | new)


def _is_time(scene: Scene, each: StageDay, day: date) -> bool:
    return on_or_after(each.day) <= day < _too_late(scene, each)


def _unsaid(scene: Scene, each: StageDay) -> Iterator[tuple[str, Topic]]:
    for audience, topic in each.told:
        if (each.collection, each.stage, audience) not in scene.announced:
            yield audience, topic


def _too_late(scene: Scene, each: StageDay) -> date:
    """The working day on which a stage is told no longer: after so many mornings that could have."""
    mornings, day = 0, on_or_after(each.day)
    most = 1 + scene.times.on(day).mornings
    while True:
        mornings += not reason_quiet(scene.quiet, day)
        if mornings > most:
            return day
        day = add_working_days(day, 1)


def _key(scene: Scene, each: StageDay, day: date, audience: str) -> str:
    return f"{PREFIX}{scene.plan}:{each.collection}:{each.stage}:{day}:{audience}"
