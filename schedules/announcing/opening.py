"""照会の開始 as a department hears it: how much is asked, until when, and ways to begin."""

from __future__ import annotations

from answers.content import Block, ask_button, button
from answers.layout import Part, quiet, row, say
from answers.spans import Bold, line
from answers.words import SAMPLE
from schedules.days import UNSET, day_said, left_said
from schedules.reminder import owed_by, settled, sheet_button
from store.cycle import DEFAULT_NOTE
from store.departments import Department
from store.fiscal import era
from store.standing import Outlook, Standing


def opening(
    outlook: Outlook, department: Department, alone: bool = True, again: bool = False
) -> list[Part | None]:
    """Told as the collection opens. Not `alone`: what is owed is listed below, with its forms.

    Nothing for a department that owes nothing; `again` then says that it is 提出済み.
    """
    owed = owed_by(outlook, department.id)
    if not owed:
        return settled(outlook, department) if again and alone else []
    due, today = min(each.due for each in owed), outlook.today
    unset = UNSET if "due" in outlook.cycle.defaults and due == outlook.cycle.due else ""
    begun = line(
        Bold(f"{era(outlook.cycle.collection)}実績の照会を始めました"), f"（{department.name}）"
    )
    if not alone:
        return [say(begun)]
    when = f"提出期限 {day_said(due, today)}{unset}（{left_said(due, today)}）"
    asked = line("お願いする指標 ", Bold(f"{len(owed)}件"), f"・{when}")
    return [say(begun, asked), row(_ways(outlook, department, owed)), _notes(owed, unset)]


def _ways(outlook: Outlook, department: Department, owed: list[Standing]) -> list[Block]:
    first = owed[0].indicator.id
    named = f"{outlook.plan.id}|{first}|{outlook.cycle.collection}"
    return [
        sheet_button(outlook, department),
        button("1件ずつ入力する", f"open_form:{first}", named),
        ask_button("お願いする指標を見る", department.id),
    ]


def _notes(owed: list[Standing], unset: str) -> Part | None:
    notes = [f"{UNSET} {DEFAULT_NOTE}"] if unset else []
    notes += [SAMPLE] if any(each.sample for each in owed) else []
    return quiet(*(line(note) for note in notes)) if notes else None
