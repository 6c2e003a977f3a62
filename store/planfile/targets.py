"""How the targets of one indicator of a plan file fit their kind, the plan and each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from store.planfile.mistakes import Mistake, Path, Table, period_of, tables, year_of

_NUMBERS_OF = {
    "value": ("value",),
    "parity": ("value",),
    "rank": ("value",),
    "range": ("low", "high"),
    "up": (),
    "down": (),
    "done": (),
    "none": (),
}

_BETTER_OF = {
    "value": ("higher", "lower"),
    "up": ("higher", "parity"),
    "down": ("lower", "parity"),
    "parity": ("parity",),
    "rank": ("lower",),
}

_FAMILIES = {
    "value": "number",
    "range": "number",
    "parity": "ratio",
    "done": "done",
    "rank": "rank",
}


def target_mistakes(raw: Table, at: Path, indicator: Table) -> Iterator[Mistake]:
    """Every way in which the targets of one indicator, which stands `at`, do not fit."""
    yield from _families(at, indicator)
    for path, series in tables(indicator, "series", at):
        yield from _target_years(raw, path, series)
        for place, target in tables(series, "targets", path):
            yield from _numbers(place, target)
            yield from _direction(place, target, indicator.get("better"))


def _families(at: Path, indicator: Table) -> Iterator[Mistake]:
    """A figure is a number, a ratio, 済・未 or a rank, and stays so."""
    first: str | None = None
    for path, series in tables(indicator, "series", at):
        for place, target in tables(series, "targets", path):
            kind = target.get("kind")
            if not isinstance(kind, str) or kind not in _FAMILIES:
                continue
            first = first or kind
            if _FAMILIES[kind] != _FAMILIES[first]:
                sentence = f'kind = "{kind}" は、同じ指標の kind = "{first}" と一緒には使えません。'
                yield Mistake((*place, "kind"), sentence)


def _target_years(raw: Table, path: Path, series: Table) -> Iterator[Mistake]:
    first, last = period_of(raw)
    seen: list[object] = []
    for place, target in tables(series, "targets", path):
        year = year_of(target, "year")
        if year and ((first and year < first) or (last and year > last)):
            period = f"{first or ''}〜{last or ''}"
            yield Mistake((*place, "year"), f"目標値の年度 {year} が計画期間（{period}）の外です。")
        if "year" in target and target["year"] in seen:
            sentence = f"{target['year']} 年度の目標値が二度書かれています。一つにしてください。"
            yield Mistake((*place, "year"), sentence)
        elif seen and ("year" not in target or None in seen):
            sentence = "目標値が二つ以上あるときは、それぞれに year を書いてください。"
            yield Mistake(place, sentence)
        seen.append(target.get("year"))


def _numbers(place: Path, target: Table) -> Iterator[Mistake]:
    kind = target.get("kind")
    if not isinstance(kind, str) or kind not in _NUMBERS_OF:
        return
    wanted = _NUMBERS_OF[kind]
    for key in ("value", "low", "high"):
        if key in wanted and key not in target:
            yield Mistake((*place, key), f'kind = "{kind}" の目標値には {key} を書いてください。')
        if key not in wanted and key in target:
            sentence = f'kind = "{kind}" の目標値に {key} は書けません。この行を消すか kind を直してください。'
            yield Mistake((*place, key), sentence)
    low, high = _decimal(target.get("low")), _decimal(target.get("high"))
    if kind == "range" and low is not None and high is not None and low > high:
        yield Mistake((*place, "low"), f"下限 {low} が上限 {high} より大きくなっています。")
    rank = _decimal(target.get("value"))
    if kind == "rank" and rank is not None and (rank < 1 or rank != rank.to_integral_value()):
        yield Mistake(
            (*place, "value"), f"順位は 1 以上の整数で書いてください（書かれている値: {rank}）。"
        )


def _direction(place: Path, target: Table, better: object) -> Iterator[Mistake]:
    kind = target.get("kind")
    if not isinstance(kind, str) or better not in ("higher", "lower", "parity"):
        return
    wanted = _BETTER_OF.get(kind, (better,))
    if better not in wanted:
        words = " か ".join(f'"{word}"' for word in wanted)
        sentence = f'kind = "{kind}" の目標値は better が {words} の指標のものです（書かれている better: "{better}"）。'
        yield Mistake((*place, "kind"), sentence)


def _decimal(value: object) -> Decimal | None:
    """The number written, None where it cannot be read (which `store.planfile.shape` says)."""
    if not isinstance(value, str | int):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
