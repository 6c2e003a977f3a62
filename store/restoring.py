"""The way back from a copy: verified and prepared beside the database before it takes its place.

What stood there is kept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store import numbering
from store.backup import COPIES, SET_ASIDE, back_up, verify
from store.backup_notes import Copied, noted_head
from store.db import Kind, as_it_is, kind_of, open_db, writing
from store.errors import CannotRun
from store.holding import make_private

_BESIDE = ("-wal", "-shm")


def put_back(
    source: Path, target: Path, now: datetime, prepare: Callable[[Database], None]
) -> tuple[Copied, Path | None]:
    """Put a copy in the place of the database `target`; what it holds, and where the old one is now.

    `prepare` is run on the copy before it takes the place, and numbers that may have been given since
    are left out (`store.numbering`). The caller holds the folder (`store.holding.only_one`). Raises
    CannotRun for a copy that is not sound, not ours, not what its note says, of a newer version or of
    the other kind than what stands there; then nothing has changed.
    """
    if _has_writes_beside(source):
        raise CannotRun(
            f"{source} は使用中のデータベースです。`kpibot backup` で作った写しを指定してください。"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.restoring")
    try:
        shutil.copyfile(source, beside)
        found = verify(beside)
        _refuse_other_head(source, found)
        _prepare(beside, target, now, prepare)
        kept = _set_aside(target, now)
        beside.rename(target)
        _flush(target.parent)
    finally:
        _remove(beside)
    return found, kept


def _has_writes_beside(source: Path) -> bool:
    """Whether the file is not all there is of it. A log that is empty was left behind by a move."""
    log = source.with_name(f"{source.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _refuse_other_head(source: Path, found: Copied) -> None:
    """A copy that has a note holds the history that it was noted with."""
    noted = noted_head(source)
    if noted and noted != (found.head.hash if found.head else None):
        raise CannotRun(
            f"{source} は、横にある控えと履歴の照合番号が違います。保存した後に中身が変わっています。"
            "別のバックアップを指定してください。"
        )


def _prepare(copy: Path, target: Path, now: datetime, prepare: Callable[[Database], None]) -> None:
    db = open_db(copy)
    try:
        _refuse_other_kind(db, target)
        prepare(db)
        with writing(db):
            numbering.leave_out(db, _given(target), now)
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.conn.close()
    with copy.open("rb") as written:
        os.fsync(written.fileno())


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
    with suppress(CannotRun, sqlite3.DatabaseError), as_it_is(target) as db:
        return kind_of(db)
    return None


def _given(target: Path) -> int:
    """The largest number that the database gave which stands there; 0 where it can't be read."""
    if target.exists():
        with suppress(CannotRun, sqlite3.DatabaseError), as_it_is(target) as db:
            return numbering.largest(db)
    return 0


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Keep what stands there, whole if it can be read and as it is if not."""
    if not target.exists():
        return None
    kept = _free(target.parent / COPIES, f"{SET_ASIDE}{now:%Y%m%d-%H%M%S}")
    try:
        with as_it_is(target) as there:
            back_up(there, kept)
    except (CannotRun, sqlite3.DatabaseError):
        _move_aside(target, kept)
    else:
        _remove(target)
    return kept


def _free(folder: Path, name: str) -> Path:
    """A name that no copy has yet, also within a second."""
    names = (f"{name}.db", *(f"{name}-{number}.db" for number in range(2, 100)))
    return next(path for each in names if not (path := folder / each).exists())


def _move_aside(target: Path, kept: Path) -> None:
    make_private(kept.parent)
    for suffix in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            target.with_name(target.name + suffix).rename(kept.with_name(kept.name + suffix))


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
