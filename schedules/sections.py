"""A message of the speaker from its topics: one section each, everything as it now stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from answers.content import Content
from answers.layout import Part, compose, rule
from answers.opinion_plans import Plans
from schedules.announcing.opening import opening
from schedules.announcing.stage import stage_news
from schedules.answering import unanswered
from schedules.digests.issue import make_digest
from schedules.due import Occasion, Topic
from schedules.expecting import expecting
from schedules.nudge import nudge
from schedules.overdue import overdue
from schedules.reminder import MOST_PARAGRAPHS, owed_by, reminder, settled
from schedules.reminding_days import has_waited_long
from schedules.scene import Made, Stage
from schedules.waiting import since

Parts = list[Part | None]


def make(db: Database, stage: Stage, occasion: Occasion) -> Made | None:
    """The message for an occasion; None when there is nothing left to say."""
    if occasion.subscription:
        return make_digest(db, stage, occasion.subscription)
    said = sections(stage, occasion.audience, occasion.topics)
    return Made(said) if said else None


def sections(
    stage: Stage, audience: str, topics: Sequence[Topic], again: bool = False
) -> Content | None:
    """What an audience is told of these topics. None when nothing is left of any.

    `again` changes a message that stands already: what was owed in it and is done is said so.
    """
    found = [parts for parts in _found(stage, audience, topics, again) if parts]
    if not found:
        return None
    parts = found[0]
    for more in found[1:]:
        parts = [*parts, rule(), *more]
    return compose(parts)


def _found(stage: Stage, audience: str, topics: Sequence[Topic], again: bool) -> Iterator[Parts]:
    owed = [topic.department for topic in topics if topic.matter == "owed"]
    for topic in topics:
        if topic.matter == "opens" and topic.department in stage.known:
            alone = topic.department not in owed
            yield opening(stage.outlook, stage.known[topic.department], alone, again)
        elif topic.matter == "stage":
            yield stage_news(stage.outlook, topic.department)
    roomy = sum(len(owed_by(stage.outlook, each)) for each in owed) <= MOST_PARAGRAPHS
    for department in owed:
        yield _owed(stage, department, roomy, again)
    for topic in topics:
        if topic.matter == "awaited":
            months = [e for e in stage.expected if e.department.id == topic.department]
            yield expecting(stage.outlook.plan, months, stage.outlook.today)
        elif topic.matter in {"confirm", "approve"}:
            yield _waiting(stage, audience, topic)
        elif topic.matter == "answer":
            there = stage.unanswered.get(topic.department, ())
            yield unanswered(_plans(stage), there, stage.outlook.today)
    late = [topic.department for topic in topics if topic.matter == "overdue"]
    yield overdue(stage.outlook, [stage.known[each] for each in late if each in stage.known])


def _plans(stage: Stage) -> Plans:
    return Plans(stage.outlook.plan, stage.others)


def _owed(stage: Stage, department: str, roomy: bool, again: bool) -> Parts:
    known = stage.known.get(department)
    if known is None:
        return []
    if owed_by(stage.outlook, department):
        held = stage.snoozes.get(department)
        return reminder(stage.outlook, known, roomy, held, stage.names)
    return settled(stage.outlook, known) if again else []


def _waiting(stage: Stage, audience: str, topic: Topic) -> Parts:
    confirm = topic.matter == "confirm"
    mine = (audience, topic.department)
    trays = stage.confirming if confirm else stage.approving
    found = [s for t in trays if (t.audience, t.department) == mine for s in t.waiting]
    if not any(has_waited_long(since(each), stage.outlook.today) for each in found):
        return []
    return nudge(stage.outlook.plan, found, stage.outlook.today, confirm)
