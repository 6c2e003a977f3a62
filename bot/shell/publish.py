"""`kpibot publish`: the static site of a collection that two planners decided to publish."""

from __future__ import annotations

from pathlib import Path

import click

from bot.shell.context import DATABASE, Shell
from bot.site_reading import read_site
from reports.charts import svg_of
from reports.site import folder as folders
from reports.site.pages import files_of
from store.acts import record
from store.db import kind_of, writing
from store.errors import CannotRun, UnknownWords
from store.fiscal import read_year


@click.command(help="公開を決定した年度のサイト（HTML・グラフ・オープンデータ）をフォルダに作る")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--plan", "name", help="計画の id（既定はいまの計画）")
@click.option("--year", help="報告年度（例 R6。既定は公開を決定した最も新しい年度）")
@click.option("--licence", default="", help="オープンデータの利用の条件（サイトに載せる文）")
@click.pass_obj
def publish(shell: Shell, folder: Path, name: str | None, year: str | None, licence: str) -> None:
    """Write the site of a published collection into FOLDER, in the place of an earlier one."""
    refuse_unless_live(shell)
    plan = shell.plan(name)
    site = read_site(shell.data / DATABASE, plan.id, _collection(shell, year), licence.strip())
    folders.refuse_strangers(folder.absolute())
    count = folders.publish(folder, files_of(site, svg_of))
    with writing(shell.db):
        record(shell.db, shell.by(), "publish", f"{plan.id}/{site.collection}", "done")
    click.echo(f"{folder}: {site.title} {site.year}実績のサイトを作りました（{count}ファイル）。")
    click.echo(f"{folder / 'index.html'} をブラウザーで開いて確かめてください。")


def refuse_unless_live(shell: Shell) -> None:
    """Raise CannotRun for a sandbox, whose figures are made up, and for what never ran live."""
    kind = kind_of(shell.db)
    if kind == "sandbox":
        raise CannotRun(
            "試用環境のデータ（サンプル）は公開できません。本番のデータフォルダを --data で指定してください。"
        )
    if kind is None:
        raise CannotRun(
            "このデータフォルダは本番としてまだ一度も動いていないため、公開できません。"
        )


def _collection(shell: Shell, year: str | None) -> int | None:
    if year is None:
        return None
    found = read_year(year, shell.today)
    if found is None:
        raise UnknownWords(f"--year「{year}」を年度として読めません。例: R6、令和6年度、2024", year)
    return found
