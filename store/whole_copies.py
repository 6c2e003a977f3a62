"""Which of the copies beside a database can take its place after its history was altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from store.backup import copies
from store.backup_notes import noted_head
from store.db import remembered, shaped
from store.errors import CannotRun
from store.examining import examine_now, find
from store.sealing import Head, head


@dataclass(frozen=True)
class Whole:
    """A copy whose history is as it was sealed, and as its note says; the head it leads to."""

    path: Path
    head: Head


def newest_whole(
    folder: Path, lost: Sequence[str] = (), trusted: Head | None = None
) -> Whole | None:
    """The newest whole copy in a folder's `backups/`; None where there is none.

    Where heads that were noted are `lost` from the database, its chain was made anew, and so may
    be that of a copy: then one counts that holds any of them, or that ends at the newest head
    which both the note and the chain have (`trusted`), or before.
    """
    for copy in copies(folder):
        held = _examined(copy, lost)
        if held is None:
            continue
        newest, holds_lost = held
        if not lost or holds_lost or (trusted and newest.number <= trusted.number):
            return Whole(copy, newest)
    return None


def _examined(copy: Path, lost: Sequence[str]) -> tuple[Head, bool] | None:
    """Its head, and whether it holds one of those; None when it is not whole."""
    there = Database(sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True))
    try:
        newest = head(there) if "seals" in there.table_names() else None
        if newest is None or noted_head(copy) not in {None, newest.hash}:
            return None
        db = shaped(remembered(there), copy)
        if examine_now(db).breaches:
            return None
        return newest, any(find(db, each) is not None for each in lost)
    except (CannotRun, sqlite3.DatabaseError):
        return None
    finally:
        there.conn.close()
