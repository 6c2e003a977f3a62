"""Reminders: to a department, what it still owes; to a planner, what waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.content import Block, Content, ask_button, button, cut
from answers.documented import baseline_said
from answers.facts import WEEKDAYS, show_day, values_said
from answers.layout import Part, compose, quiet, row, say
from answers.spans import Bold, Code, Line, line, one_line
from answers.words import SAMPLE
from schedules.days import UNSET, day_said, left_said
from store.cycle import DEFAULT_NOTE
from store.departments import Department
from store.fiscal import era
from store.plan import Plan
from store.standing import Outlook, Standing, State
from store.submissions import Submission
from store.workdays import working_days_between

# Up to here each indicator is a paragraph with its button; beyond it they would pass 50 blocks.
MOST_PARAGRAPHS = 20
TOGETHER = 10
# How much of a returned figure's reason is said; all of it stands in its form.
REASON_ALONE, REASON_TOGETHER = 200, 30
MOST_WAITING = 20


def owed_by(outlook: Outlook, department: str) -> list[Standing]:
    """What a department still has to give, in the plan's order."""
    return [
        standing
        for standing in outlook.standings.values()
        if standing.outstanding and standing.department and standing.department.id == department
    ]


def reminder(outlook: Outlook, department: Department) -> Content:
    """What a department owes, each with a button that opens its form.

    Its buttons carry `open_form:<indicator>` and `plan|indicator|collection`.
    """
    owed = owed_by(outlook, department.id)
    due = min((standing.due for standing in owed), default=outlook.cycle.due)
    return compose(
        [
            say(_heading(outlook, department, len(owed), due)),
            _together((_few if len(owed) <= MOST_PARAGRAPHS else _many)(outlook, owed, due)),
            _notes(outlook, owed),
        ]
    )


def _heading(outlook: Outlook, department: Department, count: int, due: date) -> Line:
    unset = UNSET if "due" in outlook.cycle.defaults and due == outlook.cycle.due else ""
    day = f"{show_day(due, outlook.today)} {WEEKDAYS[due.weekday()]}"
    when = f"提出期限 {day}{unset}、{left_said(due, outlook.today)}"
    return line(
        Bold(f"{era(outlook.cycle.collection)}実績: あと{count}件です"),
        f"（{department.name}・{when}）",
    )


def _together(parts: Sequence[Part]) -> Part:
    """As blocks they stand apart; as text they are one list."""
    blocks = tuple(block for part in parts for block in part.blocks)
    return Part(blocks, tuple(text for part in parts for text in part.lines))


def _few(outlook: Outlook, owed: Sequence[Standing], due: date) -> list[Part]:
    return [
        say(
            _item(outlook, each, due, REASON_ALONE),
            accessory=_form_button(outlook.plan, each, _verb(each)),
        )
        for each in owed
    ]


def _many(outlook: Outlook, owed: Sequence[Standing], due: date) -> list[Part]:
    parts = []
    for start in range(0, len(owed), TOGETHER):
        group = owed[start : start + TOGETHER]
        parts.append(say(*(_item(outlook, each, due, REASON_TOGETHER) for each in group)))
        parts.append(
            row(
                [
                    _form_button(outlook.plan, each, f"{each.indicator.id} {_verb(each)}")
                    for each in group
                ]
            )
        )
    return parts


def _item(outlook: Outlook, standing: Standing, due: date, most: int) -> Line:
    indicator = standing.indicator
    named = (Code(indicator.id), f" {indicator.name}　")
    own_due = f"（期限 {day_said(standing.due, outlook.today)}）" if standing.due != due else ""
    if standing.state == State.RETURNED and standing.last and standing.last.decision:
        reason = cut(one_line(standing.last.decision.reason or ""), most)
        return line(*named, Bold(State.RETURNED.value), f"「{reason}」{own_due}")
    return line(*named, f"{_previous(outlook.plan, standing)}{own_due}")


def _previous(plan: Plan, standing: Standing) -> str:
    if standing.latest:
        return f"前回 {values_said(standing.latest.proposal, standing.indicator)}"
    if any(series.baseline for series in standing.indicator.series):
        return f"現状値 {baseline_said(standing.indicator, plan)}"
    return "前回 —"


def _verb(standing: Standing) -> str:
    return "修正" if standing.state == State.RETURNED else "入力"


def _form_button(plan: Plan, standing: Standing, label: str) -> Block:
    indicator = standing.indicator.id
    value = f"{plan.id}|{indicator}|{standing.collection}"
    return button(label, f"open_form:{indicator}", value)


def _notes(outlook: Outlook, owed: Sequence[Standing]) -> Part | None:
    unset = "due" in outlook.cycle.defaults and any(s.due == outlook.cycle.due for s in owed)
    notes = [f"{UNSET} {DEFAULT_NOTE}"] if unset else []
    notes += [SAMPLE] if any(standing.sample for standing in owed) else []
    return quiet(*(line(note) for note in notes)) if notes else None


def nudge(plan: Plan, waiting: Sequence[Submission], today: date) -> Content:
    """What has waited for approval, oldest first."""
    lines = [
        line(
            Code(each.proposal.indicator),
            f" {_name(plan, each)}　{era(each.proposal.collection)}　{_waited(each, today)}営業日",
        )
        for each in sorted(waiting, key=lambda each: each.at)[:MOST_WAITING]
    ]
    more = len(waiting) - len(lines)
    lines += [line(f"ほか{more}件")] if more else []
    return compose(
        [
            say(line(Bold(f"承認を待っている提出が{len(waiting)}件あります"))),
            say(*lines),
            row([ask_button("確認中の一覧", State.PENDING.value)]),
            quiet(line(SAMPLE)) if any(each.sample for each in waiting) else None,
        ]
    )


def _name(plan: Plan, submission: Submission) -> str:
    """The indicator's name; one that a newer version of the plan dropped has none."""
    indicator = plan.by_id.get(submission.proposal.indicator)
    return indicator.name if indicator else "（計画にない指標）"


def _waited(submission: Submission, today: date) -> int:
    return working_days_between(date.fromisoformat(submission.at[:10]), today)
