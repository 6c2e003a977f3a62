"""What the operator is told of the chain of history: whole, or what was altered in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.shell.findings import Finding
from bot.shell.mending import mending
from store import examining
from store.errors import CannotRun
from store.examining import Breach, Examined
from store.sealing import Head, head
from store.whole_copies import newest_whole

MOST_NAMED = 20
_SAID = {
    "altered": "封印の後に書き換えられています。",
    "removed": "消されています。",
    "slipped_in": "封印がありません（kpibot の外から書き込まれています）。",
    "shape": "kpibot が作ったものと違います（データベースの仕組みが変えられています）。",
}
NOT_FOUND = "番号の写し間違いでなければ、その後に履歴全体が作り直されたか、古いバックアップに戻されています。"


def examine(db: Database) -> Examined:
    """All of history. Raises CannotRun when the file is too damaged to be read."""
    try:
        return examining.examine_now(db)
    except sqlite3.DatabaseError as error:
        raise CannotRun(f"データベースが壊れていて、履歴を調べられません（{error}）。") from error


def history(db: Database, noted: Iterable[str], folder: Path) -> Iterator[Finding]:
    """What of history is not as it was sealed; whether the heads that were noted stand in it; and,
    where something is wrong, what to do with the copies of the data folder.
    """
    there = {each: examining.find(db, each) for each in noted}
    found = examine(db)
    yield from told(found)
    for each, at in there.items():
        yield _noted(each, at, found)
    lost = [each for each, at in there.items() if at is None]
    if found.breaches or lost:
        known = [at for at in there.values() if at]
        trusted = max(known, key=lambda at: at.number, default=None)
        yield mending(folder, newest_whole(folder, lost, trusted), found.head)


def checked(db: Database, folder: Path) -> Iterator[Finding]:
    """The line of the whole checklist: history is whole, or all that is told of one that isn't."""
    found = examine(db)
    if not found.breaches:
        yield newest(db)
        return
    yield from told(found)
    yield mending(folder, newest_whole(folder), found.head)


def told(found: Examined) -> Iterator[Finding]:
    """That nothing was altered; or what was, some by name and the rest counted."""
    if not found.breaches:
        yield Finding("ok", whole(found))
    yield from (Finding("wrong", named(each)) for each in found.breaches[:MOST_NAMED])
    if len(found.breaches) > MOST_NAMED:
        yield Finding("wrong", f"ほか{len(found.breaches) - MOST_NAMED}件。")


def whole(found: Examined) -> str:
    """That nothing was altered."""
    newest = f"、先頭の照合番号 {found.head.hash}" if found.head else ""
    return f"履歴は改ざんされていません（{found.rows}件{newest}）。"


def named(breach: Breach) -> str:
    """`表 submissions の12行目: 消されています。`"""
    if breach.what == "shape":
        return f"{breach.table}: {_SAID[breach.what]}"
    of = (
        f"封印の{breach.row}番"
        if breach.table == "seals"
        else f"表 {breach.table} の行 {breach.row}"
    )
    return f"{of}: {_SAID[breach.what]}"


def newest(db: Database) -> Finding:
    """The head of a chain that is whole, to be compared with what was noted elsewhere."""
    found = head(db)
    said = f"{found.short}（封印{found.number}件、改ざんなし）" if found else "まだありません"
    return Finding("ok", f"履歴の照合番号: {said}")


def _noted(given: str, at: Head | None, found: Examined) -> Finding:
    if at is None:
        return Finding("wrong", f"照合番号 {given} は履歴にありません。", NOT_FOUND)
    since = (found.head.number if found.head else at.number) - at.number
    return Finding("ok", f"照合番号 {given} は封印の{at.number}番です（その後の封印{since}件）。")
