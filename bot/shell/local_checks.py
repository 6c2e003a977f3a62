"""What the doctor finds on this machine: SQLite, the folder, the database, the plan, the people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from answers.stage_words import stage_said
from bot.shell import speech_checks
from bot.shell.context import DATABASE, Shell
from bot.shell.findings import Finding
from bot.shell.history import checked
from schedules.memory import troubles
from store import cycle, departments, shelf, upgrading
from store.backup import newest_copy
from store.db import kind_of
from store.errors import CannotRun
from store.fiscal import era
from store.owning import unowned
from store.standing import outlook
from store.subscriptions import subscriptions

OLDEST_SOUND_SQLITE = (3, 51, 3)
OTHERS = 0o077
LEAST_FREE = 200 * 1024 * 1024
OLDEST_COPY = timedelta(hours=48)
LAPSES_TOLD = timedelta(days=7)
DAMAGED = (
    "ボットを止め、データフォルダを丸ごと写して残してから、新しいバックアップを `kpibot restore` で"
    "戻してください。ディスクの故障も確かめてください。"
)
TROUBLES = {
    "held": "自動の投稿を止めています",
    "dead": "送れなかった投稿",
    "unknown": "届いたか確かめられない投稿",
    "skipped": "時間を過ぎて送らなかった投稿",
}


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
    if path.stat().st_mode & OTHERS:
        yield Finding(
            "wrong",
            f"データフォルダ {path} を、このサーバーのほかの利用者も読めます。",
            f"`chmod 700 {path}` としてください（確認中の値も入っています）。",
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


def database(shell: Shell) -> Iterator[Finding]:
    """The database, its plan, its people and what it could not post."""
    if not (shell.data / DATABASE).exists():
        yield Finding(
            "wrong", "データベースがありません。", "`kpibot plan load kitamoto-2` で作れます。"
        )
        return
    try:
        db = shell.db
    except CannotRun as error:
        yield Finding("wrong", str(error), "バックアップから戻すか、版を確かめてください。")
        return
    if damage := _damage(shell):
        yield Finding("wrong", f"データベースが壊れています（{damage}）。", DAMAGED)
        return
    if upgrading.is_older(shell.file):
        yield Finding(
            "note",
            "データベースは前の版の形です（点検では変えません）。",
            "ボットを再起動すると新しい形になり、前の形の写しが backups/ に残ります。",
        )
    kinds = {"sandbox": "試用（サンプル入り）", "live": "本番", None: "未定（最初の起動で決まる）"}
    yield Finding("ok", f"データベースの種類: {kinds[kind_of(db)]}")
    if not shelf.plan_ids(db):
        yield Finding(
            "wrong", "計画がありません。", "`kpibot plan load kitamoto-2` で読み込めます。"
        )
        return
    yield from checked(db, shell.data)
    yield from _copies(shell)
    yield from _round(shell)
    yield from _people(shell)
    yield from speech_checks.speech(shell)
    yield from _posts(shell)


def _damage(shell: Shell) -> str | None:
    """What SQLite says of a file with pages that don't fit together."""
    try:
        said = str(shell.as_it_is.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else said.splitlines()[-1]


def _copies(shell: Shell) -> Iterator[Finding]:
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
    if age > OLDEST_COPY.total_seconds():
        todo = "ボットが動いているか、ディスクに空きがあるかを確かめてください。"
        yield Finding("wrong", said, todo)
    else:
        yield Finding("ok", said)


def _round(shell: Shell) -> Iterator[Finding]:
    plan = shell.plan()
    dates = cycle.current(cycle.held(shell.db, plan.id), plan, shell.today)
    note = f"（{cycle.DEFAULT_NOTE}）" if "due" in dates.defaults else ""
    yield Finding("ok", f"計画: {plan.title}（指標{len(plan.indicators)}件）")
    yield Finding("ok", f"照会: {era(dates.collection)}、提出期限 {dates.due.isoformat()}{note}")
    yield Finding("ok", stage_said(outlook(shell.db, plan, shell.today)))


def _people(shell: Shell) -> Iterator[Finding]:
    planners = departments.planners(shell.db)
    if len(planners) > 1:
        yield Finding("ok", f"企画担当 {len(planners)}人")
    else:
        yield Finding(
            "wrong",
            f"企画担当が{len(planners)}人です。自分の提出は自分で承認できません。",
            "`kpibot planner add U…` で2人以上にしてください。",
        )
    yield from _reach(shell)
    plan = shell.plan()
    owned = departments.owners(shell.db, plan.id, shell.today)
    missing = unowned(owned, plan)
    if missing:
        yield Finding(
            "wrong",
            f"担当課のない指標が{len(missing)}件あります（{'、'.join(missing[:5])}…）。",
            "`kpibot people load FILE` で担当を決めてください。",
        )
    else:
        yield Finding("ok", "すべての指標に担当課があります。")


def _reach(shell: Shell) -> Iterator[Finding]:
    """A department with neither channel nor members is reminded nowhere."""
    for department in departments.departments(shell.db, shell.today).values():
        if not departments.reachable(shell.db, department.id, shell.today):
            yield Finding(
                "wrong",
                f"{department.name}に担当者がいません。",
                "people ファイルの leads か members に書いてください。",
            )


def _posts(shell: Shell) -> Iterator[Finding]:
    channels = dict.fromkeys(each.channel for each in subscriptions(shell.db))
    if channels:
        yield Finding("ok", f"週報のチャンネル: {'、'.join(channels)}")
    else:
        yield Finding(
            "note",
            "週報のチャンネルがありません。",
            "`/kpi-admin 週報` で加えるか、people ファイルの digest_channels に書いてください。",
        )
    for trouble in troubles(shell.db, (shell.now() - LAPSES_TOLD).timestamp()):
        if trouble.state == "held":
            yield Finding("wrong", f"{TROUBLES['held']}。", trouble.reason)
            continue
        yield Finding(
            "note" if trouble.state == "skipped" else "wrong",
            f"{TROUBLES[trouble.state]}: {trouble.title}（{trouble.key}）{trouble.reason}",
            "チャンネル・ボットの参加・時計を確かめてください。",
        )
