"""Which channels are told when a verdict changes or a stage ends: settings, with their history.

A channel is the setting `news.channel.{id}`: JSON of what it hears. Taken back, it hears nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlite_utils import Database

from store import settings
from store.acts import By, rows

KEY = "news.channel."
Scope = tuple[str, str]


@dataclass(frozen=True)
class NewsChannel:
    """A channel and what it hears: everything, or of one goal (its plan and id).

    `outsiders`: a planner wants it told although it is shared with another organisation.
    """

    channel: str
    goal: Scope | None = None
    on: bool = True
    outsiders: bool = False

    def hears(self, plan: str, goals: Iterable[str]) -> bool:
        """Whether it is told of an indicator that serves these goals of a plan."""
        return self.on and (self.goal is None or self.goal in {(plan, goal) for goal in goals})


@dataclass(frozen=True)
class Setting:
    """What was said of a channel once (None: taken off the list), by whom, when and why."""

    channel: str
    said: NewsChannel | None
    at: str
    actor: str
    reason: str | None


def channels(db: Database) -> tuple[NewsChannel, ...]:
    """The channels on the list, on or off, in the order of their ids."""
    held = settings.under(db, KEY)
    return tuple(_read(key, held[key]) for key in sorted(held))


def channel(db: Database, name: str) -> NewsChannel | None:
    """What holds for one channel."""
    return next((each for each in channels(db) if each.channel == name), None)


def put(db: Database, by: By, wanted: NewsChannel) -> bool:
    """Let a channel be told so from now on; False when that holds already."""
    if channel(db, wanted.channel) == wanted:
        return False
    said = {"goal": wanted.goal, "on": wanted.on, "outsiders": wanted.outsiders}
    settings.put(db, by, KEY + wanted.channel, json.dumps(said))
    return True


def drop(db: Database, by: By, name: str) -> bool:
    """Take a channel off the list; False when it is not on it."""
    if channel(db, name) is None:
        return False
    settings.put(db, by, KEY + name, None)
    return True


def turn_off(db: Database, by: By, name: str, unless_outsiders: bool = False) -> bool:
    """Tell a channel nothing any more; with `unless_outsiders`, one that may be shared goes on."""
    found = channel(db, name)
    if found is None or not found.on or (unless_outsiders and found.outsiders):
        return False
    return put(db, by, replace(found, on=False))


def history(db: Database, most: int) -> list[Setting]:
    """What was last said of any of them, the newest first."""
    found = rows(
        db,
        """SELECT key, value, at, actor, reason FROM settings WHERE substr(key, 1, ?) = ?
           ORDER BY id DESC LIMIT ?""",
        [len(KEY), KEY, most],
    )
    return [
        Setting(
            row["key"].removeprefix(KEY),
            _read(row["key"], row["value"]) if row["value"] else None,
            row["at"],
            row["actor"],
            row["reason"],
        )
        for row in found
    ]


def _read(key: str, value: str) -> NewsChannel:
    said = json.loads(value)
    plan, goal = said["goal"] or ("", "")
    scope = (plan, goal) if said["goal"] else None
    return NewsChannel(key.removeprefix(KEY), scope, said["on"], said["outsiders"])
