"""On an indicator's answer: what its department wrote of the year, and what the bodies said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers.asked import Asked
from answers.content import Block, ask_button, cut
from answers.effort_form import effort_button, written_lines
from answers.facts import show_day
from answers.layout import Part, say
from answers.opinion_lines import MOST_SHOWN, WORD, state_said
from answers.spans import Bold, Line, line, one_line
from store.fiscal import era
from store.people import Act
from store.plan import Goal
from store.remarks import Effort, Opinion, Subject, body_name
from store.standing import Standing

MOST_OPINIONS = 2


def efforts_part(standing: Standing, asked: Asked) -> Part | None:
    """取組内容 of the newest year that this person may read of, and which others there are."""
    return _efforts([each for each in asked.beside.efforts if _shown(each, standing, asked)])


def of_goal(goal: Goal, asked: Asked) -> Iterator[Part | None]:
    """What the planning section wrote of a goal, and what the bodies said of it."""
    year = asked.outlook.cycle.collection
    yield _efforts([each for each in asked.beside.efforts if each.collection <= year])
    yield opinions_part(goal.label, asked)


def goal_entry(goal: Goal, asked: Asked) -> Iterator[Block]:
    """取組内容を書く, for planners."""
    if asked.who.may(Act.REFLECT) and not asked.intention.elsewhere:
        subject = Subject("goal", goal.id)
        yield effort_button(asked.plan.id, subject, asked.outlook.cycle.collection)


def _efforts(there: Sequence[Effort]) -> Part | None:
    if not there:
        return None
    newest, *older = there
    years = "・".join(era(each.collection) for each in older)
    return say(
        line(Bold(f"取組内容 {era(newest.collection)}")),
        *written_lines(newest),
        line(f"ほかに{years}の記入があります（年度を付けて聞くと表示します）。") if older else (),
    )


def opinions_part(called: str, asked: Asked) -> Part | None:
    """意見 of the newest years, open ones first, each with what was done; all stand in their list.

    `called` are the words by which that list asks for what they are about.
    """
    there = sorted(asked.beside.opinions, key=lambda o: (o.answer is not None, -o.number))
    if not there:
        return None
    lines = [said for each in there[:MOST_OPINIONS] for said in _opinion(each, asked)]
    left = len(there) - MOST_OPINIONS
    return say(
        line(Bold(f"{WORD} {len(there)}件")),
        *lines,
        line(f"ほか{left}件") if left > 0 else (),
        accessory=ask_button("意見を見る", f"{WORD} {called}"),
    )


def effort_entry(standing: Standing, asked: Asked) -> Iterator[Block]:
    """取組内容を書く, for those who may, once the year that it is about is over."""
    ready = standing.latest is not None or asked.outlook.cycle.open_on(asked.outlook.today)
    if ready and asked.who.may(Act.REFLECT, standing.department):
        subject = Subject("indicator", standing.indicator.id)
        yield effort_button(asked.plan.id, subject, standing.collection)


def efforts_of_approved(standing: Standing, asked: Asked) -> list[Effort]:
    """What was written of years whose figure is approved, the newest first: it may be told anybody."""
    return [each for each in asked.beside.efforts if each.collection in standing.settled]


def _shown(effort: Effort, standing: Standing, asked: Asked) -> bool:
    """What is written of a year whose figure is not approved yet may tell of that figure."""
    if effort.collection > standing.collection:
        return False
    approved = effort in efforts_of_approved(standing, asked)
    return approved or standing.shows_pending_to(asked.who)


def _opinion(opinion: Opinion, asked: Asked) -> Iterator[Line]:
    today = asked.outlook.today
    body = body_name(opinion.body, asked.plan.labels)
    day = show_day(opinion.held_on, today)
    said = cut(one_line(opinion.text), MOST_SHOWN)
    yield line(f"{era(opinion.collection)} {body}（{day}）「{said}」")
    if opinion.answer:
        yield line(f"　対応: {cut(one_line(opinion.answer.text), MOST_SHOWN)}")
    else:
        yield line(f"　{state_said(opinion, today)}")
