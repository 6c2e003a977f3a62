"""比較値 beside an indicator: what others report, and how one's own value stands to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from answers.intention import Intention
from answers.spans import Bold, Line, line, one_line
from store.comparisons import Comparison
from store.periods import show_period
from store.plan import Better, Indicator, Plan
from store.reading.units import is_counted, is_percent, is_points, kind_of
from store.showing import show_amount, show_value, show_values
from store.standing import Standing
from store.submissions import Submission

MOST_SHOWN = 6
BETTER: dict[Better, str] = {
    "higher": "高いほど良い指標",
    "lower": "低いほど良い指標",
    "parity": "等しいほど良い指標",
}
NONE = "比較値は記録されていません。"
_BARE = re.compile("の?(?:平均値?|値|全体)")
_COUNTRY = frozenset({"全国", "国", "日本", "国内", "我が国"})
_OTHERS = re.compile("^(?:他|近隣|周辺|隣|よそ|同規模|類似)")


def compared(
    standing: Standing, comparisons: Sequence[Comparison], asked: str = ""
) -> tuple[Line, ...]:
    """A line for each place; one's own value is set against it only where both are of one period.

    `comparisons` are newest first. Of several of a place the newest that has its like is said, else
    the newest. The place that was `asked` for comes first.
    """
    names = dict.fromkeys(each.place for each in comparisons)
    places = sorted(names, key=lambda place: not (asked and _is(asked, place)))
    shown = [_fittest(standing, [c for c in comparisons if c.place == place]) for place in places]
    lines = [_line(standing, each) for each in shown[:MOST_SHOWN]]
    if len(shown) > MOST_SHOWN:
        lines.append(line(f"ほか{len(shown) - MOST_SHOWN}か所の比較値があります。"))
    return tuple(lines)


def _fittest(standing: Standing, of_place: Sequence[Comparison]) -> Comparison:
    alike = (each for each in of_place if _of_period(standing, each.period) is not None)
    return next(alike, of_place[0])


def on_record(intention: Intention, plan: Plan, comparisons: Sequence[Comparison]) -> Intention:
    """What was declined for being of another place, as the indicator's answer when that is on record."""
    there = any(_is(intention.elsewhere, each.place) for each in comparisons)
    if not (intention.declined and intention.elsewhere and there):
        return intention
    id_ = intention.ids[0]
    said = f"指標 {id_} {plan.by_id[id_].name}"
    return replace(
        intention, kind="indicator", ids=(id_,), indicators=(id_,), understood=said, declined=False
    )


def not_on_record(place: str, indicator: Indicator, comparisons: Sequence[Comparison]) -> Line:
    """That nothing is on record of the place that was asked for, and what is; empty when there is."""
    if not place or place in indicator.name or any(_is(place, c.place) for c in comparisons):
        return ()
    others = "、".join(dict.fromkeys(c.place for c in comparisons))
    return line(f"「{place}」の{NONE}", f"記録があるもの: {others}" if others else "")


def _is(asked: str, place: str) -> bool:
    """Loosely: 埼玉県平均 is 県平均, 他市 is 近隣市平均; さいたま市 is no other city."""
    bare, other = _BARE.sub("", asked), _BARE.sub("", place)
    if bare in _COUNTRY or other in _COUNTRY:
        return bare in _COUNTRY and other in _COUNTRY
    if _OTHERS.search(bare):
        return other.endswith(("市", "市町村", "自治体", "団体", "町", "村"))
    return other in bare or bare in other


def value_said(comparison: Comparison, indicator: Indicator) -> str:
    """`8人（R6、埼玉県資料）`."""
    said = show_values(comparison.values, indicator)
    return f"{said}（{show_period(comparison.period)}、{one_line(comparison.source)}）"


def difference(
    indicator: Indicator, mine: dict[str | None, Decimal], other: Comparison
) -> tuple[str, ...]:
    """`4人多い`, for each series that both have a value of."""
    said = (
        _apart(mine[name], other.values[name], name, indicator)
        for name in indicator.series_names
        if name in mine and name in other.values
    )
    return tuple(said)


def _line(standing: Standing, comparison: Comparison) -> Line:
    indicator = standing.indicator
    head = (Bold(comparison.place), f" {value_said(comparison, indicator)}")
    return line(*head, *_stand(standing, comparison))


def _stand(standing: Standing, comparison: Comparison) -> Iterator[str]:
    indicator, latest = standing.indicator, standing.latest
    if latest is None:
        return
    same = _of_period(standing, comparison.period)
    if same is None:
        yield f"　こちらの最新は{_period(latest)}の値で、年が違うため比べていません"
        return
    said = difference(indicator, dict(same.proposal.values), comparison)
    if not said:
        return
    when = "" if same is latest else f"こちらの{_period(same)}の値は"
    how = f"（{BETTER[indicator.better]}）"
    yield f": {when}{'・'.join(said)}{how}"


def _of_period(standing: Standing, period: str) -> Submission | None:
    """One's own figure of that very period."""
    return next((a for a in reversed(standing.actuals) if a.proposal.period == period), None)


def _period(submission: Submission) -> str:
    return show_period(submission.proposal.period or "")


def _apart(mine: Decimal, other: Decimal, name: str | None, indicator: Indicator) -> str:
    kind, called = kind_of(indicator), name or ""
    if kind == "done":
        return f"{called}こちらは{show_value(mine, indicator)}"
    if mine == other:
        return f"{called}同じ"
    if kind == "parity":
        return f"{called}{_nearer(mine, other)}"
    amount = show_amount(mine - other, indicator)
    return f"{called}{amount}{_way(indicator, up=mine > other)}"


def _way(indicator: Indicator, *, up: bool) -> str:
    if kind_of(indicator) == "rank":
        return "下" if up else "上"
    if is_counted(indicator):
        return "多い" if up else "少ない"
    if is_percent(indicator) or is_points(indicator):
        return "高い" if up else "低い"
    return "上回る" if up else "下回る"


def _nearer(mine: Decimal, other: Decimal) -> str:
    """男女の比: which of the two is nearer to 100."""
    apart, theirs = abs(mine - 100), abs(other - 100)
    if apart == theirs:
        return "等しさは同じ"
    return "こちらのほうが等しい" if apart < theirs else "こちらのほうが差が大きい"
