"""On the Home tab: what a lead is to confirm, and who is away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers.asked import Asked
from answers.away import away_button, own_lines
from answers.content import button
from answers.layout import Part, compose, quiet, row, say
from answers.spans import Bold, line
from store.people import Act
from store.submissions import Submission


def to_confirm(asked: Asked, waiting: Sequence[Submission]) -> Iterator[Part]:
    """課長確認: what the departments submitted that this person leads, or stands in for."""
    mine = {d.id for d in asked.who.departments if asked.who.may(Act.CONFIRM, d)}
    found = [
        s for s in waiting if s.awaits_lead and s.department in mine and s.actor != asked.who.user
    ]
    if found:
        named = "、".join(s.proposal.indicator for s in found[:10])
        rest = f" ほか{len(found) - 10}件" if len(found) > 10 else ""
        yield say(line(Bold(f"課長確認するもの {len(found)}件"), f"　{named}{rest}"))
        yield row([button("確認の一覧を開く", "lead_queue", "-", "primary")])


def own_absence(asked: Asked) -> Part | None:
    """One's own absences, whose deputy one is today, and the way to the form; for leads and planners."""
    who = asked.who
    if not (who.admitted and (who.planner or who.leads or who.standing_in)):
        return None
    lines = own_lines(who.away, who.standing_in, asked.names, asked.outlook.today)
    shown = compose(
        (
            quiet(*lines) if lines else None,
            row([away_button()]) if who.planner or who.leads else None,
        )
    )
    return Part(shown.blocks, tuple(shown.text.splitlines()))
