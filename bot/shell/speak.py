"""`kpibot digest`: the digest as it would stand now, printed, or put in the outbox."""

from __future__ import annotations

import click

from answers.content import unescape
from bot.shell.context import Shell
from schedules.scene import make_digest, read_stage
from store import outbox, settings
from store.db import writing
from store.errors import CannotRun


@click.command(help="いまの週報を表示する。または動いているボットに投稿させる")
@click.option("--channel", help="チャンネルの ID（既定は週報のチャンネルすべて）")
@click.option("--post", is_flag=True, help="表示せず、動いているボットに投稿させる")
@click.pass_obj
def digest(shell: Shell, channel: str | None, post: bool) -> None:
    """Print the weekly digest as it would stand now, or have the running bot post it."""
    stage = read_stage(shell.db, shell.today)
    if stage is None:
        raise CannotRun("計画がまだ読み込まれていません。`kpibot plan load` で読み込めます。")
    channels = [channel] if channel else list(settings.digest_channels(shell.db))
    if post and not channels:
        raise CannotRun(
            "週報のチャンネルがありません。--channel か people ファイルで指定してください。"
        )
    for each in channels or [""]:
        made = make_digest(shell.db, stage, each)
        if not post:
            click.echo(unescape(made.content.text))
            continue
        now = shell.now()
        key = f"digest-asked:{now.strftime('%Y%m%dT%H%M%S')}:{each}"
        with writing(shell.db):
            outbox.enqueue(
                shell.db, key, each, "週報（随時）", made.content.message, now.timestamp()
            )
        click.echo(f"{each} への週報を送信待ちに入れました。")
