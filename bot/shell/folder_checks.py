"""What the doctor finds of this machine: SQLite, the folder, whose its files are, the copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot.shell.context import Shell
from bot.shell.findings import Finding
from store.backup import COPIES, OLDEST, newest_copy
from store.db import kind_of
from store.holding import holder

OLDEST_SOUND_SQLITE = (3, 51, 3)
OTHERS = 0o077
LEAST_FREE = 200 * 1024 * 1024


def sqlite() -> Finding:
    """The SQLite in use is past the WAL corruption."""
    if sqlite3.sqlite_version_info >= OLDEST_SOUND_SQLITE:
        return Finding("ok", f"SQLite {sqlite3.sqlite_version}")
    return Finding(
        "wrong",
        f"SQLite {sqlite3.sqlite_version} には WAL の不具合があります。",
        "pysqlite3 0.6.1 以上を入れてください（`make setup` が入れます）。",
    )


def folder(path: Path) -> Iterator[Finding]:
    """The data folder is there and has room."""
    if not path.exists():
        yield Finding(
            "note", f"データフォルダ {path} はまだありません。", "`kpibot plan load` が作ります。"
        )
        return
    by = holder(path)
    if by is None:
        yield Finding(
            "note",
            "ボットは動いていません。",
            "動かすなら `kpibot run`、サービスなら systemctl start。",
        )
    else:
        yield Finding("ok", f"ボットが動いています（プロセス {by}）。")
    if path.stat().st_mode & OTHERS:
        yield Finding(
            "wrong",
            f"データフォルダ {path} を、このサーバーのほかの利用者も読めます。",
            f"`chmod 700 {path}` としてください（確認中の値も入っています）。",
        )
    if strangers := owned_by_others(path, path.stat().st_uid):
        yield Finding(
            "wrong",
            f"データフォルダの持ち主と違う利用者のファイルがあります（{'、'.join(strangers[:3])}）。"
            "ボットが読み書きできないことがあります。",
            f"`sudo chown -R --reference={path} {path}` としてください"
            "（root で直接動かすとできます。`kpibot` は /usr/local/bin のものを使ってください）。",
        )
    free = disk_usage(path).free
    if free < LEAST_FREE:
        yield Finding(
            "wrong",
            f"ディスクの空きが {free // 1024 // 1024} MB です。",
            "空きを増やしてください。",
        )
    else:
        yield Finding("ok", f"データフォルダ {path}（空き {free // 1024**3} GB）")


def owned_by_others(folder: Path, owner: int) -> list[str]:
    """Files of a data folder and of its backups that are not the owner's, by name."""
    files = [*folder.glob("*"), *(folder / COPIES).glob("*")]
    return sorted(each.name for each in files if each.lstat().st_uid != owner)


def damage(shell: Shell) -> str | None:
    """What SQLite says of a file with pages that don't fit together."""
    try:
        said = str(shell.as_it_is.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else said.splitlines()[-1]


def copies(shell: Shell) -> Iterator[Finding]:
    """A live database has a copy of last night's at least."""
    if kind_of(shell.db) != "live":
        return
    copy = newest_copy(shell.data)
    if copy is None:
        yield Finding(
            "note",
            "バックアップがまだありません。",
            "動かしておけば毎晩3時に作ります。すぐ作るなら `kpibot backup`。",
        )
        return
    age = shell.real_now().timestamp() - copy.stat().st_mtime
    said = f"新しいバックアップ: {copy.name}（{age / 3600:.0f}時間前）"
    if age > OLDEST.total_seconds():
        todo = "ボットが動いているか、ディスクに空きがあるかを確かめてください。"
        yield Finding("wrong", said, todo)
    else:
        yield Finding("ok", said)
