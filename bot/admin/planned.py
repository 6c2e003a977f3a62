"""`/kpi-admin 予定`: what the bot will say next by itself, tried on oneself, stopped and resumed."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from answers.content import Content
from answers.planned import KINDS, Planned, planned_page
from answers.speech_times import TimesSeen
from answers.trial import TRIAL, tried
from bot.admin import changes
from bot.admin.page import Request
from bot.admin.running_now import is_out
from bot.desk import Desk
from schedules.due import NEWS, Occasion
from schedules.reporting import recent
from schedules.scene import read_stage
from schedules.sections import make
from schedules.upcoming import DAYS, find, upcoming
from store import departments, directory, outbox, settings, times
from store.acts import By
from store.errors import Stale
from store.people import Act, Who, permit

GONE = "この予定はなくなりました。`/kpi-admin 予定` から開き直してください。"


def page(desk: Desk, _: Request) -> Content:
    """Everything ahead by kind."""
    return shown(desk.db, desk.now())


def shown(db: Database, now: datetime, note: str = "") -> Content:
    """The page as it stands."""
    stage = read_stage(db, now.date())
    ahead = upcoming(stage.scene, now) if stage else []
    found = [
        Planned(c.key, kind, c.title, c.due, c.audiences, c.why)
        for c in ahead
        if not is_out(db, c.key)
        for kind in c.kinds
    ]
    found += changes.planned(db, now)
    names = channel_names(db, now)
    seen = TimesSeen(times.timetable(db), times.changes(db), names, now.date())
    return planned_page(found, settings.paused(db), names, DAYS, seen, note, recent(db, now))


def try_on(db: Database, by: By, person: Who, key: str) -> bool:
    """Put the message with this key, as it would be on its day, into the person's own DM.

    Its outbox key is of its own, so that the message itself is still to come. False when there would
    be nothing to say. Raises Stale when no such message lies ahead.
    """
    permit(by, person, Act.ADMINISTER, "speech:try")
    title, due, content = _made(db, by.at, key)
    if content is None:
        return False
    told = tried(content, title, due)
    own = f"trial:{by.at:%Y%m%dT%H%M%S}:{by.actor}:{key}"
    outbox.enqueue(db, own, by.actor, f"（{TRIAL}）{title}", told.message, by.at.timestamp())
    return True


def turn(db: Database, by: By, person: Who, kind: str, on: bool) -> None:
    """Stop a kind of message, or resume it. Raises Stale for a kind that there is not."""
    permit(by, person, Act.ADMINISTER, f"speech:{kind}")
    if kind not in KINDS:
        raise Stale(GONE)
    (settings.resume if on else settings.pause)(db, by, kind)


def _made(db: Database, now: datetime, key: str) -> tuple[str, datetime, Content | None]:
    """A message that lies ahead: its title, when it is due, and what it would say then."""
    if key.startswith(NEWS):
        found = next((each for each in changes.planned(db, now) if each.key == key), None)
        if found is None:
            raise Stale(GONE)
        return found.title, found.due, changes.content(db, now, key)
    occasion = _ahead(db, now, key)
    stage = read_stage(db, occasion.due.date())
    made = make(db, stage, occasion) if stage else None
    return occasion.title, occasion.due, made.content if made else None


def _ahead(db: Database, now: datetime, key: str) -> Occasion:
    stage = read_stage(db, now.date())
    found = find(stage.scene, now, key) if stage else None
    if found is None:
        raise Stale(GONE)
    return found


def channel_names(db: Database, now: datetime) -> dict[str, str]:
    """What people are called, and the channels that are a department's."""
    known = departments.departments(db, now.date()).values()
    owned = {d.channel: f"{d.name}のチャンネル" for d in known if d.channel}
    return directory.names(db) | owned
