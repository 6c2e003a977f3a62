"""A copy of the database that is whole: written apart, verified, then moved into place.

The same on the way back: what is restored is verified and prepared beside the database before it
takes its place, and what stood there is kept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.db import Kind, kind_of, open_db
from store.errors import CannotRun

COPIES = "backups"
NIGHTLY = "nightly-"
KEEP_NIGHTS = 14
_BESIDE = ("-wal", "-shm")


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


def back_up_nightly(db: Database, folder: Path, now: datetime) -> Path:
    """Today's copy in the folder's `backups/`, unless it is there; the oldest nightly ones go."""
    target = folder / COPIES / f"{NIGHTLY}{now:%Y%m%d}.db"
    if not target.exists():
        back_up(db, target)
    nights = sorted(target.parent.glob(f"{NIGHTLY}*.db"))
    for old in nights[:-KEEP_NIGHTS]:
        old.unlink()
    return target


def newest_copy(folder: Path) -> Path | None:
    """The newest copy in the folder's `backups/`."""
    copies = (folder / COPIES).glob("*.db")
    return max(copies, key=lambda copy: copy.stat().st_mtime, default=None)


def put_back(
    source: Path, target: Path, now: datetime, prepare: Callable[[Database], None]
) -> tuple[Copied, Path | None]:
    """Put a copy in the place of the database `target`; what it holds, and where the old one is now.

    `prepare` is run on the copy before it takes the place. The caller holds the folder
    (`store.db.only_one`). Raises CannotRun for a copy that is not sound, not ours, of a newer version
    or of the other kind than what stands there; then nothing has changed.
    """
    if source.with_name(f"{source.name}-wal").exists():
        raise CannotRun(
            f"{source} は使用中のデータベースです。`kpibot backup` で作った写しを指定してください。"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.restoring")
    try:
        shutil.copyfile(source, beside)
        found = _prepared(beside, target, prepare)
        kept = _set_aside(target, now)
        beside.rename(target)
        _flush(target.parent)
    finally:
        _remove(beside)
    return found, kept


def _prepared(copy: Path, target: Path, prepare: Callable[[Database], None]) -> Copied:
    found = _verify(copy)
    db = open_db(copy)
    try:
        _refuse_other_kind(db, target)
        prepare(db)
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.conn.close()
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    return found


def _refuse_other_kind(db: Database, target: Path) -> None:
    """Samples never take the place of real figures, nor these of samples."""
    there = _kind_at(target)
    if there and kind_of(db) not in {None, there}:
        words = {"sandbox": "試用（サンプル入り）", "live": "本番"}
        here = words["live" if there == "sandbox" else "sandbox"]
        raise CannotRun(f"{here}の写しを{words[there]}のデータフォルダには戻せません。")


def _kind_at(target: Path) -> Kind | None:
    """Of the database that stands there; None where it can't be read any more."""
    if not target.exists():
        return None
    try:
        db = open_db(target)
    except CannotRun:
        return None
    try:
        return kind_of(db)
    finally:
        db.conn.close()


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Keep what stands there, whole if it can be read and as it is if not."""
    if not target.exists():
        return None
    kept = target.parent / COPIES / f"before-restore-{now:%Y%m%d-%H%M%S}.db"
    try:
        there = open_db(target)
    except CannotRun:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for suffix in ("", *_BESIDE):
            with suppress(FileNotFoundError):
                target.with_name(target.name + suffix).rename(kept.with_name(kept.name + suffix))
        return kept
    try:
        back_up(there, kept)
    finally:
        there.conn.close()
    _remove(target)
    return kept


def _remove(path: Path) -> None:
    for suffix in ("", *_BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _verify(path: Path) -> Copied:
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
        return Copied(len(tables), sum(copy.table(name).count for name in tables))
    finally:
        copy.conn.close()
