"""What a form asks about a figure's year and its counting: データ年, 累計か今年度分か, 単年・累計・時点."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from answers.content import Block
from answers.fields import field_of, option, select, text_field
from answers.form_fields import MEASURE, OF_YEAR, PART, PERIOD, SAME_YEAR, FormInput
from store.fiscal import era
from store.known import last_period
from store.lags import lags, plausible_periods
from store.periods import default_period, show_period
from store.plan import Indicator, Measure
from store.reading.units import kind_of
from store.standing import Standing
from store.totals import Entered

_PART_WORDS: dict[Entered, str] = {
    "total": "累計（これまでの合計）",
    "year": "今年度分（前回の累計に足します）",
}
_MEASURE_WORDS: dict[Measure, str] = {
    "yearly": "単年（その年度だけの値）",
    "cumulative": "累計（これまでの合計）",
    "point": "時点（ある日の値）",
}


def counting_fields(indicator: Indicator | None, filled: FormInput) -> Iterator[Block]:
    """Which part of a total is entered; how the figure is counted, while nobody has said so."""
    if indicator is None or kind_of(indicator) != "number":
        return
    if indicator.measure == "cumulative":
        yield _choice(PART, "累計か今年度分か", _PART_WORDS, filled.part or "total")
    if indicator.measure == "unknown":
        hint = "計画書に記載がないため、一度だけ伺います。"
        yield _choice(MEASURE, "この値は 単年 / 累計 / 時点", _MEASURE_WORDS, filled.measure, hint)


def _choice(
    block_id: str, label: str, words: Mapping[Any, str], chosen: str | None, hint: str = ""
) -> Block:
    options = [option(said, str(value)) for value, said in words.items()]
    first = next((each for each in options if each["value"] == chosen), None)
    return field_of(
        block_id, label, select(block_id, "選ぶ", options, first), optional=True, hint=hint
    )


def period_fields(standing: Standing | None, filled: FormInput) -> Iterator[Block]:
    """何年度の値ですか: the years it may be of, the usual one marked, and a field for any other.

    Nothing is chosen beforehand where the last figure was not of its collection's own year.
    """
    before = last_period(standing) if standing else None
    options = [option("報告年度と同じ（既定）", SAME_YEAR)]
    if standing is not None:
        options = list(_periods(standing, before))
    usual = None if lags(before) else SAME_YEAR
    wanted = filled.of_year or (None if filled.period else usual)
    first = next((each for each in options if each["value"] == wanted), None)
    hint = "何年度の値ですか。"
    if before and lags(before):
        hint += f"前回（{era(before[1])}報告）は{show_period(before[0])}の値でした。"
    menu = select(OF_YEAR, "何年度の値ですか", options, first)
    yield field_of(OF_YEAR, "データ年", menu, optional=True, hint=hint)
    yield text_field(
        PERIOD,
        "データ年（一覧にないとき）",
        filled.period,
        hint="例: R5、2023年、R5.4.1、H30〜R2平均",
        most=40,
    )


def _periods(standing: Standing, before: tuple[str, int] | None) -> Iterator[Block]:
    collection = standing.collection
    found = plausible_periods(collection, before, standing.indicator.as_of)
    for place, period in enumerate(found):
        if period == default_period(collection):
            yield option("報告年度と同じ（既定）", SAME_YEAR)
        else:
            again = "（前回と同じ遅れ）" if place == 0 else ""
            yield option(f"{show_period(period)}{again}", period)
