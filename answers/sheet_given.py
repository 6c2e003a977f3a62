"""What stands in a row of a sheet when it is issued: what is known, what was given, where it is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from answers.words import SAMPLE
from reports.sheet.form import SheetRow
from store.documented import target_text
from store.fiscal import era
from store.known import last_period
from store.lags import lags
from store.periods import default_period, show_period
from store.plan import Indicator, Measure, Plan, Series
from store.plan_words import baseline_said
from store.reading.figures import example_of
from store.reading.units import is_percent, kind_of
from store.sheets import row_key
from store.showing import show_value
from store.standing import Standing, State
from store.submissions import Submission

NOTHING = "―"
NO_SURVEY = "調査対象外"
_MEASURES: dict[Measure, str] = {
    "yearly": "単年",
    "cumulative": "累計",
    "point": "時点",
    "unknown": "記載なし",
}


def rows_of(standing: Standing, plan: Plan) -> Iterable[SheetRow]:
    """The rows of one indicator: one for each series."""
    last = standing.last
    proposal = last.proposal if last else None
    period = proposal.period if proposal and proposal.period else _period(standing)
    found = standing.indicator
    for series in found.series:
        yield SheetRow(
            key=row_key(found.id, series.name),
            code=found.id,
            name=f"{found.name}（{series.name}）" if series.name else found.name,
            definition=_definition(found),
            unit=f"{found.unit}{f'/{found.per}' if found.per else ''}" or NOTHING,
            measure=_MEASURES[found.measure],
            before=_before(standing, series),
            baseline=_baseline(found, series, plan),
            target=target_text(series.target(standing.collection), found),
            value=given_value(last, series, found) if last else "",
            number_format=number_format(found),
            hint=_hint(found, standing.collection),
            period=show_period(period) if period else "",
            source=(proposal.source or "") if proposal else "",
            note=(proposal.note or "") if proposal else "",
            state=state_said(standing),
            choices=("済", "未", "公表待ち", NO_SURVEY) if kind_of(found) == "done" else (),
        )


def _period(standing: Standing) -> str | None:
    """The year that is reported on; nothing where the last figure was of another than its own."""
    asked = standing.last is None and lags(last_period(standing))
    return None if asked else default_period(standing.collection)


def _definition(indicator: Indicator) -> str:
    as_of = f"基準日 {indicator.as_of}" if indicator.as_of else ""
    return "\n".join(filter(None, [indicator.definition or "", as_of]))


def _before(standing: Standing, series: Series) -> str:
    """The newest approved value of an earlier round, with what it is of."""
    earlier = (
        a
        for a in reversed(standing.actuals)
        if a.proposal.collection < standing.collection and series.name in a.proposal.values
    )
    found = next(earlier, None)
    if found is None:
        return NOTHING
    period = found.proposal.period or default_period(found.proposal.collection)
    said = show_value(found.proposal.values[series.name], standing.indicator)
    return f"{said}（{show_period(period)}）{_sampled(found)}"


def _sampled(found: Submission) -> str:
    return f"\n{SAMPLE}" if found.sample else ""


def _baseline(indicator: Indicator, series: Series, plan: Plan) -> str:
    if series.baseline is None:
        return NOTHING
    unnamed = series.model_copy(update={"name": None})
    return baseline_said(indicator.model_copy(update={"series": (unnamed,)}), plan)


def given_value(last: Submission, series: Series, indicator: Indicator) -> Decimal | str:
    """What was said of a series, so that leaving the cell alone says the same again."""
    proposal = last.proposal
    if proposal.kind == "awaiting":
        return f"公表待ち（{proposal.month}月予定）" if proposal.month else "公表待ち"
    if proposal.kind == "no_survey":
        return NO_SURVEY
    value = proposal.values[series.name]
    kind = kind_of(indicator)
    if kind == "parity":
        return f"{value:f}:100"
    return show_value(value, indicator) if kind == "done" else value


def number_format(indicator: Indicator) -> str:
    """The format of an input cell: its unit behind the number, negatives with △.

    Text for ratios, which Excel would take for times of day. None of ours for %: only in a cell
    without a format does Excel keep 12.5% apart from 12.5.
    """
    kind = kind_of(indicator)
    if kind in {"parity", "done"}:
        return "@"
    if is_percent(indicator):
        return "General"
    unit = "位" if kind == "rank" else indicator.unit.replace('"', "")
    behind = f'"{unit}"' if unit else ""
    return f'General{behind};"△"General{behind}'


def _hint(indicator: Indicator, collection: int) -> str:
    unit = f"単位 {indicator.unit}。" if indicator.unit else ""
    return (
        f"{unit}例: {example_of(indicator)}\n0は「なし」、未公表は「公表待ち（10月予定）」、"
        f"{era(collection)}に調査がなければ「{NO_SURVEY}」"
    )


def state_said(standing: Standing) -> str:
    """Where the row is in the round, a return with its reason."""
    decision = standing.last.decision if standing.last else None
    if standing.state == State.RETURNED and decision is not None:
        return f"差戻し: {' '.join((decision.reason or '').split())}"
    if standing.state == State.PENDING:
        return "提出済（確認中）"
    return standing.state.value
