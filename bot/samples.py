"""What the sandbox begins with: both plans, sample people, sample figures; and its resets and clock.

It knows nothing of the sandbox itself: the composition root hands `Stage`'s methods to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

from sqlite_utils import Database

from bot.app import Bot
from bot.shell.context import DATABASE
from store import meta, shelf
from store.acts import By
from store.db import kind_of, open_db, remembered, stamp, writing
from store.errors import BadInput, CannotRun
from store.fiscal import TOKYO
from store.people_file import load_people, parse_people
from store.plan_file import builtin_plans
from store.samples.actuals import SamplePeople, load_samples

# A working day in the middle of R6's collection, so that everything can be tried at once.
START = datetime(2025, 6, 3, 10, 0, tzinfo=TOKYO)
LEFT_OPEN = frozenset({"1-1b"})
PLAN = "kitamoto-2"

# A reset sets the clock back to where it began: what was made then need not be made again.
SAME_TIME = timedelta(minutes=1)


def moment(text: str | None) -> datetime:
    """When the sandbox's clock begins. Raises BadInput for what is no moment."""
    if text is None:
        return START
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"--now「{text}」を日時として読めません。例: 2025-06-03T10:00:00+09:00", text
        ) from error
    return found.astimezone(TOKYO) if found.tzinfo else found.replace(tzinfo=TOKYO)


def refuse_live(folder: Path) -> None:
    """Raises CannotRun when the folder holds a live database: samples never meet real figures."""
    path = folder / DATABASE
    if path.exists() and kind_of(open_db(path)) == "live":
        raise CannotRun(
            "このデータフォルダは本番用ですが、SLACK_BOT_TOKEN などの設定がありません。"
            "設定するか、試用には別のデータフォルダを --data で指定してください。"
        )


class Stage:
    """A sandbox database set up as configured, and again whenever the sandbox is reset.

    `pass_time` sets the sandbox's clock on by so many seconds; without it they are waited for.
    """

    def __init__(
        self,
        folder: Path,
        with_samples: bool,
        real_now: Callable[[], datetime],
        pass_time: Callable[[float], object] | None = None,
    ) -> None:
        self.path = folder / DATABASE
        self.real_now = real_now
        self.pass_time = pass_time
        self.with_samples = with_samples
        self.bot: Bot | None = None
        self._filled: tuple[datetime, Database] | None = None

    def set(self, at: datetime) -> None:
        """Fill the database if nothing is in it yet."""
        db = open_db(self.path)
        self._fill(db, at)
        self._keep_offset(db, at)

    def _fill(self, db: Database, at: datetime) -> None:
        stamp(db, "sandbox")
        if shelf.plan_ids(db):
            return
        by = By("shell:sandbox", at, "sample")
        with writing(db):
            for plan in builtin_plans().values():
                shelf.put(db, by, plan)
            plan = shelf.read(db, PLAN)
            text = resources.files("store.samples").joinpath("people.toml").read_text("utf-8")
            data = parse_people(text, "people.toml", plan)
            if self.with_samples:
                leads = {o: (d.id, d.leads[0]) for d in data.departments for o in d.owns}
                people = SamplePeople(leads, data.planners[0])
                load_samples(db, plan, people, LEFT_OPEN, at)
            load_people(db, by, data, plan)
        self._filled = at, remembered(db)

    def as_filled(self, at: datetime) -> Database | None:
        """What it was filled with, unless that was at another time: other samples may be due."""
        if self._filled is None or abs(at - self._filled[0]) > SAME_TIME:
            return None
        return self._filled[1]

    def _keep_offset(self, db: Database, at: datetime) -> None:
        """So that the shell's commands go by the same clock."""
        seconds = (at - self.real_now()).total_seconds()
        with writing(db):
            meta.put(db, meta.CLOCK_OFFSET, repr(seconds))

    def on_clock(self, at: datetime) -> None:
        """The clock was set: say everything that is due before the caller goes on.

        The seconds between two messages pass on the clock and not for the caller.
        """
        if self.bot is not None:
            self._keep_offset(self.bot.desk.db, at)
            self.bot.speaker.run_until_drained(pass_time=self.pass_time)
            self._keep_offset(self.bot.desk.db, self.bot.desk.now())

    def on_reset(self, bot_data: bool) -> None:
        """The workspace was reset; with `bot_data` the bot begins anew as well."""
        if self.bot is None or not bot_data:
            return
        with self.bot.speaker.paused():
            self.bot.desk.connections.begin_anew(self.as_filled(self.bot.desk.now()))
            self._fill(self.bot.desk.db, self.bot.desk.now())
            self._keep_offset(self.bot.desk.db, self.bot.desk.now())
            self.bot.learn_people()
            # From here on it listens: what falls due by the next setting of the clock is heard.
            self.bot.speaker.tick()
