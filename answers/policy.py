"""A policy: its indicators, or a sentence where it has none."""

from __future__ import annotations

from answers.asked import Asked, counted, sample_note
from answers.content import Content, ask_button
from answers.follow import follow_button
from answers.layout import compose, heading, quiet, row, say
from answers.lines import entry_buttons, items
from answers.paging import paged, paging
from answers.shared import share_button
from answers.spans import line
from store.plan import Policy


def policy(asked: Asked) -> Content:
    """`施策 1-1 子育て支援の充実` with counts and each indicator in a few lines."""
    code = asked.intention.ids[0]
    found = next(p for p in asked.plan.policies if p.code == code)
    standings = asked.standings
    shown = paged(standings, asked)
    entries = entry_buttons(shown, asked, named=True)
    goals = [goal for goal in asked.plan.goals if code in goal.policies]
    served = "・".join(goal.label for goal in goals)
    links = [ask_button(goal.label, asked.words(goal.label)) for goal in goals]
    none = say(line("この戦略に、この施策の指標はありません。関連する目標からご覧ください。"))
    return compose(
        (
            heading(_title(found)),
            say(*counted(asked, standings)) if standings else none,
            *items(shown, asked),
            *paging(len(standings), asked, code),
            quiet(line(f"関連する目標: {served}")) if served else None,
            quiet(line(f"注: {found.note}")) if found.note else None,
            sample_note(shown),
            row(
                [*entries, *links, follow_button(asked, "policy", code), share_button(asked, code)]
            ),
        )
    )


def _title(found: Policy) -> str:
    """A code such as 全施策 says by itself what it is."""
    code = found.code if "施策" in found.code else f"施策 {found.code}"
    return f"{code} {found.name}"
