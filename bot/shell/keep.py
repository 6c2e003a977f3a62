"""`kpibot backup`: a verified copy of the database in one file."""

from __future__ import annotations

from pathlib import Path

import click

from bot.shell.context import DATABASE, Shell
from store.backup import back_up


@click.command(help="データベースを1つのファイルに保存し、確かめる。動かしたままでよい")
@click.option(
    "--out", type=click.Path(path_type=Path), help="保存先（既定はデータフォルダの backups/）"
)
@click.pass_obj
def backup(shell: Shell, out: Path | None) -> None:
    """Copy the database to one file and verify the copy; the bot may go on meanwhile."""
    stamp = shell.now().strftime("%Y%m%d-%H%M%S")
    target = out or shell.data / "backups" / f"{Path(DATABASE).stem}-{stamp}.db"
    found = back_up(shell.db, target)
    click.echo(f"{target} に保存し、確かめました（{found.tables}表・{found.rows}行、整合性 ok）。")
