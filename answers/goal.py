"""A goal: its direction, headline targets and KPIs, and the policies that serve it."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked, counted, sample_note
from answers.content import Content, ask_button
from answers.follow import follow_button
from answers.layout import Part, compose, heading, quiet, row, say
from answers.lines import due_note, entry_buttons, items
from answers.paging import paged, paging
from answers.remarked import goal_entry, of_goal
from answers.spans import Bold, line
from store.plan import Goal
from store.standing import Standing


def goal(asked: Asked) -> Content:
    """`基本目標3 …` with counts, the document's 方向性 and each indicator in a few lines."""
    found = next(g for g in asked.plan.goals if g.id == asked.intention.ids[0])
    shown = paged(asked.standings, asked)
    first = asked.intention.page == 1
    return compose(
        (
            heading(f"{found.label} {found.title}"),
            say(*counted(asked, asked.standings)),
            quiet(line(f"方向性: {found.direction}")) if first and found.direction else None,
            *_by_role(found, shown, asked),
            due_note(shown, asked),
            *paging(len(asked.standings), asked, found.label),
            *(_around(found, asked) if first else ()),
            *(of_goal(found, asked) if first else ()),
            sample_note(shown),
            row(
                [
                    *entry_buttons(shown, asked, named=True),
                    follow_button(asked, "goal", found.id),
                    *goal_entry(found, asked),
                ]
            ),
        )
    )


def _by_role(found: Goal, shown: tuple[Standing, ...], asked: Asked) -> Iterator[Part]:
    """Headline targets, then KPIs; one that is both stands with the targets."""
    targets = [s for s in shown if s.indicator.id in found.targets]
    others = [s for s in shown if s.indicator.id not in found.targets]
    for title, group in (("数値目標", targets), ("KPI", others)):
        if group:
            yield say(line(Bold(title)))
            yield from items(group, asked, note=False)


def _around(found: Goal, asked: Asked) -> Iterator[Part]:
    """What the document says of the goal besides its figures."""
    names = {p.code: p.name for p in asked.plan.policies}
    policies = [f"{code} {names[code]}" for code in found.policies if code in names]
    if policies:
        yield quiet(line(f"主な関連施策: {'、'.join(policies)}"))
        yield row([ask_button(code, asked.words(code)) for code in found.policies if code in names])
    if found.evaluation:
        yield quiet(line(f"評価: {found.evaluation}"))
    if found.note:
        yield quiet(line(f"注: {found.note}"))
