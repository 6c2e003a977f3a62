"""`kpibot people load` and `kpibot planner add`: who belongs where, before anybody can say it in Slack."""

from __future__ import annotations

import re
from pathlib import Path

import click

from bot.shell.context import Shell
from store import departments
from store.db import writing
from store.errors import BadInput, PlanMistakes
from store.owning import unowned
from store.people_file import USER, load_people, parse_people


@click.group()
def people() -> None:
    """担当課・担当者・企画担当・週報のチャンネル。"""


@people.command(help="担当者ファイルを読み込む")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def load(shell: Shell, file: Path) -> None:
    """Load a people FILE: planners, departments, members, assignments and channels."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise PlanMistakes(
            (f"{file.absolute()}: ファイルが見つかりません。置き場所と名前を確かめてください。",)
        ) from error
    except UnicodeDecodeError as error:
        raise PlanMistakes((f"{file}: UTF-8 で保存してください。",)) from error
    plan = shell.plan()
    data = parse_people(text, str(file), plan)
    before = _rows(shell)
    with writing(shell.db):
        load_people(shell.db, shell.by(), data, plan)
    today = shell.today
    owned = departments.owners(shell.db, plan.id, today)
    missing = unowned(owned, plan)
    changed = _rows(shell) - before
    click.echo(f"読み込みました（変更{changed}件）。" if changed else "変更はありません。")
    click.echo(
        f"いまの登録: 企画担当{len(departments.planners(shell.db))}人、"
        f"担当課{len(departments.departments(shell.db, today))}課"
    )
    if missing:
        click.echo(f"担当課のない指標が{len(missing)}件あります: {'、'.join(missing)}")


def _rows(shell: Shell) -> int:
    """How much history of people there is."""
    tables = ("planners", "departments", "memberships", "assignments", "settings")
    return sum(shell.db.table(table).count for table in tables)


@click.group()
def planner() -> None:
    """企画担当（承認する人）。"""


@planner.command(help="Slack の利用者 ID（U0123ABCD など）を企画担当にする")
@click.argument("user")
@click.pass_obj
def add(shell: Shell, user: str) -> None:
    """Make the Slack USER (an id such as U0123ABCD) a planner."""
    if not re.match(USER, user):
        raise BadInput(f"「{user}」は Slack の利用者 ID ではありません（例: U0123ABCD）。", user)
    with writing(shell.db):
        departments.make_planner(shell.db, shell.by(), user)
    click.echo(f"{user} は企画担当です。")
