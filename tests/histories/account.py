"""What came of a history: what had to be said, against what stands in Slack and in the outbox.

Each time the bot is about to wake with a right clock, what fell due since it last did so is asked of
what stands at that moment: it has to be told, or recorded as skipped. Weekly digests, and reminders
to the department that never gives anything, are worked out a second time from the calendar alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from schedules import memory
from schedules.due import Occasion
from schedules.hours import moments_between, morning, speaking
from schedules.occasions import occasions
from schedules.reminding_days import is_reminder_day
from schedules.scene import read_stage
from store import news_hours, outbox
from store.cycle import default
from store.fiscal import TOKYO
from store.manners import BY_WISH
from store.outbox import Message
from store.subscriptions import subscriptions
from store.times import timetable
from store.workdays import first_of_week, is_working_day
from tests.hall import LEADS
from tests.histories.history import NEVER, History

BY_ITSELF = ("remind:", "digest:", "stage:", "news:")


@dataclass
class Watched(History):
    """A history that notes what has to be said. `due` holds each occasion as it was when it was heard of."""

    due: dict[str, Occasion] = field(default_factory=dict)
    heard: datetime | None = None

    def watch(self, now: datetime) -> None:
        """What fell due since the bot last could hear of it, if it may speak now."""
        if self.heard is None:
            self.heard = now
        hours = {each.time for each in subscriptions(self.db)}
        if not speaking(now) or not moments_between(self.heard, now, timetable(self.db), hours):
            return
        stage = read_stage(self.db, now.date())
        assert stage is not None
        for each in occasions(stage.scene, self.heard, now):
            self.due.setdefault(each.key, each)
        self.heard = now


@dataclass(frozen=True)
class Fates:
    """How many messages came to which end; all but `told` and `skipped` have to be none."""

    told: Counter[str]
    skipped: Counter[str]
    doubled: int
    missed: int
    forgotten: int
    unreported: int
    out_of_hours: int
    counted: Counter[str]

    @property
    def is_clean(self) -> bool:
        """Everything was told once and in time, or recorded and reported."""
        return not any(
            (self.doubled, self.missed, self.forgotten, self.unreported, self.out_of_hours)
        )

    def __add__(self, other: Fates) -> Fates:
        return Fates(
            self.told + other.told,
            self.skipped + other.skipped,
            self.doubled + other.doubled,
            self.missed + other.missed,
            self.forgotten + other.forgotten,
            self.unreported + other.unreported,
            self.out_of_hours + other.out_of_hours,
            self.counted + other.counted,
        )

    def __str__(self) -> str:
        reported = "all" if not self.unreported else "not_all"
        return (
            f"doubled={self.doubled} missed_in_window={self.missed} forgotten={self.forgotten} "
            f"out_of_hours={self.out_of_hours} skipped_{reported}_reported "
            f"told={_said(self.told)} skipped={_said(self.skipped)}"
        )


def fates(history: Watched) -> Fates:
    """Compare."""
    rows = {row.key: row for row in outbox.messages(history.db) if row.edits is None}
    counts, due = history.slack.counts, history.due
    reported = {trouble.key for trouble in memory.troubles(history.db) if trouble.reason}
    skipped = [row for row in rows.values() if row.state == "skipped"]
    by_calendar = {key for day in _days_heard(history) for key in _by_calendar(day)}
    return Fates(
        told=Counter(_kind(key, due) for key in rows if counts[key]),
        skipped=Counter(_kind(row.key, due) for row in skipped),
        doubled=sum(count - 1 for count in counts.values() if count > 1) + _twice_a_day(history),
        missed=sum(
            not each.lapsed and not counts[key] and not _is_on_home(rows.get(key))
            for key, each in due.items()
        ),
        forgotten=sum(key not in rows for key in due.keys() | by_calendar)
        + sum(row.state not in {"sent", "skipped"} for row in rows.values())
        + (news_hours.open_hour(history.db) is not None),
        unreported=sum(row.key not in reported for row in skipped),
        out_of_hours=sum(_is_out_of_hours(history, key, at) for key, at in _posted(history)),
        counted=history.counted + Counter(ticks=len(history.ticks)),
    )


def _is_on_home(row: Message | None) -> bool:
    """Not sent because its reader wants it so."""
    return row is not None and (row.error or "").startswith(BY_WISH)


def _posted(history: Watched) -> Iterator[tuple[str, datetime]]:
    """What was said by itself, with the true time."""
    for each in history.slack.posted:
        if each.key.startswith(BY_ITSELF):
            yield each.key, datetime.fromtimestamp(each.at, TOKYO)


def _is_out_of_hours(history: Watched, key: str, at: datetime) -> bool:
    """At night, on a day off, in the quiet period, or a reminder on another day than its own."""
    wrong_day = key.startswith("remind:") and not key.startswith(f"remind:{at.date()}:")
    return not speaking(at) or history.quiet.covers(at.date()) or wrong_day


def _twice_a_day(history: Watched) -> int:
    """Reminders beyond one a day to the same audience."""
    days = Counter(
        (at.date(), key.rsplit(":", 1)[1])
        for key, at in _posted(history)
        if key.startswith(("remind:", "stage:"))
    )
    return sum(count - 1 for count in days.values())


def _days_heard(history: Watched) -> Iterator[date]:
    """The working days whose morning the bot heard of, then or later."""
    if not history.ticks or history.heard is None:
        return
    day, table = history.ticks[0].date() + timedelta(days=1), timetable(history.db)
    while morning(table, day) <= history.heard:
        if is_working_day(day):
            yield day
        day += timedelta(days=1)


def _by_calendar(day: date) -> Iterator[str]:
    if first_of_week(day) == day:
        year, week, _ = day.isocalendar()
        yield f"digest:{year}-W{week:02d}:C0DIGEST"
    collection = day.year - 1 if day >= default("opens", day.year - 1) else day.year - 2
    due, until = default("due", collection), default("publication", collection)
    if collection >= 2022 and is_reminder_day(day, due, until):
        yield f"remind:{day}:{LEADS[NEVER]}"


def _kind(key: str, due: dict[str, Occasion]) -> str:
    return due[key].kind if key in due else key.split(":", maxsplit=1)[0]


def _said(counts: Counter[str]) -> str:
    return "+".join(f"{count}_{kind}" for kind, count in sorted(counts.items())) or "0"
