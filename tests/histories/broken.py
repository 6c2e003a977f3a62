"""Bots that get something wrong about time: the same histories have to give them away."""

from __future__ import annotations

from datetime import datetime

from schedules import memory
from store.db import writing
from tests.histories.account import Watched


class ForgetsDowntime(Watched):
    """Begins from now, as a schedule kept in memory does."""

    def begin(self) -> None:
        with writing(self.db) as db:
            memory.hear_until(db, self.truth.now)


class KeepsNoKeys(Watched):
    """Looks at the whole day each time it wakes, and no key says what was told already."""

    def watch(self, now: datetime) -> None:
        super().watch(now)
        with writing(self.db) as db:
            if memory.heard_until(db) is not None:
                memory.hear_until(db, now.replace(hour=0))
            db.execute("DELETE FROM reminded")
            db.execute("DELETE FROM outbox WHERE state = 'sent' AND key LIKE '%e%:20%'")


class TrustsItsClock(Watched):
    """Never asks Slack what time it is."""

    def begin(self) -> None:
        self.slack.time = self.ours  # type: ignore[method-assign]


class DropsWhatIsLate(Watched):
    """Throws away what it could not say in time, and says so to nobody."""

    def begin(self) -> None:
        with writing(self.db) as db:
            db.execute("DELETE FROM outbox WHERE state = 'skipped'")


# How each is given away.
BROKEN: dict[type[Watched], str] = {
    ForgetsDowntime: "forgotten",
    KeepsNoKeys: "doubled",
    TrustsItsClock: "out_of_hours",
    DropsWhatIsLate: "forgotten",
}
