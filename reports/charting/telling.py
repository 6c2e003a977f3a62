"""A chart in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.charting.wording import NOTHING_YET, SAMPLE
from reports.history import Point, turn
from store.documented import target_text
from store.fiscal import era
from store.plan import Indicator, Series, Target
from store.reading.units import kind_of
from store.showing import show_value

LONGEST = 2000
"""Slack takes an image's alt_text up to here."""
MOST_TOLD = 12
"""Figures of one series; older ones are left out, and that is said."""


def alt_of(indicator: Indicator, points: Sequence[Point]) -> str:
    """The figures, the target, which way it went; at most 2,000 letters."""
    said = [f"{indicator.name}の推移。"]
    if not any(p.reported for p in points):
        said.append(f"{NOTHING_YET}。")
    for series in indicator.series:
        of_series = [p for p in points if p.series == series.name]
        said += _told(indicator, series, of_series)
    if any(p.sample for p in points):
        said.append(f"{SAMPLE}を含みます。")
    told = "".join(said)
    return told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"


def _told(indicator: Indicator, series: Series, points: Sequence[Point]) -> Iterator[str]:
    name = f"{series.name} " if series.name else ""
    shown = [p for p in points if "aside" not in p.roles]
    left_out = "（以前は省略）" if len(shown) > MOST_TOLD else ""
    if shown:
        figures = "、".join(_figure(indicator, p) for p in shown[-MOST_TOLD:])
        yield f"{name}{left_out}{figures}。"
    target = series.targets[-1] if series.targets else None
    if target is not None:
        yield f"{name}{_target(indicator, series, target)}。"
    own = [p for p in shown if p.phase == 2 and p.year is not None and p.kind != "pending"]
    if len(own) > 1:
        yield f"{name}{_trend(indicator, target, own)}。"


def _figure(indicator: Indicator, point: Point) -> str:
    value = show_value(point.value, indicator)
    if point.year is None:
        return f"{value}（年の記載なし）"
    when = point.period if point.period.endswith("平均") else era(point.year)
    if "first" in point.roles:
        value += "（当初値）"
    return f"{when} {value}" + ("（確認中）" if point.kind == "pending" else "")


def _target(indicator: Indicator, series: Series, target: Target) -> str:
    if target.kind == "none":
        return target_text(target, indicator)
    said = target_text(target, indicator).removeprefix(series.name or "").strip()
    if target.kind == "value" and target.value is not None:
        said = show_value(target.value, indicator)
    return f"目標{era(target.year) if target.year else ''} {said}"


def _trend(indicator: Indicator, target: Target | None, points: Sequence[Point]) -> str:
    """R5まで減少（改善）; where it went to and fro, the last step and the whole way."""
    first, before, last = points[0], points[-2], points[-1]
    signs = {_sign(a, b) for a, b in pairwise(points)}
    year = era(last.year or 0)
    whole = _moved(indicator, target, first, last)
    if len(signs - {0}) <= 1:
        return f"{year}まで{whole}"
    return (
        f"{year}は前回から{_moved(indicator, target, before, last)}、"
        f"{era(first.year or 0)}からは{whole}"
    )


def _moved(indicator: Indicator, target: Target | None, before: Point, after: Point) -> str:
    sign = _sign(before, after)
    if sign == 0:
        return "横ばい"
    up = -sign if kind_of(indicator) == "rank" else sign
    words = ("上昇", "下降") if kind_of(indicator) == "rank" else ("増加", "減少")
    if kind_of(indicator) == "done":
        words = ("策定済へ", "未策定へ")
    judged = turn(indicator, target, before.value, after.value)
    return words[0 if up > 0 else 1] + ("" if judged == "横ばい" else f"（{judged}）")


def _sign(before: Point, after: Point) -> int:
    return (after.value > before.value) - (after.value < before.value)
