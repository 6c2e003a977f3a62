"""Signs of life, as numbers, and what of them is bad: alive (or restart it), ready (or wait)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.backup import OLDEST

MEGABYTE = 1024 * 1024
MOST_SILENT = 30.0
MOST_SINCE_TICK = 90.0
MOST_TO_WRITE = 5.0
LEAST_FREE = 200 * MEGABYTE
MOST_WAL = 64 * MEGABYTE
MOST_SINCE_BACKUP = OLDEST.total_seconds()


@dataclass(frozen=True)
class Signs:
    """What is known at one moment; seconds and bytes.

    `write` is how long an empty transaction took, None when it could not be made. `outbox` counts
    messages by state, `oldest_due` is how long the longest waiting is overdue. `backup` is the age
    of the newest copy, None where there is none. `silent` is the line's (see `bot.line.line`), `answers`
    counts requests by HTTP status.
    """

    connected: bool
    silent: float
    since_tick: float
    write: float | None
    disk_free: int
    wal: int
    reconnects: int
    oldest_due: float
    backup: float | None
    held: str | None = None
    altered: bool = False
    outbox: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)


def ailing(signs: Signs) -> list[str]:
    """Why the process is not alive in the sense that a restart would help; empty when it is."""
    bad = {
        f"the line to Slack is silent for {signs.silent:.0f} s": signs.silent > MOST_SILENT,
        f"nothing was looked at for {signs.since_tick:.0f} s": signs.since_tick > MOST_SINCE_TICK,
        "the database cannot be written": signs.write is None or signs.write > MOST_TO_WRITE,
    }
    return [why for why, so in bad.items() if so]


def unready(signs: Signs) -> list[str]:
    """Why it cannot be relied on now; empty when it can."""
    bad = {
        "Slack cannot reach the bot": not signs.connected,
        f"{signs.disk_free // MEGABYTE} MB of disk are free": signs.disk_free < LEAST_FREE,
        f"the WAL has {signs.wal // MEGABYTE} MB": signs.wal > MOST_WAL,
        f"nothing is said by itself: {signs.held}": signs.held is not None,
        f"the newest backup is {(signs.backup or 0) / 3600:.0f} h old": _is_old(signs.backup),
        "history was altered: see kpibot doctor --history": signs.altered,
    }
    return [*ailing(signs), *(why for why, so in bad.items() if so)]


def _is_old(backup: float | None) -> bool:
    """None may yet be one of the first day."""
    return backup is not None and backup > MOST_SINCE_BACKUP
