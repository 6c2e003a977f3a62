"""The form to submit an actual value, and what a filled form says.

Block ids stay the same whatever the form shows, so that errors find their field: `indicator`,
`collection`, `value:男性` (`value:` for a single series), `period`, `source`, `note`, `awaiting`,
`month`. What a form carries is never believed: who may do what is decided when it arrives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from answers.content import Block
from answers.facts import values_said
from answers.fields import chosen, day, field_of, text_field, ticked, typed, view
from answers.form_fields import (
    AWAITING,
    COLLECTION,
    INDICATOR,
    MONTH,
    NOTE,
    PERIOD,
    SOURCE,
    FormInput,
    about,
    awaiting_fields,
    indicator_field,
    indicator_option,
    remark_fields,
    value_block,
    value_fields,
    year_field,
)
from answers.layout import say
from answers.proposed import name_line
from answers.spans import Bold, line
from answers.spelling import key
from store.fiscal import era
from store.plan import Indicator, Plan
from store.standing import Standing
from store.submissions import Submission

__all__ = [
    "FormInput",
    "indicator_options",
    "read_form",
    "read_return_form",
    "return_form",
    "submit_form",
    "value_block",
]

REASON, NEW_DUE = "reason", "new_due"
MOST_OPTIONS = 100


def submit_form(
    plan: Plan,
    standing: Standing | None,
    collection: int | None,
    years: Iterable[int],
    given: FormInput | None = None,
    metadata: str = "",
) -> dict[str, Any]:
    """The modal in which an actual value is entered (callback `submit_actual`).

    `standing` is the chosen indicator's, None before one is chosen; `years` are the collections
    that may be reported; `given` fills the fields.
    """
    filled = given or FormInput()
    indicator = standing.indicator if standing else None
    blocks = [
        indicator_field(indicator),
        *(about(plan, standing).blocks if standing else ()),
        year_field(years, collection),
        *value_fields(indicator, filled),
        *remark_fields(filled),
        *awaiting_fields(filled),
    ]
    return view("submit_actual", "実績の提出", "提出", blocks, metadata)


def indicator_options(who_may: Iterable[Indicator], typed_in: str) -> list[Block]:
    """What the menu offers for the letters typed so far, at most as many as Slack takes.

    `who_may` are the indicators that this person may submit; all of them where nothing is typed.
    """
    wanted = key(typed_in)
    found = [
        i
        for i in who_may
        if any(wanted in key(name) for name in (i.id, f"{i.id}{i.name}", *i.aliases))
    ]
    found.sort(key=lambda i: not key(i.id).startswith(wanted))
    return [indicator_option(each) for each in found[:MOST_OPTIONS]]


def read_form(sent: Mapping[str, Any]) -> FormInput:
    """A view that was sent, as filled in; a field that is not there is empty."""
    state = sent["state"]["values"]
    month = _whole(chosen(state, MONTH))
    values = {
        block.removeprefix("value:") or None: said
        for block in state
        if block.startswith("value:") and (said := typed(state, block))
    }
    return FormInput(
        indicator=chosen(state, INDICATOR),
        collection=_whole(chosen(state, COLLECTION)),
        values=values,
        period=typed(state, PERIOD),
        source=typed(state, SOURCE),
        note=typed(state, NOTE),
        awaiting=ticked(state, AWAITING),
        month=month if month in range(1, 13) else None,
    )


def _whole(said: str | None) -> int | None:
    """A year or month from a menu; None for what none of our menus holds."""
    return int(said) if said and re.fullmatch(r"[0-9]{1,4}", said) else None


def return_form(submission: Submission, indicator: Indicator) -> dict[str, Any]:
    """差戻し: the reason, and a new due date if there is one (callback `send_back`).

    The metadata is the submission's number.
    """
    proposal = submission.proposal
    head = say(
        name_line(indicator),
        line(f"{era(proposal.collection)}の実績 ", Bold(values_said(proposal, indicator))),
    )
    picker: Block = {"type": "datepicker", "action_id": "picked"}
    blocks = [
        *head.blocks,
        text_field(
            REASON,
            "理由",
            hint="担当課にそのまま届きます。例: 延べ人数か実人数かを確認してください",
            most=1000,
            multiline=True,
            optional=False,
        ),
        field_of(NEW_DUE, "新しい提出期限", picker, optional=True),
    ]
    return view("send_back", "差戻し", "差し戻す", blocks, str(submission.id))


def read_return_form(sent: Mapping[str, Any]) -> tuple[str, date | None]:
    """The reason and the new due date of a 差戻し. The reason is empty when only blanks were typed."""
    state = sent["state"]["values"]
    return typed(state, REASON) or "", day(state, NEW_DUE)
