"""A nudge: what waits for a planner's approval or a lead's 課長確認, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.content import ask_button, button
from answers.layout import Part, quiet, row, say
from answers.spans import Bold, Code, line
from answers.words import SAMPLE
from schedules.waiting import since
from store.fiscal import era
from store.plan import Plan
from store.standing import State
from store.submissions import Submission
from store.workdays import working_days_between

MOST_WAITING = 20


def nudge(
    plan: Plan, waiting: Sequence[Submission], today: date, confirm: bool = False
) -> list[Part | None]:
    """What has waited, oldest first; for `confirm` as a lead is told, else as a planner is."""
    lines = [
        line(
            Code(each.proposal.indicator),
            f" {_name(plan, each)}　{era(each.proposal.collection)}　",
            f"{working_days_between(since(each), today)}営業日",
        )
        for each in sorted(waiting, key=since)[:MOST_WAITING]
    ]
    more = len(waiting) - len(lines)
    lines += [line(f"ほか{more}件")] if more else []
    what = "課長確認" if confirm else "承認"
    there = (
        button("確認の一覧を開く", "lead_queue", "-")
        if confirm
        else ask_button("確認中の一覧", State.PENDING.value)
    )
    return [
        say(line(Bold(f"{what}を待っている提出が{len(waiting)}件あります"))),
        say(*lines),
        row([there]),
        quiet(line(SAMPLE)) if any(each.sample for each in waiting) else None,
    ]


def _name(plan: Plan, submission: Submission) -> str:
    """The indicator's name; one that a newer version of the plan dropped has none."""
    indicator = plan.by_id.get(submission.proposal.indicator)
    return indicator.name if indicator else "（計画にない指標）"
