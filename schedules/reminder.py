"""Reminders to a department: what it still owes, with forms, sheet and snooze; that it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from answers.content import Block, button, cut
from answers.facts import WEEKDAYS, show_day
from answers.layout import Part, quiet, row, say
from answers.spans import Bold, Code, Line, line, one_line
from answers.words import SAMPLE
from schedules.days import UNSET, day_said, left_said
from schedules.reminding_days import snooze_days
from store.cycle import DEFAULT_NOTE
from store.departments import Department
from store.fiscal import era
from store.plan import Plan
from store.plan_words import baseline_said
from store.snoozes import Snooze
from store.standing import OUTSTANDING, Outlook, Standing, State
from store.telling import values_said

# Up to here each indicator is a paragraph with its button; beyond it they would pass 50 blocks.
MOST_PARAGRAPHS = 20
TOGETHER = 10
# How much of a returned figure's reason is said; all of it stands in its form.
REASON_ALONE, REASON_TOGETHER = 200, 30
SNOOZES = {"tomorrow": "明日に再通知", "three": "3日後に再通知", "week": "来週に再通知"}


def owed_by(outlook: Outlook, department: str) -> list[Standing]:
    """What a department still has to give, in the plan's order."""
    return [
        standing
        for standing in outlook.standings.values()
        if standing.outstanding and standing.department and standing.department.id == department
    ]


def reminder(
    outlook: Outlook,
    department: Department,
    roomy: bool = True,
    held: Snooze | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Part | None]:
    """What a department owes, each with a button that opens its form.

    `roomy` gives each a paragraph of its own where they are few. `held` is the department's newest
    snooze. The forms' buttons carry `open_form:<indicator>` and `plan|indicator|collection`, the
    sheet's `reminder_sheet:<department>` and `department|collection`, those that hold reminders back
    `snooze:<choice>:<department>` and `plan|collection|department|choice`.
    """
    owed = owed_by(outlook, department.id)
    due = min((standing.due for standing in owed), default=outlook.cycle.due)
    items = _few if roomy and len(owed) <= MOST_PARAGRAPHS else _many
    return [
        say(_heading(outlook, department, len(owed), due)),
        _together(items(outlook, owed, due)),
        row([sheet_button(outlook, department), *_snooze_buttons(outlook, department, owed)]),
        _notes(outlook, owed, _held_said(held, names, outlook.today)),
    ]


def settled(outlook: Outlook, department: Department) -> list[Part | None]:
    """In the place of a reminder of which nothing is left: 提出済み, or that the round was locked."""
    mine = [
        s for s in outlook.standings.values() if s.department and s.department.id == department.id
    ]
    year, left = era(outlook.cycle.collection), sum(s.state in OUTSTANDING for s in mine)
    if left:
        said = line(Bold(f"{year}実績の照会は締められました"), f"（{department.name}）")
        return [say(said, line(f"未提出のまま締められた指標: {left}件"))]
    if not mine:
        return [
            say(line(Bold(f"{year}実績: お願いする提出はありません"), f"（{department.name}）"))
        ]
    counts = Counter(s.state for s in mine)
    states = "・".join(f"{state.value} {counts[state]}" for state in State if counts[state])
    done = line(Bold(f"{year}実績: 提出済みです"), f"（{department.name}・{len(mine)}件）")
    sample = quiet(line(SAMPLE)) if any(s.sample for s in mine) else None
    return [say(done, line(f"ありがとうございました。{states}")), sample]


def snoozed_said(name: str, until: date, today: date) -> str:
    """`こども課 担当さんが6/6（金）まで止めました`."""
    return f"{name}さんが{day_said(until, today)}まで止めました"


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


def sheet_button(outlook: Outlook, department: Department) -> Block:
    """Sends the department's sheet (`reminder_sheet:<department>`)."""
    value = f"{department.id}|{outlook.cycle.collection}"
    return button("まとめて様式で出す", f"reminder_sheet:{department.id}", value)


def _snooze_buttons(
    outlook: Outlook, department: Department, owed: Sequence[Standing]
) -> list[Block]:
    about = f"{outlook.plan.id}|{outlook.cycle.collection}|{department.id}"
    return [
        button(SNOOZES[choice], f"snooze:{choice}:{department.id}", f"{about}|{choice}")
        for choice, _ in snooze_days(outlook.today, (standing.due for standing in owed))
    ]


def _held_said(held: Snooze | None, names: Mapping[str, str], today: date) -> list[str]:
    if held is None or held.until <= today:
        return []
    return [f"{snoozed_said(names.get(held.actor, '担当者'), held.until, today)}。"]


def _notes(outlook: Outlook, owed: Sequence[Standing], first: Sequence[str]) -> Part | None:
    unset = "due" in outlook.cycle.defaults and any(s.due == outlook.cycle.due for s in owed)
    notes = [*first, *([f"{UNSET} {DEFAULT_NOTE}"] if unset else [])]
    notes += [SAMPLE] if any(standing.sample for standing in owed) else []
    return quiet(*(line(note) for note in notes)) if notes else None
