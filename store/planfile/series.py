"""How the series and the figures of one indicator of a plan file fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store.plan import LAST_YEAR
from store.planfile.mistakes import Mistake, Path, Table, items, period_of, tables, year_of


def series_mistakes(raw: Table, at: Path, indicator: Table) -> Iterator[Mistake]:
    """Every way in which the parts of one indicator, which stands `at`, do not fit."""
    if indicator.get("series") == []:
        yield Mistake((*at, "series"), "[[indicators.series]] を一つ以上書いてください。")
    yield from _names(at, indicator)
    yield from _parity(at, indicator)
    for path, series in tables(indicator, "series", at):
        yield from _references(path, series)
        yield from _observed(raw, path, series)


def _names(at: Path, indicator: Table) -> Iterator[Mistake]:
    parts = list(tables(indicator, "series", at))
    seen: list[object] = []
    for path, series in parts:
        name = series.get("name")
        if name is None and len(parts) > 1:
            yield Mistake(path, "系列が二つ以上あるときは、それぞれに name を書いてください。")
        elif name is not None and name in seen:
            sentence = f"系列「{name}」が二度書かれています。別の name にしてください。"
            yield Mistake((*path, "name"), sentence)
        seen.append(name)


def _parity(at: Path, indicator: Table) -> Iterator[Mistake]:
    unit = indicator.get("unit")
    if indicator.get("better") == "parity" and isinstance(unit, str) and unit:
        sentence = f'男女の比（女性を100とした男性の数）に単位「{unit}」はつきません。unit = "" としてください。'
        yield Mistake((*at, "unit"), sentence)


def _references(path: Path, series: Table) -> Iterator[Mistake]:
    baselines = [table for _, table in tables(series, "baselines")]
    marked = sum(table.get("reference", True) is True for table in baselines)
    if len(baselines) > 1 and marked != 1:
        sentence = (
            f"現状値が{len(baselines)}つあり、reference = true（書かないときも true）が{marked}つです。"
            "判定の基準にする一つだけを true、ほかを false にしてください。"
        )
        yield Mistake((*path, "baselines"), sentence)


def _observed(raw: Table, path: Path, series: Table) -> Iterator[Mistake]:
    """Years of figures: in order, baselines before the last target, nothing after the plan."""
    aims = [year_of(target, "year") for _, target in tables(series, "targets")]
    target = max((year for year in aims if year), default=None)
    for place, baseline in tables(series, "baselines", path):
        yield from _years(raw, place, baseline, target)
    latest = series.get("latest")
    if isinstance(latest, Mapping):
        yield from _years(raw, (*path, "latest"), latest, None)


def _years(raw: Table, place: Path, figure: Table, target: int | None) -> Iterator[Mistake]:
    years = [year for _, year in items(figure, "years") if isinstance(year, int)]
    newest = max(years, default=None)
    _, last = period_of(raw)
    if years != sorted(set(years)):
        yield Mistake((*place, "years"), f"年度 {years} を、古い順に一度ずつ書いてください。")
    elif newest and last and last < newest <= LAST_YEAR:
        sentence = f"値の年度 {newest} が計画の最後の年度 {last} より後です。"
        yield Mistake((*place, "years"), sentence)
    elif newest and target and target <= newest <= LAST_YEAR:
        sentence = f"現状値の年度 {newest} が目標値の年度 {target} より前ではありません。"
        yield Mistake((*place, "years"), sentence)
