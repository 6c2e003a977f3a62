"""`kpibot import`: figures of earlier years out of a table, looked at first, approved in Slack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from answers.importing.columns import find_table
from answers.importing.findings import Findings, judge, told
from answers.importing.kinds import FIGURES
from answers.importing.rows import Entry, Unread, read_rows
from answers.sheet_rows import Refuse
from bot import rounds
from bot.proposals import reportable_years
from bot.shell.acting_for import act_for, person_of
from bot.shell.context import Shell
from bot.shell.tables import chosen_in, table_in
from reports.sheet.reading import read_tables
from store import locks
from store.declared import declared
from store.errors import BadInput
from store.fiscal import era
from store.people import Act, Who, refusal
from store.plan import Plan
from store.standing import Outlook, Standing, outlook

LOCKED = "締められている年度です。値を改めるときは Slack の `/kpi-admin 訂正` を使ってください。"


@click.command("import", help="過去の実績の表（Excel・CSV）を読み、何が入るかを見る・提出する")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--plan", "name", help="計画の id（既定はいまの計画）")
@click.option("--sheet", help="表のあるシートの名前（1枚だけなら要らない）")
@click.option(
    "--column", "columns", multiple=True, help="列の指定。例: 指標名=事業指標 R4=2022実績"
)
@click.option("--submit", is_flag=True, help="見るだけでなく提出する（承認は Slack で）")
@click.option("--as", "user", help="提出者の Slack 利用者 ID（--submit のとき）")
@click.option("--reason", help="端末から入力する理由（履歴に残る。--submit のとき）")
@click.option("--odd", is_flag=True, help="要確認の値も提出する")
@click.pass_obj
def import_(
    shell: Shell,
    file: Path,
    name: str | None,
    sheet: str | None,
    columns: tuple[str, ...],
    submit: bool,
    user: str | None,
    reason: str | None,
    odd: bool,
) -> None:
    """Show what FILE would change in the ledger; with --submit, submit it for approval."""
    if submit and not (user and (reason or "").strip()):
        raise BadInput("--submit には --as（提出者）と --reason（理由）が要ります。")
    plan = shell.plan(name)
    person = person_of(shell, user) if user else None
    page, found = find_table(
        read_tables(table_in(file)), sheet, chosen_in(columns), shell.today, FIGURES
    )
    entries, unread = read_rows(page, found, plan, shell.today)
    findings = _judged(shell, plan, person, entries, unread)
    for line in told(findings, found):
        click.echo(line)
    if page.cut:
        click.echo("表が長いため、途中までしか読んでいません。ファイルを分けてください。")
    if submit and user and reason:
        click.echo(_submit(shell, user, reason, findings, odd))


def _judged(
    shell: Shell,
    plan: Plan,
    person: Who | None,
    entries: Iterable[Entry],
    unread: tuple[Unread, ...],
) -> Findings:
    there = tuple(entries)
    years = set(reportable_years(plan, shell.today)) & {each.collection for each in there}
    outlooks = {year: _outlook(shell, plan, year, there) for year in years}
    locked = {year for year in years if locks.lock_of(shell.db, plan.id, year) is not None}
    return judge(there, unread, outlooks, _refuse(person, locked))


def _outlook(shell: Shell, plan: Plan, year: int, entries: Iterable[Entry]) -> Outlook:
    """How the table's indicators stand in a year, each counted as its definition card says."""
    ids = list(dict.fromkeys(each.indicator for each in entries if each.collection == year))
    seen = outlook(shell.db, plan, shell.today, year, ids)
    standings = {
        each: replace(standing, indicator=declared(shell.db, plan, standing.indicator))
        for each, standing in seen.standings.items()
    }
    return replace(seen, standings=standings)


def _refuse(person: Who | None, locked: set[int]) -> Refuse:
    """Why a figure may not be entered now; None where it may, or nobody in particular asks."""

    def why(standing: Standing) -> str | None:
        if standing.collection in locked:
            return f"{era(standing.collection)}は{LOCKED}"
        if person is None or person.may(Act.PROXY) or person.may(Act.SUBMIT, standing.department):
            return None
        return refusal(person, Act.SUBMIT, standing.department)

    return why


def _submit(shell: Shell, user: str, reason: str, findings: Findings, odd: bool) -> str:
    """All that can be submitted, or nothing."""
    proposals = findings.proposals(odd)
    if not proposals:
        return "提出できる値がないため、何も提出していません。"
    entered = act_for(
        shell,
        user,
        reason,
        "import_for",
        lambda by, person: rounds.enter_all(shell.db, by, person, proposals),
    )
    return f"{len(entered)}件を提出しました（確認中）。承認は Slack の `/kpi-admin 承認` から行います。"
