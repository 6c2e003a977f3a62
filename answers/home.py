"""The Home tab: what waits for me, then the strategy at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from answers.admin_menu import admin_button
from answers.asked import Asked, counted, sample_note
from answers.content import Block, ask_button
from answers.facts import day_of, deadline_said, department_of, due_said
from answers.followed import followed
from answers.home_duties import own_absence, to_confirm
from answers.home_opinions import to_answer
from answers.home_proposals import Proposals, to_agree
from answers.layout import Part, compose, heading, quiet, row, rule, say
from answers.lines import entry_button
from answers.opinion_lines import Opinions
from answers.overview import dates_ahead, goal_lines, stage_line
from answers.own_notices import Notices, kept_here, own_choice
from answers.spans import Bold, Code, Line, line, one_line, sentence
from answers.words import marked_state
from store.fiscal import era
from store.standing import Standing, State
from store.submissions import Submission
from store.telling import values_said

MOST_SHOWN = 10
NOTHING = "いま対応が必要なものはありません。"


def home(
    asked: Asked,
    waiting: Sequence[Submission],
    opinions: Opinions | None = None,
    notices: Notices | None = None,
    proposals: Proposals | None = None,
) -> dict[str, Any]:
    """The view for `asked.who`. `asked` holds the whole plan; `waiting` is what is 確認中, oldest first;
    `opinions` are those that nobody has answered, `notices` how the person is told, `proposals`
    what waits for a second planner.
    """
    cycle = asked.outlook.cycle
    tasks = [*_to_do(asked), *to_confirm(asked, waiting), *_to_approve(asked, waiting)]
    tasks += to_agree(asked, proposals) if proposals else ()
    tasks += to_answer(opinions) if opinions else ()
    due = f"{era(cycle.collection)}実績 {deadline_said(cycle.due, asked.outlook)}"
    return _view(
        (
            heading("あなたの対応待ち"),
            None if asked.outlook.ended and not tasks else say(line(due)),
            quiet(stage) if (stage := stage_line(asked)) else None,
            *(tasks or [say(line(NOTHING))]),
            *kept_here(notices, asked.outlook.today),
            *followed(asked),
            own_absence(asked),
            *own_choice(notices),
            rule(),
            *_at_a_glance(asked),
            row(
                [
                    ask_button("全体", era(cycle.collection)),
                    ask_button("未提出", State.MISSING),
                    ask_button("使い方", "ヘルプ"),
                ]
            ),
        )
    )


def refused_home(said: str) -> dict[str, Any]:
    """The view for somebody who may not ask."""
    return _view((say(sentence(said)),))


def _view(parts: Sequence[Part | None]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(compose(parts).blocks)}


def _to_do(asked: Asked) -> Iterator[Part]:
    """What the person's departments owe: first what was sent back, then what was never given."""
    mine = [
        s
        for s in asked.outlook.standings.values()
        if s.outstanding and asked.who.belongs_to(s.department)
    ]
    returned = [s for s in mine if s.state == State.RETURNED]
    missing = sorted((s for s in mine if s not in returned), key=lambda s: s.due)
    for title, found in (("修正するもの（差戻し）", returned), ("提出するもの", missing)):
        if found:
            items = [_owed(standing, asked) for standing in found[:MOST_SHOWN]]
            yield from _group(title, len(found), items, _departments_of(found))


def _owed(standing: Standing, asked: Asked) -> Part:
    indicator, last = standing.indicator, standing.last
    named = line(f"{marked_state(standing.state)}　", Bold(indicator.name), " ", Code(indicator.id))
    lines: list[Line] = [named]
    if standing.state == State.RETURNED and last and last.decision and last.decision.reason:
        lines.append(line(f"理由: {one_line(last.decision.reason)}"))
    if standing.due != asked.outlook.cycle.due:
        lines.append(line(due_said(standing, asked.outlook)))
    before = values_said(standing.latest.proposal, indicator) if standing.latest else "—"
    lines.append(line(f"前回 {before}"))
    return say(*lines, accessory=entry_button(standing, asked, named=False))


def _departments_of(found: Sequence[Standing]) -> list[Block]:
    owning = {s.department.id: s.department.name for s in found if s.department}
    several = len(owning) > 1
    return [
        ask_button(f"すべて見る（{name}）" if several else "すべて見る", key)
        for key, name in owning.items()
    ]


def _to_approve(asked: Asked, waiting: Sequence[Submission]) -> Iterator[Part]:
    """What this planner can decide: nobody approves their own."""
    if not asked.who.planner:
        return
    found = [s for s in waiting if s.actor != asked.who.user and not s.awaits_lead]
    if found:
        items = [_given(submission, asked) for submission in found[:MOST_SHOWN]]
        everything = [admin_button("承認の一覧を開く", "承認")]
        yield from _group("承認するもの", len(found), items, everything)


def _given(submission: Submission, asked: Asked) -> Part:
    proposal = submission.proposal
    standing = asked.outlook.standings[proposal.indicator]
    indicator, year = standing.indicator, era(proposal.collection)
    who = asked.names.get(submission.actor, submission.actor)
    given = f"{department_of(submission)} {who}"
    return say(
        line(Bold(values_said(proposal, indicator)), f" {indicator.name} ", Code(indicator.id)),
        line(f"{year}実績　{given} {day_of(submission.at, asked.outlook.today)}提出"),
        accessory=ask_button(f"{indicator.id} を見る", f"{indicator.id} {year}"),
    )


def _group(
    title: str, count: int, items: Sequence[Part], everything: Sequence[Block]
) -> Iterator[Part]:
    """A counted heading, the first few, and the way to all of them."""
    left = count - len(items)
    yield say(line(Bold(f"{title} {count}件")))
    yield from items
    if left:
        yield quiet(line(f"ほか{left}件"))
    yield row(everything)


def _at_a_glance(asked: Asked) -> Iterator[Part | None]:
    everything, goals = tuple(asked.outlook.standings.values()), asked.plan.goals
    yield heading(asked.plan.title)
    yield say(*counted(asked, everything))
    for goal in goals:
        yield say(*goal_lines(goal, asked), accessory=ask_button(goal.label, goal.label))
    yield dates_ahead(asked)
    yield sample_note(everything)
