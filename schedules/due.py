"""What a message that the bot says by itself is: what stands when it falls due, and the message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from store.fiscal import TOKYO
from store.quiet import Quiet, covering
from store.snoozes import Snooze
from store.subscriptions import Subscription
from store.times import UNCHANGED, Timetable

Kind = Literal["digest", "reminder", "nudge", "stage"]
Matter = Literal["owed", "awaited", "confirm", "approve", "overdue", "answer", "opens", "stage"]
# What is told of values that changed, stages that were closed and channels is news however late.
NEWS, CLOSED, CHANNEL_CLOSED = "news:", "stage-closed:", "channel-closed:"
WHENEVER = (NEWS, CLOSED, CHANNEL_CLOSED)
QUIET_WHY = "通知を控える期間"
PAUSED = "企画担当がこの種類の通知を止めているため送りませんでした。"


@dataclass(frozen=True)
class Topic:
    """One section of a reminder. `name` is the department's in one about what it gives.

    In one about a `stage` the department's place is taken by the stage.
    """

    matter: Matter
    department: str = ""
    name: str = ""


@dataclass(frozen=True)
class Debt:
    """A department that owes something: to whom that is said, when it is due, until when not."""

    department: str
    name: str
    audiences: tuple[str, ...]
    dues: frozenset[date]
    snooze: Snooze | None = None


@dataclass(frozen=True)
class Wait:
    """A department that waits for statistics, expected in months (by their first days)."""

    department: str
    name: str
    audiences: tuple[str, ...]
    months: frozenset[date]


@dataclass(frozen=True)
class Queue:
    """What waits for somebody's decision: since which days, of a department or of all."""

    matter: Literal["confirm", "approve"]
    audience: str
    since: frozenset[date]
    department: str = ""


@dataclass(frozen=True)
class StageDay:
    """A stage of a collection that begins or falls due on a day, and what of it is told to whom."""

    collection: int
    stage: str
    day: date
    told: tuple[tuple[str, Topic], ...] = ()


@dataclass(frozen=True)
class Scene:
    """What stands: the current collection, who listens, who owes, what waits for what.

    The collection opens on a day, and asks for nothing that is late after `until`. `opinions` are
    whose answers are wanted by when (no department: the planning section), whatever the collection.
    `announced` are the stages that were told: collection, stage, audience. `times` are the hours.
    """

    plan: str
    collection: int
    opens: date
    digests: tuple[Subscription, ...] = ()
    debts: tuple[Debt, ...] = ()
    planners: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    queues: tuple[Queue, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    until: date = date.max
    opinions: tuple[Debt, ...] = ()
    stages: tuple[StageDay, ...] = ()
    announced: frozenset[tuple[int, str, str]] = frozenset()
    times: Timetable = UNCHANGED


@dataclass(frozen=True)
class Occasion:
    """One message that is due, or was while nobody could speak (`lapsed`, and `why`).

    A digest has no topics, but a subscription that it is an issue of; a `reminder` is about what
    its readers give, a `nudge` only about what they decide or should know of, a `stage` only about
    stages of the cycle (`alone` is the key that a message of nothing else would have).
    """

    key: str
    kind: Kind
    audience: str
    title: str
    due: datetime
    lapsed: bool
    topics: tuple[Topic, ...] = ()
    why: str = ""
    alone: str = ""
    subscription: Subscription | None = None


class Lapsed(Exception):
    """It is too late for a message. `str()` is the reason, in Japanese."""


def reason_lapsed(due: datetime) -> str:
    """What is recorded with a message that was not sent."""
    return f"{due:%Y-%m-%d %H:%M}に送る予定でしたが、送れる時間を過ぎたため送りませんでした。"


def reason_unsaid(scene: Scene, due: datetime, now: datetime, late: bool) -> str:
    """Why a message that was due is not sent `now`; empty when it is. `late` says that it is too late."""
    then, today = due.astimezone(TOKYO).date(), now.astimezone(TOKYO).date()
    lapsed = reason_lapsed(due) if late else ""
    return reason_quiet(scene.quiet, then) or lapsed or reason_quiet(scene.quiet, today)


def reason_quiet(periods: Iterable[Quiet], day: date) -> str:
    """Why nothing is said on a day: the quiet period that it lies in; else empty."""
    found = covering(periods, day)
    return f"{QUIET_WHY}（{found.name}）のため送りませんでした。" if found else ""
