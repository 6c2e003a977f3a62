"""Which stages lie ahead or are due, to whom each is told, and which were told; from the store.

照会の開始 is told to each department that is asked for something, and to planners; every other stage
to planners, unless they closed it before its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlite_utils import Database

from schedules.announcing.occasions import PREFIX
from schedules.due import PAUSED, StageDay, Topic
from store import cycle as cycles
from store import outbox, reminded
from store.cycle import dates_named
from store.stages import STAGES
from store.standing import OUTSTANDING, Outlook, Standing, State, outlook

# How far ahead the opening of the next collection is looked for.
AHEAD = timedelta(days=60)
_ASKED = OUTSTANDING | {State.NOT_OPEN}


def stage_days(
    db: Database, seen: Outlook, planners: Iterable[str], heard_at: Mapping[str, tuple[str, ...]]
) -> tuple[StageDay, ...]:
    """The stages of the current collection, and the opening of the next when it is near.

    `heard_at` says where each department is told things.
    """
    planning = tuple(planners)
    found = [_day(seen, stage, planning, heard_at) for stage in _unclosed(seen)]
    coming = cycles.ahead(db, seen.plan, seen.cycle)
    if coming and seen.today < coming.opens <= seen.today + AHEAD:
        following = outlook(db, seen.plan, seen.today, coming.collection)
        found.append(_day(following, "opens", planning, heard_at))
    return tuple(found)


def announced(db: Database, plan: str) -> frozenset[tuple[int, str, str]]:
    """What was told, or is not told because planners stopped it: collection, stage, audience."""
    stopped = (
        message.key.split(":")
        for message in outbox.messages(db, "skipped", like=f"{PREFIX}{plan}:%")
        if message.error == PAUSED
    )
    held_back = {(int(year), stage, to) for _, _, year, stage, _, to in stopped}
    return frozenset(reminded.announced(db, plan) | held_back)


def asked(seen: Outlook) -> dict[str, list[Standing]]:
    """What each department is asked for, by the department's id."""
    found: dict[str, list[Standing]] = {}
    for each in seen.standings.values():
        if each.state in _ASKED and each.frozen is None and each.department:
            found.setdefault(each.department.id, []).append(each)
    return found


def _unclosed(seen: Outlook) -> list[str]:
    return [stage for stage in STAGES if stage == "opens" or stage not in seen.cycle.closed]


def _day(
    seen: Outlook, stage: str, planners: tuple[str, ...], heard_at: Mapping[str, tuple[str, ...]]
) -> StageDay:
    label = dates_named(seen.plan.labels)[stage]
    told = [(planner, Topic("stage", stage, label)) for planner in planners]
    if stage == "opens":
        told += _openings(seen, heard_at)
    return StageDay(seen.cycle.collection, stage, seen.cycle.day(stage), tuple(told))


def _openings(seen: Outlook, heard_at: Mapping[str, tuple[str, ...]]) -> list[tuple[str, Topic]]:
    names = {s.department.id: s.department.name for s in seen.standings.values() if s.department}
    return [
        (audience, Topic("opens", department, names[department]))
        for department in asked(seen)
        for audience in heard_at.get(department, ())
    ]
