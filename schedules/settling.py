"""Reminders that stand already, changed in place: 提出済み the moment it is done, or held back.

Only the newest message to each audience is changed. An edit disturbs nobody, so that it keeps no
hours.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlite_utils import Database

from schedules import memory
from schedules.due import Matter, Topic
from schedules.reminder import owed_by
from schedules.scene import Stage, read_stage
from schedules.sections import sections
from store import outbox, reminded
from store.db import writing


def settle(db: Database, now: datetime) -> list[str]:
    """Say in every newest reminder of which a department did all that it is 提出済み, once each.

    The keys of the edits. Nothing is read while the ledger stands still or nobody was reminded.
    """
    if memory.settled_until(db) == reminded.ledger_mark(db):
        return []
    with writing(db):
        memory.settle_until(db, reminded.ledger_mark(db))
        stage = read_stage(db, now.date()) if reminded.anybody(db) else None
        return _settle(db, stage, now) if stage else []


def _settle(db: Database, stage: Stage, now: datetime) -> list[str]:
    scene = stage.scene
    done = [
        each
        for each in reminded.departments(db, scene.plan, scene.collection)
        if not owed_by(stage.outlook, each)
    ]
    edits = [_rewrite(db, stage, each, "done", "提出済み", now) for each in done]
    return [key for keys in edits for key in keys]


def say_held(db: Database, stage: Stage, department: str, now: datetime) -> list[reminded.Standing]:
    """Say in a department's newest reminders until when they are held back; those reminders."""
    times = outbox.messages(db, like=f"remind:%:held:{department}:%")
    _rewrite(db, stage, department, "held", "再通知", now, f":{len(times) + 1}")
    return reminded.newest(db, stage.scene.plan, stage.scene.collection, department)


def _rewrite(
    db: Database,
    stage: Stage,
    department: str,
    why: str,
    titled: str,
    now: datetime,
    times: str = "",
) -> list[str]:
    """Make each newest reminder of a department say what now stands; the keys that are new."""
    keys = []
    for each in reminded.newest(db, stage.scene.plan, stage.scene.collection, department):
        key = f"{each.key}:{why}:{department}{times}"
        said = sections(stage, each.audience, _topics(db, each.key), again=True)
        title = f"{each.title}（{titled}）"
        if said and outbox.enqueue(
            db, key, each.audience, title, said.message, now.timestamp(), edits=each.key
        ):
            keys.append(key)
    return keys


def _topics(db: Database, key: str) -> list[Topic]:
    return [Topic(cast(Matter, told.matter), told.department) for told in reminded.told_in(db, key)]
