"""What people do around a death: an act, and the same again when no answer came.

A scene gets everything ready while the bot is well (`prepare`), does the fatal act (`act`), and
does it again as a person would who was left without an answer (`again`). `stored` counts what the
act left in a database: it has to be 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from schedules.digests.occasions import digest_key
from store.fiscal import TOKYO
from store.people_file import PeopleFile
from store.subscriptions import Subscription
from store.workdays import first_of_week
from tests.crash.city import DIGEST_CHANNEL, START, count, nobody
from tests.crash.deciding import Approve
from tests.crash.lineage import Lineage
from tests.crash.submitting import Form, Submit
from tests.crash.town import Town
from tests.sandbox.hands import Json


class Scene(Protocol):
    """One act of one person, with what leads to it."""

    people: PeopleFile

    def prepare(self, town: Town, bot: Lineage, folder: Path, turn: int) -> None:
        """Get ready for the act; the bot is well."""

    def act(self, town: Town, bot: Lineage) -> Json | None:
        """The fatal act. The sandbox's answer, None for an act that is nobody's."""

    def again(self, town: Town, bot: Lineage, acked: bool) -> Json | None:
        """What the person does with the next bot; None when they were answered."""

    def stored(self, db: Database) -> int:
        """How often the act stands in a database."""


@dataclass
class Digest:
    """The first working day of a week, 09:00."""

    people: PeopleFile = field(default_factory=nobody)

    def prepare(self, town: Town, bot: Lineage, folder: Path, turn: int) -> None:
        days = (first_of_week(START.date() + timedelta(weeks=n)) for n in range(1, turn + 9))
        self.day: date = [day for day in days if day is not None][turn]
        bot.tick_and_live()

    def act(self, town: Town, bot: Lineage) -> Json | None:
        town.set_clock(datetime.combine(self.day, time(9), TOKYO))
        bot.tick()
        return None

    def again(self, town: Town, bot: Lineage, acked: bool) -> Json | None:
        bot.tick_and_live()
        return None

    def stored(self, db: Database) -> int:
        return count(db, "outbox WHERE key = ?", digest_key(Subscription(DIGEST_CHANNEL), self.day))


def scene_for(name: str) -> Scene:
    """A new scene of a step's kind."""
    made: dict[str, type[Submit | Form | Approve | Digest]] = {
        "submit": Submit,
        "request": Submit,
        "form": Form,
        "approve": Approve,
        "outcome": Approve,
        "digest": Digest,
    }
    return made[name]()
