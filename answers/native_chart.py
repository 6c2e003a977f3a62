"""Slack's own chart of an indicator (`data_visualization`), an addition to the picture.

Its lines know no gaps and no look of their own, so it shows what needs neither: the approved
figures of the newest years without a gap, with the target as a level line. Source of the limits:
docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from answers.content import Block, cut
from answers.layout import Part, quiet
from answers.spans import line
from reports.charting.picture import Aim, Picture, Strand
from reports.charting.wording import SAMPLE
from store.fiscal import era
from store.plan import Indicator
from store.reading.units import kind_of

TITLE, NAME, AXIS = 50, 20, 50
POINTS, SERIES = 20, 6
FEWEST = 2
SHAPELESS = {"rank", "done"}
"""Ranks grow downwards and 済・未 is no amount: a plain axis would tell both wrongly."""

Line = tuple[str, list[Decimal]]


def native_chart(indicator: Indicator, picture: Picture) -> Part | None:
    """The block, with a word on what only the picture shows; None where it would tell it wrongly.

    A value that is 確認中 is never in it, whoever the picture was sketched for.
    """
    firm = [_firm(strand, picture) for strand in picture.strands]
    years = _unbroken(firm)
    lines = [
        (strand.name or "値", [values[year] for year in years])
        for strand, values in zip(picture.strands, firm, strict=True)
    ]
    levels = [(aim.label[0], [value] * len(years)) for aim, value in _levels(picture.aims)]
    shown = [*lines, *levels] if len(lines) + len(levels) <= SERIES else lines
    names = {cut(name, NAME) for name, _ in shown}
    if (
        kind_of(indicator) in SHAPELESS
        or len(years) < FEWEST
        or not len(shown) == len(names) <= SERIES
    ):
        return None
    block = _block(_title(indicator, picture, years), shown, years, _unit(indicator))
    left_out = sum(len(strand.dots) for strand in picture.strands) > len(years) * len(lines)
    said = quiet(line(_note(years))) if left_out else Part(())
    return Part((block, *said.blocks), said.lines)


def _firm(strand: Strand, picture: Picture) -> dict[int, Decimal]:
    """The figure of each year that leads on, as the picture's lines have it."""
    return {
        dot.year: dot.value
        for dot in strand.dots
        if not dot.hollow and not dot.aside and dot.year != picture.undated
    }


def _unbroken(firm: Sequence[dict[int, Decimal]]) -> list[int]:
    """The newest years in a row in which every series has a figure."""
    told = set.intersection(*map(set, firm)) if firm else set()
    years: list[int] = []
    year = max(told, default=0)
    while year in told and len(years) < POINTS:
        years.insert(0, year)
        year -= 1
    return years


def _levels(aims: Sequence[Aim]) -> Iterator[tuple[Aim, Decimal]]:
    """The targets that are a figure; of several over the years the last."""
    for aim in aims:
        step = aim.steps[-1] if aim.steps else None
        if step and step.direction is None and step.low is not None and step.low == step.high:
            yield aim, step.low


def _block(title: str, shown: Sequence[Line], years: Sequence[int], unit: str) -> Block:
    categories = [era(year) for year in years]
    axes = {"categories": categories, "x_label": "データの年度"}
    series = [
        {
            "name": cut(name, NAME),
            "data": [
                {"label": label, "value": _number(value)}
                for label, value in zip(categories, values, strict=True)
            ],
        }
        for name, values in shown
    ]
    chart = {
        "type": "line",
        "series": series,
        "axis_config": axes | ({"y_label": cut(unit, AXIS)} if unit else {}),
    }
    return {"type": "data_visualization", "title": title, "chart": chart}


def _title(indicator: Indicator, picture: Picture, years: Sequence[int]) -> str:
    mark = f"{SAMPLE} " if picture.sample else ""
    span = f" {era(years[0])}〜{era(years[-1])}"
    return mark + cut(indicator.name, TITLE - len(mark) - len(span)) + span


def _unit(indicator: Indicator) -> str:
    if kind_of(indicator) == "parity":
        return "女性100に対する男性の値"
    return f"{indicator.unit}／{indicator.per}" if indicator.per else indicator.unit


def _note(years: Sequence[int]) -> str:
    return (
        f"上は、続けて値のある {era(years[0])}〜{era(years[-1])} の承認済みの値です。"
        "ほかの値は、DM の画像にあります。"
    )


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
