"""A copy of the database that is whole: written apart, verified, then moved into place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from store.errors import CannotRun


@dataclass(frozen=True)
class Copied:
    """What a verified copy holds."""

    tables: int
    rows: int


def back_up(db: Database, target: Path) -> Copied:
    """Write a copy with `VACUUM INTO`, check it against the original and move it to `target`.

    Readers and writers go on meanwhile. Raises CannotRun when the target exists or the copy is not
    sound; then no file of that name is left behind.
    """
    if target.exists():
        raise CannotRun(f"{target} はすでにあります。別の名前を --out で指定してください。")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        db.conn.execute("VACUUM INTO ?", [str(beside)])
        found = _verify(beside)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.rename(target)
    finally:
        beside.unlink(missing_ok=True)
    return found


def _verify(path: Path) -> Copied:
    copy = Database(str(path))
    try:
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = copy.execute("PRAGMA foreign_key_check").fetchall()
        if sound != "ok" or orphans:
            raise CannotRun(
                f"バックアップの検査に失敗しました: {sound}、参照切れ{len(orphans)}件。"
            )
        tables = copy.table_names()
        return Copied(len(tables), sum(copy.table(name).count for name in tables))
    finally:
        copy.conn.close()
