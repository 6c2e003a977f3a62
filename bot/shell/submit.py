"""`kpibot submit`: the operator enters a figure for somebody, with a reason; approval stays in Slack."""

from __future__ import annotations

import click

from answers.propose import propose
from answers.said import read_words
from bot import rounds
from bot.shell.acting_for import act_for
from bot.shell.context import Shell
from store.declared import declared
from store.errors import BadInput
from store.standing import outlook
from store.submissions import Proposal
from store.telling import values_said


@click.command(help="担当者に代わって実績値を提出する。例: 1-1b R6 12人 県の公表値")
@click.argument("words", nargs=-1, required=True)
@click.option("--as", "user", required=True, help="提出者の Slack 利用者 ID")
@click.option("--reason", required=True, help="端末から入力する理由（履歴に残る）")
@click.option("--odd", is_flag=True, help="気になる点（前回の10倍など）があっても提出する")
@click.pass_obj
def submit(shell: Shell, words: tuple[str, ...], user: str, reason: str, odd: bool) -> None:
    """Submit `INDICATOR YEAR VALUE [SOURCE]` as a member of the owning department."""
    if not reason.strip():
        raise BadInput("--reason に理由を書いてください。履歴に残ります。", reason)
    proposal = _proposed(shell, " ".join(words))
    if proposal.oddities and not odd:
        said = "\n".join(proposal.oddities)
        raise BadInput(f"{said}\n提出するときは --odd を付けてください。", " ".join(words))
    act_for(
        shell,
        user,
        reason,
        "submit_for",
        lambda by, person: rounds.enter(shell.db, by, person, proposal),
    )
    indicator = shell.plan().by_id[proposal.indicator]
    shown = values_said(proposal, indicator)
    click.echo(f"{indicator.id} {indicator.name} {shown} を提出しました（確認中）。")


def _proposed(shell: Shell, typed: str) -> Proposal:
    plan = shell.plan()
    read = read_words(typed, plan, shell.today)
    if read.indicator is None or read.value is None:
        raise BadInput(
            "指標・年度・値を続けて入力してください。例: `1-1b R6 12人 県の公表値`", typed
        )
    seen = outlook(shell.db, plan, shell.today, read.collection, [read.indicator.id])
    standing = seen.standings[read.indicator.id]
    proposal = propose(
        plan,
        declared(shell.db, plan, read.indicator),
        standing.collection,
        read.value,
        shell.today,
        typed,
        period=read.period,
        source=read.source,
        standing=standing,
        part=read.part,
    )
    if proposal.kind == "actual" and proposal.period is None:
        raise BadInput("何年度の値かを添えてください。例: `1-1b R6 12人 R5の値`", typed)
    return proposal
