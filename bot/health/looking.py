"""Taking the signs of a running bot."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.app import Bot
from bot.health.signs import Signs
from schedules import memory
from store import outbox
from store.backup import newest_copy
from store.db import writing


def take_signs(bot: Bot) -> Signs:
    """The signs now. Takes an empty transaction; raises nothing."""
    db, path = bot.desk.db, bot.desk.connections.path
    now = bot.desk.now().timestamp()
    copy = newest_copy(path.parent)
    return Signs(
        connected=bot.line.connected,
        silent=bot.line.silent_for,
        since_tick=bot.speaker.since_tick,
        write=_write_seconds(bot),
        disk_free=disk_usage(path.parent).free,
        wal=_size(path.with_name(f"{path.name}-wal")),
        reconnects=bot.line.reconnects,
        answers=bot.line.answers,
        oldest_due=max(0.0, now - (outbox.oldest_due(db) or now)),
        backup=None if copy is None else max(0.0, time.time() - copy.stat().st_mtime),
        held=memory.held(db),
        altered=memory.altered(db) is not None,
        outbox=outbox.counts(db),
    )


def _write_seconds(bot: Bot) -> float | None:
    began = time.monotonic()
    with suppress(sqlite3.Error):
        with writing(bot.desk.db):
            pass
        return time.monotonic() - began
    return None


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
