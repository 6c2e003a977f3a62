"""The form to submit an actual value, and what a filled form says.

Block ids stay the same whatever the form shows, so that errors find their field: `indicator`,
`collection`, `value:男性` (`value:` for a single series), `part`, `measure`, `of_year`, `period`,
`source`, `note`, `awaiting`, `month`. What a form carries is never believed: who may do what is
decided when it arrives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args

from answers.content import Block
from answers.counting_fields import counting_fields, period_fields
from answers.fields import chosen, ticked, typed, view
from answers.form_fields import (
    AWAITING,
    COLLECTION,
    INDICATOR,
    MEASURE,
    MONTH,
    NOTE,
    OF_YEAR,
    PART,
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
from store.plan import Indicator, Measure, Plan
from store.spelling import key
from store.standing import Standing
from store.totals import Entered

__all__ = [
    "FormInput",
    "indicator_options",
    "read_form",
    "submit_form",
    "value_block",
]

T = TypeVar("T")

MOST_OPTIONS = 100
MEASURES_TO_CHOOSE: tuple[Measure, ...] = ("yearly", "cumulative", "point")


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
        *counting_fields(indicator, filled),
        *period_fields(standing, filled),
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
        awaiting=ticked(state, AWAITING, "awaiting"),
        month=month if month in range(1, 13) else None,
        no_survey=ticked(state, AWAITING, "no_survey"),
        of_year=chosen(state, OF_YEAR),
        part=_among(get_args(Entered), chosen(state, PART)),
        measure=_among(MEASURES_TO_CHOOSE, chosen(state, MEASURE)),
    )


def _among(choices: tuple[T, ...], said: str | None) -> T | None:
    """What was chosen in a menu; None for what the menu does not hold."""
    return next((each for each in choices if each == said), None)


def _whole(said: str | None) -> int | None:
    """A year or month from a menu; None for what none of our menus holds."""
    return int(said) if said and re.fullmatch(r"[0-9]{1,4}", said) else None
