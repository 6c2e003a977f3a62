"""The fields of the form to submit an actual value, and a form as it was filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from answers.content import Block, plain
from answers.fields import field_of, option, select, text_field
from answers.layout import Part, quiet
from answers.proposed import month_and_day
from answers.spans import Line, line, one_line, sentence
from store.fiscal import era
from store.plan import Indicator, Measure, Plan
from store.plan_words import baseline_said, target_said
from store.reading.figures import example_of
from store.reading.units import kind_of
from store.standing import Standing
from store.telling import values_said
from store.terms import MEASURES
from store.totals import Entered

INDICATOR, COLLECTION, PERIOD = "indicator", "collection", "period"
SOURCE, NOTE, AWAITING, MONTH = "source", "note", "awaiting", "month"
OF_YEAR, PART, MEASURE = "of_year", "part", "measure"
# The choice that follows 報告年度, whichever that is when the form is sent.
SAME_YEAR = "same"


@dataclass(frozen=True)
class FormInput:
    """A form as it was filled in: nothing is read or checked yet. Empty fields are None."""

    indicator: str | None = None
    collection: int | None = None
    values: Mapping[str | None, str] = field(default_factory=dict)
    period: str | None = None
    source: str | None = None
    note: str | None = None
    awaiting: bool = False
    month: int | None = None
    no_survey: bool = False
    of_year: str | None = None
    part: Entered | None = None
    measure: Measure | None = None


def value_block(series: str | None) -> str:
    """The block id of a series' value."""
    return f"value:{series or ''}"


def indicator_field(indicator: Indicator | None) -> Block:
    """The menu of indicators. Choosing one is told at once, so that the form can follow."""
    menu: Block = {
        "type": "external_select",
        "action_id": "pick_indicator",
        "placeholder": plain("番号か名前で探す", 150),
        "min_query_length": 0,
    }
    if indicator is not None:
        menu["initial_option"] = indicator_option(indicator)
    return {**field_of(INDICATOR, "指標", menu), "dispatch_action": True}


def indicator_option(indicator: Indicator) -> Block:
    """An indicator in the menu; its value is the id."""
    return option(f"{indicator.id} {indicator.name}", indicator.id)


def about(plan: Plan, standing: Standing) -> Part:
    """What helps to fill the form in: unit, target, last value, notes."""
    found, latest = standing.indicator, standing.latest
    unit = f"{found.unit}{f'/{found.per}' if found.per else ''}" if found.unit else "なし"
    before = (
        f"前回 {values_said(latest.proposal, found)}（{era(latest.proposal.collection)}報告）"
        if latest
        else "前回の値なし"
    )
    facts = f"単位 {unit}・{MEASURES[found.measure]}" + (
        f"・基準日 {found.as_of}" if found.as_of else ""
    )
    told = {"定義": found.definition, "出典": found.source, "値を持つところ": found.holder}
    remarks = [*(f"{what}: {said}" for what, said in told.items() if said), found.note or ""]
    return quiet(
        line(facts),
        line(f"{before}・現状値 {baseline_said(found, plan)}".replace("現状値 現状値", "現状値")),
        line(f"目標 {target_said(found, standing.collection)}"),
        *(line(one_line(each)) for each in remarks if each),
        *_waiting(standing),
    )


def _waiting(standing: Standing) -> Iterator[Line]:
    """What is 確認中 already and would be replaced, with who submitted it."""
    last = standing.last
    if last is not None and last.open:
        values = values_said(last.proposal, standing.indicator)
        given = f"{month_and_day(last.at)}、<@{last.actor}> さん"
        yield sentence(f"確認中の提出（{values}、{given}）があります。提出すると置き換わります。")


def year_field(years: Iterable[int], collection: int | None) -> Block:
    """The menu of collections that may be reported."""
    options = [option(era(year), str(year)) for year in years]
    first = next((o for o in options if o["value"] == str(collection)), None)
    menu = select("year", "報告する年度", options, first)
    return field_of(COLLECTION, "報告年度", menu)


def value_fields(indicator: Indicator | None, filled: FormInput) -> Iterator[Block]:
    """A field for each series; one for all before an indicator is chosen.

    Not required by Slack, since a figure that waits for its statistic has none.
    """
    hint = "例: 12 または 12人"
    if indicator is not None:
        none = "　0は「なし」" if kind_of(indicator) == "number" else ""
        hint = f"例: {example_of(indicator)}{none}　値がないときは下の印"
    for series in indicator.series_names if indicator else (None,):
        label = f"{series}の実績値" if series else "実績値"
        initial = filled.values.get(series)
        yield text_field(value_block(series), label, initial, hint=hint, most=200)


def remark_fields(filled: FormInput) -> Iterator[Block]:
    """Where the figure comes from, and anything else."""
    yield text_field(SOURCE, "出典", filled.source, hint="例: 県の公表値、市の集計", most=200)
    yield text_field(NOTE, "備考", filled.note, most=1000, multiline=True)


def awaiting_fields(filled: FormInput) -> Iterator[Block]:
    """For a year without a figure: the boxes to tick, and the month a statistic is expected in."""
    later = option("統計公表待ち（統計がまだ出ていない。値は空のまま提出）", "awaiting")
    never = option("調査対象外年度（この年度は調査がない。値は空のまま提出）", "no_survey")
    box: Block = {"type": "checkboxes", "action_id": "awaiting", "options": [later, never]}
    ticked = [each for each, on in ((later, filled.awaiting), (never, filled.no_survey)) if on]
    if ticked:
        box["initial_options"] = ticked
    yield field_of(AWAITING, "値がないとき", box, optional=True)
    months = [option(f"{month}月", str(month)) for month in range(1, 13)]
    first = months[filled.month - 1] if filled.month else None
    yield field_of(MONTH, "公表予定の月", select("month", "月", months, first), optional=True)
