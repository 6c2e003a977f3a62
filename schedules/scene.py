"""What the store says that bears on speaking by itself, read once a tick, and each message made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from answers.content import Content
from schedules.digest import digest
from schedules.news import newest_decision, news
from schedules.occasions import Debt, Occasion, Scene, has_waited_long
from schedules.reminder import nudge, reminder
from store import cycle as cycles
from store import departments, outbox, settings, shelf, submissions
from store.cycle import Cycle
from store.departments import Department
from store.plan import Plan
from store.standing import Outlook, outlook
from store.submissions import Submission


@dataclass(frozen=True)
class Made:
    """A message, and the newest decision it told of."""

    content: Content
    mark: int | None = None


@dataclass(frozen=True)
class Stage:
    """The scene with what its messages are made of, as they stood at one moment."""

    scene: Scene
    outlook: Outlook
    coming: Cycle | None
    known: dict[str, Department]
    waiting: tuple[Submission, ...]


def read_stage(db: Database, today: date) -> Stage | None:
    """Everything that bears on speaking on a day; None while no plan was loaded."""
    if not shelf.plan_ids(db):
        return None
    plan = shelf.running_on(db, today)
    seen, known = outlook(db, plan, today), departments.departments(db, today)
    waiting = tuple(submissions.waiting(db, plan.id))
    scene = Scene(
        plan=plan.id,
        collection=seen.cycle.collection,
        opens=seen.cycle.opens,
        digest_channels=tuple(settings.digest_channels(db)),
        debts=_debts(db, seen, known),
        planners=departments.planners(db),
        waiting_since=min((date.fromisoformat(s.at[:10]) for s in waiting), default=None),
    )
    return Stage(scene, seen, _coming(db, plan, seen.cycle), known, waiting)


def make(db: Database, stage: Stage, occasion: Occasion) -> Made | None:
    """The message for an occasion; None when there is nothing left to say."""
    if occasion.kind == "digest":
        return make_digest(db, stage, occasion.audience)
    if occasion.kind == "nudge":
        today = stage.outlook.today
        if stage.scene.waiting_since and has_waited_long(stage.scene.waiting_since, today):
            return Made(nudge(stage.outlook.plan, stage.waiting, today))
        return None
    return Made(reminder(stage.outlook, stage.known[occasion.subject]))


def make_digest(db: Database, stage: Stage, channel: str) -> Made:
    """The digest for a channel: what changed since its last one, or since it began to get any."""
    last = outbox.last_mark(db, f"digest:%:{channel}")
    began = settings.digest_channels(db).get(channel, newest_decision(db))
    found = news(db, stage.outlook, began if last is None else last)
    return Made(digest(stage.outlook, found, last is None, stage.coming), found.mark)


def _debts(db: Database, seen: Outlook, known: dict[str, Department]) -> tuple[Debt, ...]:
    dues: dict[str, set[date]] = defaultdict(set)
    for standing in seen.standings.values():
        if standing.outstanding and standing.department:
            dues[standing.department.id].add(standing.due)
    return tuple(
        Debt(each, known[each].name, _audiences(db, known[each], seen.today), frozenset(dues[each]))
        for each in known
        if each in dues
    )


def _audiences(db: Database, department: Department, today: date) -> tuple[str, ...]:
    """The department's channel, or everybody who leads it or belongs to it."""
    if department.channel:
        return (department.channel,)
    return departments.reachable(db, department.id, today)


def _coming(db: Database, plan: Plan, now: Cycle) -> Cycle | None:
    """The dates of the next collection, if the plan has one."""
    following = now.collection + 1
    if plan.last_year is not None and following > plan.last_year:
        return None
    return cycles.cycle(cycles.held(db, plan.id), plan.id, following)
