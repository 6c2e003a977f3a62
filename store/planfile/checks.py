"""What single values cannot tell: how the tables of a plan file fit each other.

The checks read the tables as tomllib gave them and pass over what has the wrong shape (that is
said by `store.planfile.shape`), so that every mistake of a file can be told at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from store.planfile.mistakes import Mistake, Path, Table, items, tables, year_of
from store.planfile.series import series_mistakes
from store.planfile.targets import target_mistakes
from store.reading.seen import is_unseen

_NAMED_BY = {"goals": "id", "policies": "code", "indicators": "id"}


def misfits(raw: Table) -> Iterator[Mistake]:
    """Every way in which the tables of a plan do not fit each other."""
    yield from _unseen(raw)
    yield from _plan_years(raw)
    for key in _NAMED_BY:
        yield from _same_names(raw, key)
    yield from _empty(raw)
    for path, goal in tables(raw, "goals"):
        yield from _goal(raw, path, goal)
    served = _served(raw)
    for path, indicator in tables(raw, "indicators"):
        yield from _indicator(raw, served, path, indicator)
        yield from series_mistakes(raw, path, indicator)
        yield from target_mistakes(raw, path, indicator)


def _unseen(found: object, path: Path = ()) -> Iterator[Mistake]:
    """Letters that nobody sees, or that turn the words beside them, in any text of the file."""
    if isinstance(found, Mapping):
        for key, each in found.items():
            yield from _unseen(each, (*path, key))
    elif isinstance(found, list):
        for number, each in enumerate(found):
            yield from _unseen(each, (*path, number))
    elif isinstance(found, str) and (odd := next(filter(is_unseen, found), None)):
        named = f"見えない文字（U+{ord(odd):04X}）があります。消してください。"
        yield Mistake(path, named)


def _names(raw: Table, key: str) -> list[str]:
    naming = _NAMED_BY[key]
    return [n for _, table in tables(raw, key) if isinstance(n := table.get(naming), str)]


def _plan_years(raw: Table) -> Iterator[Mistake]:
    first, last = year_of(raw, "first_year"), year_of(raw, "last_year")
    if first and last and last < first:
        yield Mistake(("last_year",), f"最後の年度 {last} が最初の年度 {first} より前です。")
    for key in ("assumed_baseline_year", "assumed_latest_year"):
        year = year_of(raw, key)
        if year and last and year > last:
            yield Mistake((key,), f"推定した年度 {year} が計画の最後の年度 {last} より後です。")


def _empty(raw: Table) -> Iterator[Mistake]:
    for key in ("goals", "indicators"):
        if raw.get(key) == []:
            yield Mistake((key,), f"一つもありません。[[{key}]] を書いてください。")


def _same_names(raw: Table, key: str) -> Iterator[Mistake]:
    """Names that are the same to somebody who types them: full width and case do not tell apart."""
    naming = _NAMED_BY[key]
    first: dict[str, int] = {}
    for path, table in tables(raw, key):
        name = table.get(naming)
        if not isinstance(name, str):
            continue
        typed = unicodedata.normalize("NFKC", name).casefold()
        index = int(path[-1])
        if typed in first:
            other = f"{key}[{first[typed] + 1}]"
            sentence = f"「{name}」は {other} と重なっています。別の {naming} にしてください。"
            yield Mistake((*path, naming), sentence)
        first.setdefault(typed, index)


def _goal(raw: Table, path: Path, goal: Table) -> Iterator[Mistake]:
    yield from _known(path, goal, "policies", _names(raw, "policies"), "policies の code")
    ids = _names(raw, "indicators")
    for key in ("targets", "kpis"):
        yield from _known(path, goal, key, ids, "indicators の id")
    targets = [item for _, item in items(goal, "targets")]
    for index, item in items(goal, "kpis"):
        if item in targets:
            sentence = (
                f"「{item}」は同じ目標の targets にもあります。どちらか一方に書いてください。"
            )
            yield Mistake((*path, "kpis", index), sentence)


def _known(path: Path, goal: Table, key: str, known: list[str], what: str) -> Iterator[Mistake]:
    yield from _twice(path, goal, key)
    for index, item in items(goal, key):
        if isinstance(item, str) and item not in known:
            yield Mistake(
                (*path, key, index), f"「{item}」は {what} にありません。{_near(item, known)}"
            )


def _near(name: str, known: list[str]) -> str:
    if near := get_close_matches(name, known, n=1):
        return f"「{near[0]}」の書き間違いか、書き忘れではありませんか。"
    return "先に書いてください。"


def _served(raw: Table) -> set[object]:
    goals = [goal for _, goal in tables(raw, "goals")]
    return {
        item
        for goal in goals
        for key in ("targets", "kpis")
        for _, item in items(goal, key)
        if isinstance(item, str)
    }


def _indicator(raw: Table, served: set[object], path: Path, indicator: Table) -> Iterator[Mistake]:
    name, policy = indicator.get("id"), indicator.get("policy")
    if isinstance(name, str) and name not in served:
        sentence = "どの目標にも載っていません。goals の targets か kpis に書いてください。"
        yield Mistake((*path, "id"), sentence)
    codes = _names(raw, "policies")
    if isinstance(policy, str) and policy not in codes:
        sentence = f"施策「{policy}」は policies の code にありません。{_near(policy, codes)}"
        yield Mistake((*path, "policy"), sentence)
    for key in ("basis", "aliases", "yomi", "survey_years"):
        yield from _twice(path, indicator, key)
    if "continues" in indicator and "predecessor" not in raw:
        sentence = "前の計画が分かりません。計画の predecessor に前の計画の id を書いてください。"
        yield Mistake((*path, "continues"), sentence)
    if "renamed_from" in indicator and indicator["renamed_from"] == indicator.get("name"):
        sentence = "今の名称と同じです。前の名称を書くか、この行を消してください。"
        yield Mistake((*path, "renamed_from"), sentence)


def _twice(path: Path, table: Table, key: str) -> Iterator[Mistake]:
    seen: list[object] = []
    for index, item in items(table, key):
        if item in seen:
            sentence = f"「{item}」が二度書かれています。一度だけ書いてください。"
            yield Mistake((*path, key, index), sentence)
        seen.append(item)
