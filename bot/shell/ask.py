"""`kpibot ask`: the same words as `/kpi`, in the shell."""

from __future__ import annotations

import json

import click

from answers.as_json import ask_json
from answers.content import unescape
from answers.reply import settle
from bot.reading import read, told
from bot.shell.context import Shell
from store.people import Who


@click.command(help="/kpi と同じ言葉で聞く。確認中の値は表示しない")
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="JSON で表示する")
@click.pass_obj
def ask(shell: Shell, words: tuple[str, ...], as_json: bool) -> None:
    """Ask as after `/kpi`; values that wait for approval are not shown."""
    db = shell.readable
    found = read(db, " ".join(words), shell.today)
    said = told(db, found, Who("shell", "member"))
    if as_json:
        settled = settle(found.intention, found.outlook)
        click.echo(json.dumps(ask_json(settled, said), ensure_ascii=False, indent=2))
    else:
        click.echo(unescape(said.text))
