"""`kpibot plan draft`: the first draft of a plan file, out of a list of indicators."""

from __future__ import annotations

from pathlib import Path

import click

from answers.drafting.listed import read_list
from answers.drafting.toml import draft
from answers.importing.columns import find_table
from answers.importing.kinds import INDICATORS
from bot.shell.context import Shell
from bot.shell.tables import chosen_in, table_in
from reports.sheet.reading import read_tables
from store.errors import BadInput, PlanMistakes
from store.plan_file import parse_plan


@click.command("draft", help="指標の一覧（Excel・CSV）から計画ファイルの下書きを作る")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="保存先"
)
@click.option("--sheet", help="一覧のあるシートの名前（1枚だけなら要らない）")
@click.option("--column", "columns", multiple=True, help="列の指定。例: 指標名=事業指標")
@click.pass_obj
def draft_plan(
    shell: Shell, file: Path, out: Path, sheet: str | None, columns: tuple[str, ...]
) -> None:
    """Write a draft of the list in FILE, and say what is still to be written."""
    pages = read_tables(table_in(file))
    page, found = find_table(pages, sheet, chosen_in(columns), shell.today, INDICATORS)
    listed = read_list(page, found, shell.today)
    if not listed.indicators:
        raise BadInput("一覧に指標が1つもありません。見出しの下に指標名を書いてください。")
    text = draft(listed)
    try:
        with out.open("x", encoding="utf-8") as there:
            there.write(text)
    except FileExistsError as error:
        raise BadInput(f"{out} はすでにあります。別の名前にしてください。", str(out)) from error
    except OSError as error:
        raise BadInput(f"{out.absolute()} に書けません（{error.strerror}）。", str(out)) from error
    click.echo(
        f"{out}: 指標{len(listed.indicators)}件、目標{len(listed.goals)}、"
        f"施策{len(listed.policies)} の下書きを作りました。"
    )
    if page.cut:
        click.echo("一覧が長いため、途中までしか読んでいません。ファイルを分けてください。")
    for mistake in _left(text, out.name):
        click.echo(f"  {mistake}")


def _left(text: str, name: str) -> tuple[str, ...]:
    """What `plan check` would say of it."""
    try:
        parse_plan(text, name)
    except PlanMistakes as mistakes:
        return ("このあと書くこと:", *mistakes.mistakes)
    return ()
