"""A filled form becomes a proposal, or says field by field what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from answers.form_fields import (
    AWAITING,
    COLLECTION,
    INDICATOR,
    OF_YEAR,
    PART,
    PERIOD,
    SAME_YEAR,
    FormInput,
    value_block,
)
from answers.propose import check_collection, figures_of, with_sum, without_figure
from store.errors import BadForm, BadInput, UnreadableValue
from store.known import last_period
from store.lags import fitting_period, lags
from store.periods import default_period, read_period, show_period
from store.plan import Indicator, Plan, Series
from store.reading.seen import readable
from store.standing import Standing
from store.submissions import Kind, Proposal, SeriesValues
from store.values import Awaiting, NoSurvey, Values, read_values

T = TypeVar("T")

EMPTY = (
    "値を入力してください。未公表の統計・調査のない年度は下の「値がないとき」に印を付けてください。"
)


def read_entry(
    plan: Plan,
    form: FormInput,
    today: date,
    previous: SeriesValues | None = None,
    standing: Standing | None = None,
) -> Proposal:
    """What the form proposes to submit. Raises BadForm with a sentence for every wrong field.

    `standing` is the indicator's in the form's collection: with it a value is held against all that
    is known, and a データ年 that lagged before has to be chosen. `previous` stands in for it.
    """
    wrong: dict[str, str] = {}
    named = plan.by_id.get(form.indicator or "")
    if named is None or form.collection is None:
        raise BadForm({INDICATOR: "指標と報告年度を選んでください。"})
    collection = form.collection
    indicator = _as_counted(standing.indicator if standing else named, form)
    _tried(wrong, COLLECTION, lambda: check_collection(plan, collection, today, ""))
    if form.awaiting or form.no_survey:
        return _without_figure(plan, indicator, collection, form, wrong)
    period = (
        None
        if wrong
        else _tried(wrong, _period_block(form), lambda: _period(form, indicator, today, standing))
    )
    values = {s.name: _value(indicator, s, form, wrong) for s in indicator.series}
    read = Values({name: value for name, value in values.items() if value is not None})
    figures = (
        None
        if wrong
        else _tried(wrong, PART, lambda: figures_of(read, indicator, previous, standing, form.part))
    )
    if wrong or period is None or figures is None:
        raise BadForm(wrong)
    return Proposal(
        plan.id,
        indicator.id,
        collection,
        values=figures.values,
        period=period,
        source=readable(form.source),
        note=with_sum(readable(form.note), figures.said),
        typed=readable(typed(form)),
        oddities=figures.oddities,
    )


def typed(form: FormInput) -> str:
    """The values as they were typed."""
    values = " ".join(f"{name or ''}{value}" for name, value in form.values.items())
    return f"{values} 今年度分" if form.part == "year" else values


def _as_counted(indicator: Indicator, form: FormInput) -> Indicator:
    """The indicator as the form says it is counted, where nobody had said so before."""
    if indicator.measure != "unknown" or form.measure is None:
        return indicator
    return indicator.model_copy(update={"measure": form.measure})


def _without_figure(
    plan: Plan, indicator: Indicator, collection: int, form: FormInput, wrong: dict[str, str]
) -> Proposal:
    if form.values:
        first = value_block(next(iter(form.values)))
        wrong[first] = "値があるときは「統計公表待ち」「調査対象外年度」の印を外してください。"
    elif form.awaiting and form.no_survey:
        wrong[AWAITING] = "「統計公表待ち」か「調査対象外年度」のどちらか1つに印を付けてください。"
    if wrong:
        raise BadForm(wrong)
    kind: Kind = "awaiting" if form.awaiting else "no_survey"
    month = form.month if form.awaiting else None
    words = "公表待ち" if form.awaiting else "調査対象外"
    return without_figure(plan, indicator, collection, kind, month, words, form.source, form.note)


def _period_block(form: FormInput) -> str:
    return PERIOD if form.period else OF_YEAR


def _period(form: FormInput, indicator: Indicator, today: date, standing: Standing | None) -> str:
    collection = form.collection or today.year
    default = default_period(collection)
    chosen = default if form.of_year == SAME_YEAR else form.of_year
    if form.period:
        period = read_period(form.period, today)
        if chosen not in {None, default, period}:
            raise UnreadableValue(
                f"データ年が2通りあります（{show_period(period)}と{show_period(read_period(chosen or '', today))}）。"
                "一覧から選ぶか、ここに書くか、どちらか1つにしてください。例: `R5`",
                form.period,
            )
    elif chosen:
        period = read_period(chosen, today)
    elif standing is not None and lags(last_period(standing)):
        raise UnreadableValue("何年度の値ですか。一覧から選んでください。例: `R5`")
    else:
        period = default
    return fitting_period(period, collection, indicator.as_of)


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
    if isinstance(reading, Awaiting | NoSurvey):
        wrong[block] = (
            "統計公表待ち・調査対象外年度のときは値を空にし、下の「値がないとき」に印を付けてください。"
        )
        return None
    return None if reading is None else reading.by_series[None]


def _tried(wrong: dict[str, str], block: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except BadInput as error:
        wrong[block] = str(error)
        return None
