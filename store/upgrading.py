"""The way of a database from an older version to this one.

What it was is kept as a copy first, so that the older version can be gone back to. Its shape is not
changed while a bot, maybe of the older version, talks and posts with it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.backup import COPIES, back_up
from store.db import as_it_is, open_db, remembered, shaped
from store.errors import CannotRun
from store.migrations import migrations, names

BEFORE = "before-upgrade-"


def is_older(path: Path) -> bool:
    """Whether a database is there that lacks steps which this code knows. Nothing is written.

    Raises CannotRun when the file is no database.
    """
    if not path.exists():
        return False
    try:
        with as_it_is(path) as db:
            applied = {step.name for step in migrations.applied(db)}
    except sqlite3.DatabaseError as error:
        raise CannotRun(f"データベース {path} を開けません: {error}") from error
    return bool(applied) and applied < set(names())


def upgrade(path: Path, now: datetime) -> Path | None:
    """Bring a database into this version's shape; where the copy of what it was is, None if there is
    nothing to bring.

    The caller holds the folder (`store.holding.only_one`). Raises CannotRun when no sound copy can be
    kept; then nothing has changed.
    """
    if not is_older(path):
        return None
    kept = path.parent / COPIES / f"{BEFORE}{now:%Y%m%d-%H%M%S}.db"
    try:
        with as_it_is(path) as db:
            back_up(db, kept)
    except (OSError, sqlite3.OperationalError) as error:
        raise CannotRun(
            f"更新の前の写し（{kept}）を残せないので、データベースを新しい版の形にしません（{error}）。"
            "ディスクの空きとフォルダの権限を確かめてください。"
        ) from error
    open_db(path).conn.close()
    return kept


def upgraded(path: Path) -> Database:
    """What a database holds, in memory and in this version's shape. The file stays as it is."""
    try:
        with as_it_is(path) as db:
            return shaped(remembered(db), path)
    except sqlite3.DatabaseError as error:
        raise CannotRun(f"データベース {path} を開けません: {error}") from error
