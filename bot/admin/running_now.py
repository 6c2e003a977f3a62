"""予定: the next message of a kind said now, in the place of the one on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from schedules.due import Occasion, Scene, reason_quiet
from schedules.hours import speaking
from schedules.listening import put_out
from schedules.scene import read_stage
from schedules.sections import make
from schedules.upcoming import together
from store import outbox, settings
from store.acts import By, record
from store.errors import BadInput, Stale
from store.people import Act, Who, permit

NOW = ("digest", "reminder", "nudge")
GONE = "この予定はなくなりました。`/kpi-admin 予定` から開き直してください。"
ASLEEP = "夜間と閉庁日には送れません。開庁日の8時から22時の間に押してください。"
STOPPED = "この種類は停止中です。再開してから送ってください。"
NOT_OPEN = "照会の開始前のため、まだ送れません。"


def run_now(db: Database, by: By, person: Who, key: str) -> int:
    """Say it to all of its audiences, as things stand now; how many messages that were.

    Each goes under the key of its own day, so that it is not said again then. Raises Stale when it
    does not lie ahead (any more), BadInput when it cannot be said now.
    """
    permit(by, person, Act.ADMINISTER, "speech:now")
    stage = read_stage(db, by.at.date())
    found = together(stage.scene, by.at, key) if stage else []
    if stage is None or not found or is_out(db, key):
        raise Stale(GONE)
    _refuse(db, stage.scene, found[0], by.at)
    timely = [replace(each, lapsed=False, why="") for each in found]
    said = [each for each in timely if put_out(db, stage, each, by.at, make)]
    if said:
        record(db, by, "speech", f"now:{key}", "done")
    return len(said)


def is_out(db: Database, key: str) -> bool:
    """Whether a message that lies ahead was said already."""
    return outbox.message(db, key) is not None


def _refuse(db: Database, scene: Scene, found: Occasion, now: datetime) -> None:
    if found.kind not in NOW or any(t.matter in {"opens", "stage"} for t in found.topics):
        raise Stale(GONE)
    if not speaking(now):
        raise BadInput(ASLEEP)
    if found.kind in settings.paused(db):
        raise BadInput(STOPPED)
    if why := reason_quiet(scene.quiet, now.date()):
        raise BadInput(why)
    if found.kind != "digest" and now.date() < scene.opens:
        raise BadInput(NOT_OPEN)
