"""`kpibot memo`: one indicator or goal in plain text, every number with its source."""

from __future__ import annotations

import click

from bot.memos import memo_of
from bot.shell.context import Shell


@click.command(help="指標・目標・施策の答弁メモ（承認日・課・出典付きの文）を表示する")
@click.argument("words", nargs=-1, required=True)
@click.option("--year", default="", help="報告年度（例 R6。既定はいまの報告年度）")
@click.pass_obj
def memo(shell: Shell, words: tuple[str, ...], year: str) -> None:
    """Print the memo of one indicator, goal or policy: approved values only."""
    click.echo(memo_of(shell.readable, " ".join((*words, year)).strip(), shell.today))
