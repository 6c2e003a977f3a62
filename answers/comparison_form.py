"""The form to enter what another place reports of an indicator, and what a filled form says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from answers.content import Block, button
from answers.fields import chosen, field_of, option, select, text_field, ticked, typed, view
from answers.form_fields import value_block
from answers.layout import quiet, say
from answers.spans import Bold, Code, line, one_line
from store.comparisons import LONGEST_PLACE, LONGEST_SOURCE, PLACES, Comparison
from store.errors import BadForm, BadInput
from store.periods import read_period, show_period
from store.plan import Indicator, Series
from store.reading.figures import example_of
from store.reading.seen import readable
from store.showing import show_value, show_values
from store.values import Values, read_values

CALLBACK = "comparison"
ACTION = "comparison:"
PLACE, OTHER, PERIOD, SOURCE, GONE = "place", "other", "period", "source", "gone"
MOST_PLACES = 20
_MARK = "|"


@dataclass(frozen=True)
class Given:
    """A comparison as it was filled in; `gone`: it is to be taken back."""

    place: str
    period: str
    values: Mapping[str | None, Decimal]
    source: str
    gone: bool = False


def comparison_button(
    plan: str, indicator: str, label: str = "比較値を記入", held: Comparison | None = None
) -> Block:
    """The button that opens the form, empty or for what is on record; it carries no authority."""
    names = [plan, indicator, *((held.period, held.place) if held else ())]
    value = _MARK.join(names)
    return button(label, f"{ACTION}{_MARK.join(names[1:])}", value)


def comparison_form(
    plan: str, indicator: Indicator, held: Comparison | None, places: Iterable[str]
) -> dict[str, Any]:
    """The modal (callback `comparison`); `held` fills it in, `places` are offered beside the usual ones."""
    head = say(line(Bold(indicator.name), " ", Code(indicator.id)))
    note = quiet(line("値は実績と同じ書き方で読み取ります。実績と同じデータ年の値だけを比べます。"))
    blocks = [
        *head.blocks,
        *note.blocks,
        *([] if held else _place_fields(places)),
        *([] if held else [_period_field()]),
        *_value_fields(indicator, held),
        text_field(
            SOURCE,
            "出典",
            held.source if held else None,
            hint="資料の名前。例: 埼玉県資料、国の調査結果（R6）",
            most=LONGEST_SOURCE,
        ),
        *([_gone_field()] if held else []),
    ]
    names = (plan, indicator.id, *((held.period, held.place) if held else ()))
    title = f"比較値 {show_period(held.period)}" if held else "比較値の記入"
    if held:
        blocks[1:1] = say(line(f"{held.place}（{show_period(held.period)}）")).blocks
    return view(CALLBACK, title, "保存", blocks, _MARK.join(names))


def read_comparison(
    sent: Mapping[str, Any], indicator: Indicator, held: Comparison | None, today: date
) -> Given:
    """What a filled form says. Raises BadForm with a sentence for every wrong field."""
    state, wrong = sent["state"]["values"], dict[str, str]()
    place = held.place if held else _place(chosen(state, PLACE), typed(state, OTHER), wrong)
    period = held.period if held else _period(typed(state, PERIOD), today, wrong)
    if held and ticked(state, GONE):
        return Given(place, period, {}, "", gone=True)
    read = {
        s.name: _value(indicator, s, typed(state, value_block(s.name)), wrong)
        for s in indicator.series
    }
    values = {name: value for name, value in read.items() if value is not None}
    if not values and not wrong:
        wrong[value_block(indicator.series[0].name)] = (
            f"値を書いてください。例: {example_of(indicator)}"
        )
    source = _one_line(typed(state, SOURCE), LONGEST_SOURCE)
    if not source:
        wrong[SOURCE] = "出典を書いてください。答えにそのまま表示します。"
    if wrong:
        raise BadForm(wrong)
    return Given(place, period, values, source)


def comparison_saved(indicator: Indicator, given: Given) -> dict[str, Any]:
    """What the form becomes."""
    what = f"{given.place}（{show_period(given.period)}）"
    values = show_values(given.values, indicator)
    done = f"{what}を取り消しました。" if given.gone else f"{what} {values}を保存しました。"
    said = say(line(Bold(indicator.name), " ", Code(indicator.id)), line(done))
    return view(CALLBACK, "比較値", None, said.blocks, close="閉じる")


def named_in(value: str) -> tuple[str, str, str | None, str | None]:
    """Plan, indicator, and period and place of what is on record, as a button names them."""
    plan, _, rest = value.partition(_MARK)
    indicator, _, rest = rest.partition(_MARK)
    period, _, place = rest.partition(_MARK)
    return plan, indicator, period or None, place or None


def _place_fields(places: Iterable[str]) -> Iterator[Block]:
    offered = tuple(dict.fromkeys((*PLACES, *places)))[:MOST_PLACES]
    menu = select("chosen", "選んでください", [option(each, each) for each in offered])
    yield field_of(PLACE, "どこの値か", menu, optional=True)
    yield text_field(
        OTHER, "ほかの名前", hint="上にないとき。例: 桶川市、同規模市の平均", most=LONGEST_PLACE
    )


def _period_field() -> Block:
    hint = "何年度の値ですか。例: R6、2023年、R6.4.1"
    return text_field(PERIOD, "データ年", hint=hint, most=40)


def _value_fields(indicator: Indicator, held: Comparison | None) -> Iterator[Block]:
    for series in indicator.series:
        value = held.values.get(series.name) if held else None
        label = f"{series.name}の値" if series.name else "値"
        initial = show_value(value, indicator) if value is not None else None
        hint = f"例: {example_of(indicator)}"
        yield text_field(value_block(series.name), label, initial, hint=hint, most=200)


def _gone_field() -> Block:
    box = {
        "type": "checkboxes",
        "action_id": "gone",
        "options": [option("この比較値を取り消す", "gone")],
    }
    return field_of(GONE, "取消", box, optional=True)


def _place(picked: str | None, written: str | None, wrong: dict[str, str]) -> str:
    place = _one_line(written, LONGEST_PLACE) or _one_line(picked, LONGEST_PLACE)
    if not place:
        wrong[PLACE] = "どこの値かを選ぶか、「ほかの名前」に書いてください。"
    elif _MARK in place:
        wrong[OTHER] = f"「{_MARK}」は使えません。ほかの書き方にしてください。"
    return place


def _period(written: str | None, today: date, wrong: dict[str, str]) -> str:
    if written is None:
        wrong[PERIOD] = "何年度の値かを書いてください。例: R6"
        return ""
    try:
        return read_period(written, today)
    except BadInput as error:
        wrong[PERIOD] = str(error)
        return ""


def _value(
    indicator: Indicator, series: Series, written: str | None, wrong: dict[str, str]
) -> Decimal | None:
    """A field holds one series, so that it is read as an indicator of its own."""
    if written is None:
        return None
    alone = series.model_copy(update={"name": None})
    try:
        reading = read_values(written, indicator.model_copy(update={"series": (alone,)}))
    except BadInput as error:
        wrong[value_block(series.name)] = str(error)
        return None
    if isinstance(reading, Values):
        return reading.by_series[None]
    wrong[value_block(series.name)] = f"値を数字で書いてください。例: {example_of(indicator)}"
    return None


def _one_line(text: str | None, most: int) -> str:
    return one_line(readable(text) or "")[:most]
