"""`kpibot digest`: a digest as it would stand now, printed, or put in the outbox."""

from __future__ import annotations

import click

from answers.ask import understand
from bot.shell.context import Shell
from schedules.digests.issue import make_digest, post_now
from schedules.digests.scoping import goal_scope
from schedules.scene import Stage, read_stage
from store import subscriptions
from store.db import writing
from store.errors import CannotRun, UnknownWords
from store.subscriptions import EVERYTHING, Rhythm, Scope, Subscription

ALL = "全体"


@click.command(help="いまの週報を表示する。または動いているボットに投稿させる")
@click.option("--channel", help="チャンネルの ID（既定は登録された週報すべて）")
@click.option("--scope", help="範囲: 全体、目標（例: 目標1）、または課の名前")
@click.option("--monthly", is_flag=True, help="週報でなく月報")
@click.option("--post", is_flag=True, help="表示せず、動いているボットに投稿させる")
@click.pass_obj
def digest(shell: Shell, channel: str | None, scope: str | None, monthly: bool, post: bool) -> None:
    """Print digests as they would stand now, or have the running bot post them.

    Without options all that are subscribed to; with some, one of a channel as they describe it.
    """
    stage = read_stage(shell.db, shell.today)
    if stage is None:
        raise CannotRun("計画がまだ読み込まれていません。`kpibot plan load` で読み込めます。")
    if channel or scope or monthly:
        about = _scope(shell, stage, scope or ALL)
        wanted = [_described(shell, channel or "", about, "monthly" if monthly else "weekly")]
    else:
        wanted = list(stage.scene.digests)
    if post and not all(each.channel for each in wanted or [Subscription("")]):
        raise CannotRun(
            "投稿するチャンネルがありません。--channel で指定するか、`/kpi-admin 週報` で加えてください。"
        )
    for each in wanted or [_described(shell, "", EVERYTHING, "weekly")]:
        _post(shell, stage, each) if post else _print(shell, stage, each)


def _print(shell: Shell, stage: Stage, each: Subscription) -> None:
    click.echo(make_digest(shell.db, stage, each).content.plain)


def _post(shell: Shell, stage: Stage, each: Subscription) -> None:
    with writing(shell.db):
        post_now(shell.db, stage, each, shell.now())
    click.echo(f"{each.channel} への週報を送信待ちに入れました。")


def _described(shell: Shell, channel: str, about: Scope, rhythm: Rhythm) -> Subscription:
    """The subscription as it holds, or one that begins now."""
    new = subscriptions.beginning(shell.db, Subscription(channel, about, rhythm, day=1))
    return subscriptions.named(shell.db, new.name) or new


def _scope(shell: Shell, stage: Stage, words: str) -> Scope:
    if words == ALL:
        return EVERYTHING
    plan = stage.outlook.plan
    try:
        found = understand(words, plan, stage.known.values(), shell.today)
    except UnknownWords:
        found = None
    if found and found.kind == "goal":
        return goal_scope(plan.id, found.ids[0])
    if found and found.kind == "department":
        return Scope("department", found.ids[0])
    raise CannotRun(f"「{words}」は目標でも課でもありません。例: --scope 目標1、--scope こども課")
