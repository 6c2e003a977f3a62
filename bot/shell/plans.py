"""`kpibot plan`: check a plan file, load it, show a plan."""

from __future__ import annotations

import json
from pathlib import Path

import click

from answers.overriding import overridden
from bot.shell.context import Shell
from bot.shell.drafting import draft_plan
from store import revisions, shelf, submissions
from store.db import writing
from store.plan import Plan
from store.plan_diff import check_links, diff, refuse_reread
from store.plan_file import builtin_plans, read_plan
from store.plan_json import plan_json


@click.group()
def plan() -> None:
    """計画ファイルを確かめる・読み込む・表示する。"""


plan.add_command(draft_plan)


@plan.command(help="計画ファイルの間違いをすべて言う")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say all that is wrong with a plan file, or that it is right."""
    found = read_plan(file)
    earlier = builtin_plans().get(found.predecessor or "")
    if earlier is not None:
        check_links(found, earlier)
    click.echo(f"{file}: 正しい計画ファイルです。{summary(found)}")


@plan.command(help="計画ファイル（または備え付けの計画の id）を読み込み、変更点を言う")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="変更点を表示するだけで読み込まない")
@click.pass_obj
def load(shell: Shell, file: str, dry_run: bool) -> None:
    """Load a plan FILE (or the id of a built-in plan) beside what is there; show what changes."""
    new = builtin_plans().get(file) or read_plan(Path(file))
    db = shell.made()
    earlier = shelf.predecessor(db, new)
    if earlier is not None:
        check_links(new, earlier)
    old = shelf.loaded(db, new.id) if new.id in shelf.plan_ids(db) else None
    said = diff(old, new).sentences if old else (f"新しい計画です。{summary(new)}",)
    if old:
        refuse_reread(old, new, submissions.given_for(db, new.id))
    for line in said:
        click.echo(line)
    for line in overridden(new, revisions.in_force(db, new.id)):
        click.echo(line)
    if dry_run:
        return
    with writing(db):
        loaded = shelf.put(db, shell.by(), new)
    click.echo("読み込みました。" if loaded else "変更はありません。")
    click.echo(f"いま答えに使う計画: {shelf.running_on(db, shell.today).title}")


@plan.command(help="計画を表示する（既定はいまの計画）")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON で表示する")
@click.pass_obj
def show(shell: Shell, name: str | None, as_json: bool) -> None:
    """Show a plan by its id (the current one by default)."""
    found = shell.plan(name)
    if as_json:
        click.echo(json.dumps(plan_json(found), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.title}（{found.id}）\n{summary(found)}")
    for goal in found.goals:
        click.echo(f"\n{goal.label} {goal.title}")
        for role, ids in (("数値目標", goal.targets), ("KPI", goal.kpis)):
            for number in ids:
                click.echo(f"  {role} {number} {found.by_id[number].name}")


def summary(found: Plan) -> str:
    """`指標68件・延べ78（数値目標16、KPI62）`."""
    targets = sum(len(goal.targets) for goal in found.goals)
    kpis = sum(len(goal.kpis) for goal in found.goals)
    return (
        f"指標{len(found.indicators)}件・延べ{targets + kpis}（数値目標{targets}、KPI{kpis}）"
        f"・目標{len(found.goals)}・施策{len(found.policies)}"
    )
