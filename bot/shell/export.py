"""`kpibot export`: what the database holds, as files."""

from __future__ import annotations

from pathlib import Path

import click

from answers.ledger_csv import ledger_csv
from bot.looking_back import reader_for, sought_in, wanted_by
from bot.shell.context import Shell
from store import ledger
from store.acts import record
from store.db import writing
from store.errors import BadInput
from store.people import Who


@click.group()
def export() -> None:
    """データベースの中身をファイルに書き出す。"""


@export.command(help="履歴（だれが・いつ・何を・なぜ）をCSVに書き出す。例: こども課 今年度")
@click.argument("words", nargs=-1)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="保存先"
)
@click.pass_obj
def history(shell: Shell, words: tuple[str, ...], out: Path) -> None:
    """Write the current plan's history to a file, narrowed down by the words of `/kpi-admin 履歴`."""
    db, plan, today, said = shell.db, shell.plan(), shell.today, " ".join(words)
    sought = sought_in(db, plan, said, today)
    if sought.unknown:
        raise BadInput(f"「{' '.join(sought.unknown)}」は絞り込みの言葉として読めません。", said)
    events = ledger.events(db, wanted_by(db, plan, sought, today))
    operator = Who("shell", "member", planner=True)
    out.write_bytes(ledger_csv(events, reader_for(db, plan, operator, today)))
    with writing(db):
        record(db, shell.by(), "export", f"ledger:{sought.words}", "done")
    click.echo(f"{out}: 履歴{len(events)}件を書き出しました。")
