"""`kpibot report`: the yearly report and the whole-period evaluation, as files."""

from __future__ import annotations

from pathlib import Path

import click

from bot.drawing_up import drawn_up
from bot.shell.context import Shell
from reports.charts import keep_fonts_in
from reports.progress.printing import FORMATS, Format, file_name, printed
from store import shelf
from store.acts import record
from store.db import writing
from store.errors import BadInput
from store.fiscal import era, read_year
from store.report_texts import Kind


@click.command(help="進捗状況報告書をファイルに書き出す。--whole で計画期間総括")
@click.option("--year", help="報告年度（例: R6）。省くと今の報告年度")
@click.option("--plan", "plan_id", help="計画のid。省くと今の計画")
@click.option("--whole", is_flag=True, help="計画期間の総括にする")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, "all"]),
    default="all",
    show_default=True,
    help="ファイルの形",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="保存先のファイル。all のときはフォルダ",
)
@click.pass_obj
def report(
    shell: Shell, year: str | None, plan_id: str | None, whole: bool, form: str, out: Path
) -> None:
    """Draw a report up and write it in one form, or all of them into a folder."""
    db = shell.readable
    plan = shelf.read(db, plan_id) if plan_id else shelf.running_on(db, shell.today)
    kind: Kind = "whole" if whole else "progress"
    made = drawn_up(db, plan, shell.today, kind, _year(shell, year))
    if shell.has_data:
        keep_fonts_in(shell.data / "charts" / "matplotlib")
    if form == "all":
        out.mkdir(parents=True, exist_ok=True)
    targets = [(f, out / file_name(made, f)) for f in FORMATS] if form == "all" else []
    for each, path in targets or [(_known(form), out)]:
        path.write_bytes(printed(made, each))
        click.echo(f"{path}: {plan.title} {made.title}を書き出しました。")
    if shell.has_data:
        with writing(db):
            subject = f"report:{plan.id}:{made.kind}:{era(made.year)}"
            record(db, shell.by(), "export", subject, "done")


def _known(form: str) -> Format:
    return next(each for each in FORMATS if each == form)


def _year(shell: Shell, words: str | None) -> int | None:
    if words is None:
        return None
    found = read_year(words, shell.today)
    if found is None:
        raise BadInput(f"「{words}」は年度として読めません。例: R6、令和6年度、2024", words)
    return found
