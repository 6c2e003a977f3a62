"""A copy of the database that is whole: written apart, verified, then moved into place.

Beside it stands a note of what it holds. `store.restoring` is the way back.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.backup_notes import Copied, note_of, write_note
from store.errors import CannotRun
from store.holding import make_private
from store.sealing import head

COPIES = "backups"
NIGHTLY = "nightly-"
SET_ASIDE = "before-restore-"
KEEP_NIGHTS = 14
# The newest copy is looked after by somebody once it is older than this.
OLDEST = timedelta(hours=48)
PRIVATE = 0o600


def back_up(db: Database, target: Path) -> Copied:
    """Write a copy with `VACUUM INTO`, verify it and move it to `target`, with a note beside it.

    Readers and writers go on meanwhile; nobody but the owner may read the copy. Raises CannotRun
    when the target exists or the copy is not sound; then no file of that name is left behind.
    """
    if target.exists():
        raise CannotRun(f"{target} はすでにあります。別の名前を --out で指定してください。")
    make_private(target.parent)
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        db.conn.execute("VACUUM INTO ?", [str(beside)])
        beside.chmod(PRIVATE)
        found = verify(beside)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        write_note(target, found)
        beside.rename(target)
    finally:
        beside.unlink(missing_ok=True)
    return found


def back_up_nightly(db: Database, folder: Path, now: datetime) -> Path:
    """Today's copy in the folder's `backups/`, unless it is there."""
    target = folder / COPIES / f"{NIGHTLY}{now:%Y%m%d}.db"
    if not target.exists():
        back_up(db, target)
    return target


def forget_old_nights(folder: Path) -> None:
    """The oldest nightly copies go, with their notes."""
    nights = sorted((folder / COPIES).glob(f"{NIGHTLY}*.db"))
    for old in nights[:-KEEP_NIGHTS]:
        old.unlink()
        note_of(old).unlink(missing_ok=True)


def copies(folder: Path) -> list[Path]:
    """The copies in the folder's `backups/`, the newest first, but for what a restore set aside: that
    was left on purpose.
    """
    found = (each for each in (folder / COPIES).glob("*.db") if not each.name.startswith(SET_ASIDE))
    return sorted(found, key=lambda copy: copy.stat().st_mtime, reverse=True)


def newest_copy(folder: Path) -> Path | None:
    """The first of `copies`; None where there is none."""
    return next(iter(copies(folder)), None)


def verify(path: Path) -> Copied:
    """What a copy holds. Raises CannotRun when it is no database or not sound."""
    try:
        copy = Database(str(path))
        copy.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotRun(f"{path} はデータベースとして読めません（{error}）。") from error
    try:
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = copy.execute("PRAGMA foreign_key_check").fetchall()
        if sound != "ok" or orphans:
            raise CannotRun(
                f"バックアップの検査に失敗しました: {sound}、参照切れ{len(orphans)}件。"
            )
        tables = copy.table_names()
        held = sum(copy.table(name).count for name in tables)
        return Copied(len(tables), held, head(copy) if "seals" in tables else None)
    finally:
        copy.conn.close()
