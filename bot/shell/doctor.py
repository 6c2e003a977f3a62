"""`kpibot doctor`: what is set, unset and wrong, each with what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from bot.shell import local_checks, slack_checks
from bot.shell.context import Shell
from bot.shell.findings import Finding


@click.command(help="設定・データ・担当・Slack との接続を調べ、直し方を言う")
@click.pass_obj
def doctor(shell: Shell) -> None:
    """Check tokens, database, plan, people, channels, clock and what waits to be posted."""
    findings = list(examine(shell))
    for finding in findings:
        click.echo(str(finding))
    wrong = sum(f.state == "wrong" for f in findings)
    click.echo(f"問題は{wrong}件です。" if wrong else "問題はありません。")
    if wrong:
        sys.exit(1)


def examine(shell: Shell) -> Iterator[Finding]:
    """Every finding, in the order an operator would look."""
    yield local_checks.sqlite()
    yield from local_checks.folder(shell.data)
    yield from local_checks.database(shell)
    yield from slack_checks.slack(shell)
