"""What a restore leaves out: acts that the database held which was set aside, and the copy does not."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

ACTS = {"submissions": "提出", "decisions": "承認・差戻しなど"}


def left_out(set_aside: Path, put_back: Path) -> Mapping[str, int] | None:
    """How many of each act, by its name, without those there are none of; None where that file can't
    be read.
    """
    try:
        counts = {
            said: len(_acts(set_aside, table) - _acts(put_back, table))
            for table, said in ACTS.items()
        }
    except sqlite3.DatabaseError:
        return None
    return {said: count for said, count in counts.items() if count}


def _acts(file: Path, table: str) -> set[tuple[object, ...]]:
    """By number, moment and actor: two histories that parted may have given a number twice."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as conn:
        return set(conn.execute(f"SELECT id, at, actor FROM {table}"))
