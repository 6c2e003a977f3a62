"""How a person wants to be told what the bot says by itself: at which hours, by DM or on Home only.

It is the setting `own.{user}`: JSON, with its history, set by that person alone. What was therefore
not sent stays in the outbox as `skipped`, and is shown on their Home tab (`kept`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from store import settings
from store.acts import By, rows
from store.errors import BadInput
from store.fiscal import TOKYO

OWN = "own."
FIRST_HOUR, LAST_HOUR = 8, 22
LATEST_FIRST, EARLIEST_LAST = 16, 10
BY_WISH = "本人の設定"
KEPT_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Manners:
    """From `first` o'clock until `last` (24 hours, Tokyo); reminders on Home only, or by DM."""

    first: int = FIRST_HOUR
    last: int = LAST_HOUR
    home_only: bool = False

    @property
    def hours(self) -> str:
        """`10:00〜17:00`."""
        return f"{self.first}:00〜{self.last}:00"


@dataclass(frozen=True)
class Kept:
    """A message that was not sent for the sake of its reader's own settings."""

    title: str
    text: str
    at: datetime


def manners(db: Database, user: str) -> Manners:
    """What holds for somebody; who never chose hears everything by DM from 8 to 22."""
    held = settings.get(db, OWN + user)
    return Manners(**json.loads(held)) if held else Manners()


def choose(db: Database, by: By, wanted: Manners) -> bool:
    """Let it hold for the acting person; False when it does already. Raises BadInput for no hours."""
    if not (FIRST_HOUR <= wanted.first <= LATEST_FIRST and wanted.last <= LAST_HOUR):
        raise BadInput("受け取る時間は8:00から22:00までの間で選んでください。", wanted.hours)
    if wanted.last - wanted.first < 1:
        raise BadInput("終わりの時刻が始まりの時刻より後になるように選んでください。", wanted.hours)
    if manners(db, by.actor) == wanted:
        return False
    said = {"first": wanted.first, "last": wanted.last, "home_only": wanted.home_only}
    settings.put(db, by, OWN + by.actor, json.dumps(said))
    return True


def kept(db: Database, user: str, now: datetime, most: int) -> list[Kept]:
    """What was kept from somebody by their own wish in the last two weeks, the newest first."""
    found = rows(
        db,
        """SELECT title, payload, made_at FROM outbox
           WHERE audience = ? AND state = 'skipped' AND substr(error, 1, ?) = ? AND made_at >= ?
           ORDER BY made_at DESC, rowid DESC LIMIT ?""",
        [user, len(BY_WISH), BY_WISH, (now - KEPT_FOR).timestamp(), most],
    )
    return [
        Kept(
            row["title"],
            json.loads(row["payload"] or "{}").get("text", ""),
            datetime.fromtimestamp(row["made_at"], TOKYO),
        )
        for row in found
    ]
