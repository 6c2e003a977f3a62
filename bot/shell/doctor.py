"""`kpibot doctor`: what is set, unset and wrong, each with what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

import click

from bot.shell import folder_checks, local_checks, slack_checks
from bot.shell.context import Shell
from bot.shell.findings import Finding
from bot.shell.history import history as examine_history
from store.errors import CannotRun


@click.command(help="設定・データ・担当・Slack との接続を調べ、直し方を言う")
@click.option(
    "--history", is_flag=True, help="履歴が改ざんされていないかだけを、端から端まで調べる"
)
@click.option(
    "--head",
    "heads",
    metavar="番号",
    multiple=True,
    help="週報やバックアップの控えにある照合番号が、履歴の中にあるかも調べる（何度でも）",
)
@click.pass_obj
def doctor(shell: Shell, history: bool, heads: tuple[str, ...]) -> None:
    """Check tokens, database, plan, people, channels, clock and what waits to be posted.

    Of history, check every row instead. Nothing is changed by it.
    """
    # What can't be opened is a finding.
    with suppress(CannotRun):
        shell.only_look()
    only_history = history or heads
    tell(examine_history(shell.db, heads, shell.data) if only_history else examine(shell))


def tell(findings: Iterable[Finding]) -> None:
    """One by one, then how many are wrong. Exit code 1 when any is."""
    wrong = 0
    for finding in findings:
        click.echo(str(finding))
        wrong += finding.state == "wrong"
    click.echo(f"問題は{wrong}件です。" if wrong else "問題はありません。")
    if wrong:
        sys.exit(1)


def examine(shell: Shell) -> Iterator[Finding]:
    """Every finding, in the order an operator would look."""
    yield folder_checks.sqlite()
    yield from folder_checks.folder(shell.data)
    yield from local_checks.database(shell)
    yield from slack_checks.slack(shell)
