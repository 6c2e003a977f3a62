"""A filled form becomes a proposal, or says field by field what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from answers.form_fields import COLLECTION, INDICATOR, PERIOD, FormInput, value_block
from answers.propose import awaiting, check_collection, readable
from store.errors import BadForm, BadInput
from store.oddities import oddities
from store.periods import check_period, default_period, read_period
from store.plan import Indicator, Plan, Series
from store.submissions import Proposal, SeriesValues
from store.values import Awaiting, read_values

T = TypeVar("T")

EMPTY = "値を入力してください。未公表の統計は下の「統計公表待ち」に印を付けてください。"


def read_entry(
    plan: Plan, form: FormInput, today: date, previous: SeriesValues | None = None
) -> Proposal:
    """What the form proposes to submit. Raises BadForm with a sentence for every wrong field."""
    wrong: dict[str, str] = {}
    indicator = plan.by_id.get(form.indicator or "")
    if indicator is None or form.collection is None:
        raise BadForm({INDICATOR: "指標と報告年度を選んでください。"})
    collection = form.collection
    _tried(wrong, COLLECTION, lambda: check_collection(plan, collection, today, ""))
    period = None if wrong else _tried(wrong, PERIOD, lambda: _period(form, collection, today))
    if form.awaiting:
        return _awaiting(plan, indicator, collection, form, wrong)
    values = {s.name: _value(indicator, s, form, wrong) for s in indicator.series}
    read = {name: value for name, value in values.items() if value is not None}
    if wrong or period is None:
        raise BadForm(wrong)
    return Proposal(
        plan.id,
        indicator.id,
        collection,
        values=read,
        period=period,
        source=readable(form.source),
        note=readable(form.note),
        typed=readable(typed(form)),
        oddities=oddities(read, indicator, previous),
    )


def typed(form: FormInput) -> str:
    """The values as they were typed."""
    return " ".join(f"{name or ''}{value}" for name, value in form.values.items())


def _awaiting(
    plan: Plan, indicator: Indicator, collection: int, form: FormInput, wrong: dict[str, str]
) -> Proposal:
    if form.values:
        first = value_block(next(iter(form.values)))
        wrong[first] = "値があるときは「統計公表待ち」の印を外してください。"
    if wrong:
        raise BadForm(wrong)
    return awaiting(plan, indicator, collection, form.month, "公表待ち", form.source, form.note)


def _period(form: FormInput, collection: int, today: date) -> str:
    period = read_period(form.period, today) if form.period else default_period(collection)
    return check_period(period, collection)


def _value(
    indicator: Indicator, series: Series, form: FormInput, wrong: dict[str, str]
) -> Decimal | None:
    """One field's value. A field holds one series, so that it is read as an indicator of its own."""
    block = value_block(series.name)
    text = form.values.get(series.name)
    if text is None:
        wrong[block] = EMPTY
        return None
    alone = series.model_copy(update={"name": None})
    of_field = indicator.model_copy(update={"series": (alone,)})
    reading = _tried(wrong, block, lambda: read_values(text, of_field))
    if isinstance(reading, Awaiting):
        wrong[block] = "公表待ちのときは値を空にし、下の「統計公表待ち」に印を付けてください。"
        return None
    return None if reading is None else reading.by_series[None]


def _tried(wrong: dict[str, str], block: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except BadInput as error:
        wrong[block] = str(error)
        return None
