"""A made-up part of a year: a bot that goes down and comes up under a clock that is now and then wrong.

Meanwhile departments give or hold back (都市環境課 never does either), planners decide, and a quiet
period passes. Slack's clock is always right. Everything follows from the seed.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from sqlite_utils import Database

from schedules.scheduler import Speaker
from store import confirming, news_channels, outbox, times
from store.acts import By
from store.db import Connections, open_db, writing
from store.follows import follow
from store.manners import Manners, choose
from store.news_channels import NewsChannel
from store.quiet import Quiet, set_quiet
from store.subscriptions import Scope, Subscription, subscribe
from store.workdays import on_or_after
from tests.hall import LEADS, PLAN, PLANNER, Hall, found_hall
from tests.schedules.stand_in import Clock, FakeSlack, moment

YEARS = (2023, 2024, 2025, 2026)
DAYS = 50
HOUR, DAY = 3600.0, 86400.0
OUTAGES = (0.0, 0.0, HOUR, 20 * HOUR, 40 * HOUR, 9 * DAY)
ERRORS = (0.0, 0.0, 0.0, -2 * HOUR, 2 * HOUR, DAY)
PACE = 1.05
NEVER = "city"
ACTIVE = tuple(name for name in LEADS if name != NEVER)


def template(folder: Path) -> Path:
    """The database that histories begin with, made once."""
    path = folder / "template.db"
    if not path.exists():
        db = open_db(path)
        found_hall(db, moment("2022-04-01 09:00"))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.conn.close()
    return path


@dataclass
class History:
    """One of them. `ticks` are the moments at which the bot woke with a right clock."""

    seed: int
    connections: Connections
    begins: datetime
    chance: Random
    ticks: list[datetime] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.truth = Clock(self.begins.timestamp())
        self.ours = Clock(self.truth())
        self.slack = FakeSlack(self.truth)
        self.hall = Hall(self.connections, lambda: self.truth.now)
        self.quiet = self._set_up()

    @property
    def db(self) -> Database:
        """The bot's database."""
        return self.connections()

    def _set_up(self) -> Quiet:
        first = self.begins.date() + timedelta(days=self.chance.randrange(5, DAYS - 15))
        quiet = Quiet("議会", first, first + timedelta(days=self.chance.randrange(12)))
        by = By(PLANNER, self.begins, "test")
        with writing(self.db) as db:
            set_quiet(db, by, quiet)
            confirming.want(db, by, "children", self.chance.random() < 0.5)
            follow(db, By("U0STAFF", self.begins, "test"), PLAN, ("policy", "1-1"))
            news_channels.put(db, by, NewsChannel("C0STAFF"))
            if self.chance.random() < 0.4:
                hour = time(self.chance.choice([9, 13, 17]), self.chance.choice([0, 30]))
                goal = Scope("goal", f"{PLAN}/1")
                subscribe(db, by, Subscription("C0STAFF", goal, "weekly", 2, hour))
                subscribe(db, by, Subscription("C0STAFF", Scope(), "monthly", 25))
            if self.chance.random() < 0.2:
                choose(db, By("U0TRADE", self.begins, "test"), Manners(home_only=True))
        return quiet

    def run(self) -> None:
        """Live through it."""
        end = self.truth() + DAYS * DAY
        while self.truth() < end:
            self._down()
            self._up(self.chance.uniform(1, 200) * HOUR)
        self._well_again()

    def _well_again(self) -> None:
        """In the end a bot is up on two working mornings, so that nothing is still on its way."""
        speaker = Speaker(self.connections, self.slack, lambda: self.ours.now)
        self.begin()
        for _ in range(2):
            day = on_or_after(self.truth.now.date() + timedelta(days=1))
            self.truth.set(f"{day} 10:00")
            self._tick(speaker, 0.0)

    def _down(self) -> None:
        seconds = self.chance.choice(OUTAGES)
        self.counted["restarts"] += 1
        self.counted["outages"] += seconds > 0
        self.truth.tick(seconds)

    def _up(self, seconds: float) -> None:
        speaker = Speaker(self.connections, self.slack, lambda: self.ours.now)
        error, until = self.chance.choice(ERRORS), self.truth() + seconds
        self.begin()
        while self.truth() < until:
            self._tick(speaker, error)
            if self.chance.random() < 0.06:
                self._somebody_acts()
            if self.chance.random() < 0.04:
                error = self.chance.choice(ERRORS)
                self.counted["clock changes"] += 1
            busy = 8 <= self.truth.now.hour < 12
            self.truth.tick(self.chance.uniform(0.3, 1.5 if busy else 5) * HOUR)

    def begin(self) -> None:
        """A bot comes up; broken ones do something about it."""

    def _tick(self, speaker: Speaker, error: float) -> None:
        """Wake, and post until nothing is due within seconds, as the speaker does by itself."""
        self.ours.at = self.truth() + error
        if error == 0:
            self.watch(self.truth.now)
            self.ticks.append(self.truth.now)
        speaker.tick()
        while (due := outbox.next_due(self.db, self.ours())) is not None:
            if due > self.ours() + PACE:
                return
            self.truth.tick(PACE)
            self.ours.tick(PACE)
            speaker.drain()

    def watch(self, now: datetime) -> None:
        """Called right before the bot wakes with a right clock."""

    def _somebody_acts(self) -> None:
        if not self.truth.now.hour >= 8:
            return
        acts = [self._gives, self._gives, self._decides, self._decides, self._holds_back]
        self.chance.choice([*acts, self._changes_times])()

    def _gives(self) -> None:
        department = self.chance.choice(ACTIVE)
        owed = [each for each in self.hall.owed(department) if self.chance.random() < 0.7]
        user = "U0CHILD2" if department == "children" else LEADS[department]
        if self.chance.random() < 0.15:
            self.hall.awaits(user, owed[:3], self.chance.randrange(1, 13))
        else:
            self.hall.gives(user, owed)

    def _decides(self) -> None:
        self.hall.confirms("U0CHILD")
        waiting = self.hall.waiting()
        if waiting and self.chance.random() < 0.3:
            late = self.truth.now.date() + timedelta(days=self.chance.randrange(1, 20))
            self.hall.returns(waiting[0], self.chance.choice([None, late]))
        else:
            self.hall.approves([each for each in waiting if self.chance.random() < 0.8])

    def _changes_times(self) -> None:
        """A planner gives the morning another hour, or what is late another end."""
        name = self.chance.choice(times.NAMES)
        with writing(self.db) as db:
            held = times.timetable(db).on(times.first_day(self.truth.now))
            wanted = replace(held, **{name: self.chance.choice(times.CHOICES[name])})
            self.counted["times changed"] += times.change(
                db, By(PLANNER, self.truth.now, "test", "変更"), wanted
            )

    def _holds_back(self) -> None:
        department = self.chance.choice(ACTIVE)
        until = on_or_after(self.truth.now.date() + timedelta(days=self.chance.randrange(1, 8)))
        if self.hall.owed(department):
            self.hall.holds_back(LEADS[department], department, until)


def _first_day(chance: Random) -> date:
    """Mostly in a year's collection, else anywhere before it."""
    spring = date(chance.choice(YEARS), 4, 15)
    if chance.random() < 0.8:
        return spring + timedelta(days=chance.randrange(120))
    return spring - timedelta(days=chance.randrange(240))


@contextmanager
def begun(kind: type[History], folder: Path, seed: int) -> Iterator[History]:
    """A history with a database of its own, which goes with it."""
    chance, path = Random(seed), folder / f"{kind.__name__}-{seed}.db"
    shutil.copy(template(folder), path)
    begins = moment(f"{_first_day(chance)} 12:00")
    connections = Connections(path)
    try:
        yield kind(seed, connections, begins, chance)
    finally:
        connections().conn.close()
        for each in folder.glob(f"{path.name}*"):
            each.unlink()
