"""`kpibot submit`: the operator enters a figure for somebody, with a reason; approval stays in Slack."""

from __future__ import annotations

from dataclasses import replace

import click

from answers.propose import propose, read_words
from bot import rounds
from bot.shell.context import Shell
from store.acts import By, record
from store.db import writing
from store.errors import BadInput
from store.people import who
from store.showing import show_values
from store.standing import outlook


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--as", "user", required=True, help="提出者の Slack 利用者 ID")
@click.option("--reason", required=True, help="端末から入力する理由（履歴に残る）")
@click.pass_obj
def submit(shell: Shell, words: tuple[str, ...], user: str, reason: str) -> None:
    """Submit `INDICATOR YEAR VALUE [SOURCE]` as a member of the owning department."""
    typed = " ".join(words)
    plan = shell.plan()
    read = read_words(typed, plan, shell.today)
    if read.indicator is None or read.value is None:
        raise BadInput(
            "指標・年度・値を続けて入力してください。例: `1-1b R6 12人 県の公表値`", typed
        )
    seen = outlook(shell.db, plan, shell.today, read.collection, [read.indicator.id])
    standing = seen.standings[read.indicator.id]
    before = standing.latest.proposal.values if standing.latest else None
    proposal = propose(
        plan,
        read.indicator,
        standing.collection,
        read.value,
        shell.today,
        typed,
        source=read.source,
        previous=before,
    )
    by = By(user, shell.now(), "shell", f"{shell.by().actor}: {reason}")
    with writing(shell.db):
        record(shell.db, replace(by, actor=shell.by().actor), "submit_for", user, "done")
        submitted = rounds.enter(shell.db, by, who(shell.db, user, "member", shell.today), proposal)
    shown = show_values(submitted.proposal.values, read.indicator)
    click.echo(f"{read.indicator.id} {read.indicator.name} {shown} を提出しました（確認中）。")
