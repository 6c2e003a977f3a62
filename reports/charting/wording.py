"""The words around a chart: what stands below its title, below the years and at the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.charting.picture import Caption
from reports.history import Point, Role
from store.fiscal import era
from store.plan import Indicator, Plan
from store.reading.units import kind_of
from store.standing import Standing

SAMPLE = "サンプル（架空の値）"
NOTHING_YET = "まだ実績がありません"
_CALLED: dict[Role, str] = {
    "first": "当初値",
    "last": "最新値",
    "latest": "最新値",
    "baseline": "現状値",
}
_BETTER = {
    "higher": "値が大きいほど良い",
    "lower": "値が小さいほど良い",
    "parity": "100に近いほど良い（女性100に対する男性の値）",
}


def subtitle_of(indicator: Indicator) -> str:
    """`1-1b ｜ 単位 人／年 ｜ 値が小さいほど良い`."""
    kind = kind_of(indicator)
    per = f"／{indicator.per}" if indicator.per else ""
    unit = f"単位 {indicator.unit}{per}" if indicator.unit and kind == "number" else ""
    return " ｜ ".join(said for said in (indicator.id, unit, better_said(indicator)) if said)


def better_said(indicator: Indicator) -> str:
    """`値が小さいほど良い`; nothing where only 済 and 未 are told apart."""
    ranged = any(t.kind == "range" for s in indicator.series for t in s.targets)
    better = "目標の範囲に近いほど良い" if ranged else _BETTER[indicator.better]
    return {"rank": "順位が上ほど良い", "done": ""}.get(kind_of(indicator), better)


def source_of(standing: Standing, plan: Plan, earlier: Plan | None, points: Sequence[Point]) -> str:
    """How to read the picture, and where its figures come from; the end may be cut to fit."""
    said = "横軸はデータの年度。"
    if any(p.kind == "pending" for p in points):
        said += "白抜き・破線は確認中の値。"
    documents = [p.title for p in (earlier, plan) if p and _tells(p is plan, points)]
    said += f"出典: 現状値・目標値は{'・'.join(documents)}"
    if any("actual" in p.roles for p in points):
        owner = standing.department.name if standing.department else "担当課"
        said += f"、実績値は{standing.indicator.source or f'{owner}の報告'}"
    return said


def captions_of(
    points: Sequence[Point], target_year: int | None, undated: int | None
) -> Iterator[Caption]:
    """What stands below a year: 現状値 R2と推定, the day of a figure, 目標年度."""
    lines: dict[int, dict[str, None]] = {}
    for point in points:
        year = point.year if point.year is not None else undated
        if year is not None:
            lines.setdefault(year, {}).update(dict.fromkeys(_caption(point)))
    if target_year is not None:
        lines.setdefault(target_year, {})["目標年度"] = None
    for year, said in sorted(lines.items()):
        if said:
            yield Caption(year, tuple(said))


def _caption(point: Point) -> Iterator[str]:
    called = [_CALLED[role] for role in point.roles if role in _CALLED]
    if "aside" in point.roles:
        yield f"参考 {point.period}".rstrip()
        return
    if called:
        yield called[-1]
    if point.year is None:
        yield "年の記載なし"
    elif point.period != era(point.year):
        yield point.period


def _tells(own: bool, points: Sequence[Point]) -> bool:
    return own or any(p.phase == 1 for p in points)
