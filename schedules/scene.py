"""What the store says that bears on speaking by itself, read once a tick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlite_utils import Database

from answers.content import Content
from schedules import answering
from schedules import waiting as trays
from schedules.announcing.staging import announced, stage_days
from schedules.digests.scoping import scoped
from schedules.due import Debt, Queue, Scene, Wait
from schedules.waiting import Expected, Tray, expected, for_approval, for_leads
from store import cycle as cycles
from store import (
    departments,
    directory,
    quiet,
    remarks,
    shelf,
    snoozes,
    submissions,
    subscriptions,
    times,
)
from store.cycle import Cycle
from store.departments import Department
from store.plan import Plan
from store.remarks import Opinion, others_of
from store.sealing import Head, head
from store.snoozes import Snooze
from store.standing import Outlook, outlook
from store.subscriptions import Subscription


@dataclass(frozen=True)
class Made:
    """A message, and the newest decision it told of."""

    content: Content
    mark: int | None = None


@dataclass(frozen=True)
class Stage:
    """The scene with what its messages are made of, as they stood at one moment.

    `confirming` and `approving` are what waits for whom, `expected` the statistics waited for,
    `unanswered` the opinions by the department that is to answer, `others` the plans that are over
    which some of these are about. `head` is the head of the chain of history.
    """

    scene: Scene
    outlook: Outlook
    coming: Cycle | None
    known: Mapping[str, Department]
    confirming: tuple[Tray, ...] = ()
    approving: tuple[Tray, ...] = ()
    expected: tuple[Expected, ...] = ()
    snoozes: Mapping[str, Snooze] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    unanswered: Mapping[str, tuple[Opinion, ...]] = field(default_factory=dict)
    others: Mapping[str, Plan] = field(default_factory=dict)
    head: Head | None = None


def read_stage(db: Database, today: date) -> Stage | None:
    """Everything that bears on speaking on a day; None while no plan was loaded."""
    if not shelf.plan_ids(db):
        return None
    plan = shelf.running_on(db, today)
    seen, known = outlook(db, plan, today), departments.departments(db, today)
    open_ones = submissions.waiting(db, plan.id)
    confirming = tuple(for_leads(db, open_ones, today))
    approving = tuple(for_approval(db, open_ones, today))
    statistics = tuple(expected(db, plan, known, today))
    held = snoozes.snoozes(db, plan.id, seen.cycle.collection)
    owing = _unanswered(db, known, today)
    planners = trays.planners_today(db, today)
    heard_at = {each: _audiences(db, known[each], today) for each in known}
    scene = Scene(
        plan=plan.id,
        collection=seen.cycle.collection,
        opens=seen.cycle.opens,
        digests=_digests(db, seen, known),
        debts=_debts(db, seen, known, held),
        planners=planners,
        waits=_waits(db, statistics, known, today),
        queues=(*_queues("confirm", confirming), *_queues("approve", approving)),
        quiet=quiet.quiet_periods(db),
        until=seen.cycle.publication,
        opinions=_opinions(db, owing, known, planners, today),
        stages=stage_days(db, seen, planners, heard_at),
        announced=announced(db, plan.id),
        times=times.timetable(db),
    )
    return Stage(
        scene,
        seen,
        cycles.ahead(db, plan, seen.cycle),
        known,
        confirming,
        approving,
        statistics,
        held,
        directory.names(db),
        owing,
        others_of(db, plan, (each for found in owing.values() for each in found)),
        head(db),
    )


def _digests(
    db: Database, seen: Outlook, known: Mapping[str, Department]
) -> tuple[Subscription, ...]:
    """Those that are about something that is there."""
    held = subscriptions.subscriptions(db)
    return tuple(each for each in held if scoped(seen, known, each.scope))


def _debts(
    db: Database, seen: Outlook, known: Mapping[str, Department], held: Mapping[str, Snooze]
) -> tuple[Debt, ...]:
    dues: dict[str, set[date]] = defaultdict(set)
    for standing in seen.standings.values():
        if standing.outstanding and standing.department:
            dues[standing.department.id].add(standing.due)
    return tuple(
        Debt(
            each,
            known[each].name,
            _audiences(db, known[each], seen.today),
            frozenset(dues[each]),
            held.get(each),
        )
        for each in known
        if each in dues
    )


def _waits(
    db: Database, statistics: Iterable[Expected], known: Mapping[str, Department], today: date
) -> tuple[Wait, ...]:
    months: dict[str, set[date]] = defaultdict(set)
    for each in statistics:
        months[each.department.id].add(each.month)
    return tuple(
        Wait(d.id, d.name, _audiences(db, d, today), frozenset(months[d.id]))
        for d in known.values()
        if d.id in months
    )


def _unanswered(
    db: Database, known: Mapping[str, Department], today: date
) -> dict[str, tuple[Opinion, ...]]:
    """The opinions that nobody has answered, by whose they are."""
    found: dict[str, tuple[Opinion, ...]] = {}
    for each in remarks.opinions_waiting(db):
        owner = answering.owner_of(db, each, known, today)
        found[owner] = (*found.get(owner, ()), each)
    return found


def _opinions(
    db: Database,
    owing: Mapping[str, tuple[Opinion, ...]],
    known: Mapping[str, Department],
    planners: tuple[str, ...],
    today: date,
) -> tuple[Debt, ...]:
    heard = {each: _audiences(db, known[each], today) for each in owing if each in known}
    audiences = {answering.PLANNERS: planners, **heard}
    return tuple(answering.debts(owing, known, audiences))


def _queues(matter: Literal["confirm", "approve"], found: Iterable[Tray]) -> Iterator[Queue]:
    for tray in found:
        since = frozenset(trays.since(each) for each in tray.waiting)
        yield Queue(matter, tray.audience, since, tray.department)


def _audiences(db: Database, department: Department, today: date) -> tuple[str, ...]:
    """The department's channel, or everybody who leads it or belongs to it."""
    if department.channel:
        return (department.channel,)
    return departments.reachable(db, department.id, today)
