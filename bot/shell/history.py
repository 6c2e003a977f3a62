"""What the operator is told of the chain of history: whole, or what was altered in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.shell.findings import Finding
from store import examining
from store.db import open_db
from store.errors import CannotRun
from store.examining import Breach, Examined
from store.sealing import Head, head

MOST_NAMED = 20
_SAID = {
    "altered": "封印の後に書き換えられています。",
    "removed": "消されています。",
    "slipped_in": "封印がありません（kpibot の外から書き込まれています）。",
    "shape": "kpibot が作ったものと違います（データベースの仕組みが変えられています）。",
}
RESTORE = (
    "データフォルダを写して残し、改ざんの前のバックアップを `kpibot restore` で戻してください"
    "（docs/operate.md「履歴の改ざんを調べる」）。"
)
ELSEWHERE = (
    "番号の写し間違いでなければ、その後に履歴全体が作り直されたか、古いバックアップに戻されています。"
    + RESTORE
)


def examine(db: Database) -> Examined:
    """All of history. Raises CannotRun when the file is too damaged to be read."""
    made = open_db(":memory:")
    try:
        return examining.examine(db, made)
    except sqlite3.DatabaseError as error:
        raise CannotRun(f"データベースが壊れていて、履歴を調べられません（{error}）。") from error
    finally:
        made.conn.close()


def history(db: Database, noted: Iterable[str]) -> Iterator[Finding]:
    """What of history is not as it was sealed; then whether the heads that were noted stand in it."""
    found = examine(db)
    yield from map(_breached, found.breaches[:MOST_NAMED])
    if len(found.breaches) > MOST_NAMED:
        yield Finding("wrong", f"ほか{len(found.breaches) - MOST_NAMED}件。", RESTORE)
    if not found.breaches:
        yield Finding("ok", whole(found))
    for each in noted:
        yield _noted(each, examining.find(db, each), found)


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
    """The head of the chain, to be compared with what was noted elsewhere."""
    found = head(db)
    said = f"{found.short}（封印{found.number}件）" if found else "まだありません"
    return Finding("ok", f"履歴の照合番号: {said}")


def _breached(breach: Breach) -> Finding:
    return Finding("wrong", named(breach), RESTORE)


def _noted(given: str, at: Head | None, found: Examined) -> Finding:
    if at is None:
        return Finding("wrong", f"照合番号 {given} は履歴にありません。", ELSEWHERE)
    since = (found.head.number if found.head else at.number) - at.number
    return Finding("ok", f"照合番号 {given} は封印の{at.number}番です（その後の封印{since}件）。")
