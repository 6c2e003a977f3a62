"""What planners are told of departments that are a week overdue. It goes to planners only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.content import ask_button
from answers.layout import Part, quiet, row, say
from answers.spans import Bold, Code, Line, line
from answers.words import SAMPLE
from schedules.days import day_said, left_said
from schedules.reminder import owed_by
from store.departments import Department
from store.fiscal import era
from store.standing import Outlook, Standing, State

WEEK = 7
MOST_NAMED = 5


def overdue(outlook: Outlook, departments: Sequence[Department]) -> list[Part | None]:
    """Which of these departments are a week overdue, with what and since when; none: no parts."""
    found = [(each, late) for each in departments if (late := _late(outlook, each))]
    if not found:
        return []
    count = f"{len(found)}課・{sum(len(late) for _, late in found)}件"
    sample = any(standing.sample for _, late in found for standing in late)
    return [
        say(
            line(
                Bold(f"{era(outlook.cycle.collection)}実績: 期限を1週間以上過ぎています"),
                f"（{count}）",
            )
        ),
        *(say(*_lines(outlook.today, each, late)) for each, late in found),
        row([ask_button("期限超過の一覧", State.LATE.value)]),
        quiet(
            line("担当課にもお知らせしています。課名は企画担当だけに届きます。"),
            *([line(SAMPLE)] if sample else []),
        ),
    ]


def _late(outlook: Outlook, department: Department) -> list[Standing]:
    today = outlook.today
    return [s for s in owed_by(outlook, department.id) if (today - s.due).days >= WEEK]


def _lines(today: date, department: Department, late: Sequence[Standing]) -> list[Line]:
    first = min(standing.due for standing in late)
    when = f"期限 {day_said(first, today)}、{left_said(first, today)}"
    named = [
        line(
            Code(each.indicator.id),
            f" {each.indicator.name}",
            f"（差戻し・期限 {day_said(each.due, today)}）" if each.state == State.RETURNED else "",
        )
        for each in late[:MOST_NAMED]
    ]
    more = len(late) - len(named)
    return [
        line(Bold(department.name), f"　{len(late)}件（{when}）"),
        *named,
        *([line(f"ほか{more}件")] if more else []),
    ]
