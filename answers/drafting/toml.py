"""A list of indicators as the text of a plan file. Gaps are comments that say what is to be written.

Nothing is guessed: which way is better shows in ↗ and ↘ only, a unit is written where all of an
indicator's figures agree on it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from answers.drafting.figures import Figure, kind_of
from answers.drafting.listed import Listed, PlanList
from store.plan import Better, TargetKind

TO_WRITE = "# ← 要記入"
_BETTER: dict[TargetKind, Better] = {"up": "higher", "down": "lower", "parity": "parity"}
_BASIS = {"成果": "outcome", "比較": "comparison", "基準値": "standard"}
_HEAD = (
    "# 指標の一覧から作った下書き。「← 要記入」の行を埋め、行頭の # を消して仕上げる。",
    "# 埋め終わるまで kpibot plan check が足りないところを言う。書き方は docs/plan-file.md。",
    "",
)


def draft(listed: PlanList) -> str:
    """The plan file's text."""
    ids = _ids(listed)
    lines = [*_HEAD, *_plan(listed)]
    for goal, (label, title) in listed.goals.items():
        lines += ["", *_goal(listed, ids, goal, label, title)]
    for code, name in listed.policies.items():
        lines += ["", "[[policies]]", f"code = {_said(code)}", _or_gap("name", name)]
    for each, id_ in zip(listed.indicators, ids, strict=True):
        lines += ["", *_indicator(listed, each, id_)]
    return "\n".join(lines) + "\n"


def _ids(listed: PlanList) -> list[str]:
    """`1-1a`, `1-1b` by policy in order of appearance; `1T1`, `1K1` by goal without policies."""
    counts: dict[str, int] = defaultdict(int)
    found = []
    for each in listed.indicators:
        goal, target = each.places[0]
        before = each.code or f"{goal}{'T' if target else 'K'}"
        counts[before] += 1
        found.append(f"{before}{_letter(counts[before]) if each.code else counts[before]}")
    return found


def _letter(number: int) -> str:
    """a, b, … z, aa, ab, …"""
    before, last = divmod(number - 1, 26)
    return f"{_letter(before) if before else ''}{chr(ord('a') + last)}"


def _plan(listed: PlanList) -> Iterator[str]:
    yield f'# id = "my-plan-1"  {TO_WRITE}'
    yield f'# title = "○○市総合戦略"  {TO_WRITE}'
    yield f'# municipality = "○○市"  {TO_WRITE}'
    yield f"# first_year = 2022  {TO_WRITE}"
    yield (
        f"last_year = {listed.target_year}"
        if listed.target_year
        else f"# last_year = 2025  {TO_WRITE}"
    )


def _goal(listed: PlanList, ids: list[str], goal: str, label: str, title: str) -> Iterator[str]:
    members = [
        (id_, target, each.code)
        for each, id_ in zip(listed.indicators, ids, strict=True)
        for place, target in each.places
        if place == goal
    ]
    yield "[[goals]]"
    yield f"id = {_said(goal)}"
    yield f"label = {_said(label)}"
    yield _or_gap("title", title)
    yield f"policies = {_said(list(dict.fromkeys(code for *_, code in members if code)))}"
    yield f"targets = {_said([id_ for id_, target, _ in members if target])}"
    yield f"kpis = {_said([id_ for id_, target, _ in members if not target])}"


def _indicator(listed: PlanList, each: Listed, id_: str) -> Iterator[str]:
    figures = [figure for pair in each.series.values() for figure in pair if figure]
    kinds = {kind_of(target) for _, target in each.series.values()}
    better = {_BETTER[kind] for kind in kinds if kind in _BETTER}
    yield f"# 表の{'・'.join(map(str, each.rows))}行目"
    yield "[[indicators]]"
    yield f"id = {_said(id_)}"
    if each.code:
        yield f"policy = {_said(each.code)}"
    yield f"name = {_said(each.name)}"
    yield from _unit(each, figures)
    if any(figure.per == "年" for figure in figures):
        yield 'per = "年"'
        yield 'measure = "yearly"'
    if len(better) == 1:
        yield f"better = {_said(better.pop())}"
    else:
        yield f'# better = "higher"  {TO_WRITE}（higher 増えるほどよい・lower 減るほどよい・parity 等しいほどよい）'
    if basis := [word for named, word in _BASIS.items() if named in each.basis]:
        yield f"basis = {_said(basis)}"
    for name, (baseline, target) in each.series.items():
        yield "[[indicators.series]]"
        if name:
            yield f"name = {_said(name)}"
        yield from _baseline(listed, baseline)
        yield from _target(listed, target)


def _unit(each: Listed, figures: Sequence[Figure]) -> Iterator[str]:
    units = {each.unit} if each.unit else {f.unit for f in figures if f.unit is not None}
    bare = units == {""} and any(figure.value is None for figure in figures)
    if len(units) == 1 and not bare:
        yield f"unit = {_said(units.pop())}"
    else:
        seen = "・".join(sorted(unit or "（なし）" for unit in units if unit is not None))
        yield f'# unit = ""  {TO_WRITE}（単位のない値は ""{f"、一覧では {seen}" if seen else ""}）'


def _baseline(listed: PlanList, figure: Figure | None) -> Iterator[str]:
    if figure is None:
        return
    years = figure.years or ((listed.baseline_year,) if listed.baseline_year else ())
    if figure.value is None:
        yield f'# baselines = [{{ value = "0", text = {_said(figure.text)} }}]  {TO_WRITE}（値を読み取れません）'
        return
    said = f", years = {_said(list(years))}" if years else ""
    yield f"baselines = [{{ value = {_said(figure.value)}, text = {_said(figure.text)}{said} }}]"


def _target(listed: PlanList, figure: Figure | None) -> Iterator[str]:
    year = f"year = {listed.target_year}, " if listed.target_year else ""
    text = f", text = {_said(figure.text)}" if figure else ""
    kind = kind_of(figure)
    if kind is None:
        yield f'# targets = [{{ {year}kind = "done"{text} }}]  {TO_WRITE}（種類を読み取れません）'
        return
    value = "100" if kind == "parity" else figure.value if figure and kind == "value" else None
    said = f", value = {_said(value)}" if value is not None else ""
    yield f"targets = [{{ {year}kind = {_said(kind)}{said}{text} }}]"


def _or_gap(name: str, text: str) -> str:
    return f"{name} = {_said(text)}" if text else f'# {name} = ""  {TO_WRITE}'


def _said(value: object) -> str:
    """As TOML writes it: strings and lists of them are written as JSON writes them."""
    return json.dumps(value, ensure_ascii=False)
