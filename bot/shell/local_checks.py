"""What the doctor finds in the database: its kind and history, the plan, the people, what waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from answers.stage_words import stage_said
from bot.shell import folder_checks, speech_checks
from bot.shell.context import DATABASE, Shell
from bot.shell.findings import Finding
from bot.shell.history import checked
from schedules.memory import troubles
from store import cycle, departments, shelf, upgrading
from store.db import kind_of
from store.errors import CannotRun
from store.fiscal import era
from store.owning import unowned
from store.standing import outlook
from store.subscriptions import subscriptions

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
    if damage := folder_checks.damage(shell):
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
    yield from folder_checks.copies(shell)
    yield from _round(shell)
    yield from _people(shell)
    yield from speech_checks.speech(shell)
    yield from _posts(shell)


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
