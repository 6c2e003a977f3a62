"""The words of `/kpi-submit` apart: indicator, 報告年度, データ年, value, 今年度分・累計, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store.errors import UnknownWords, UnreadableValue
from store.fiscal import read_year
from store.periods import read_period
from store.plan import Indicator, Plan
from store.totals import Entered
from store.values import normalise, read_values

MOST_WORDS = 40

# R5の値 names a データ年 wherever it stands; 2023年 and R6.4.1 only right before or after the value.
_NAMED_PERIOD = re.compile("(?:の値|の実績|の分|時点|現在|年度末|分)$")
_PARTS: dict[str, Entered] = {
    **dict.fromkeys(("今年度分", "本年度分", "当年度分", "単年度分", "今年分"), "year"),
    **dict.fromkeys(("累計", "累計値", "通算"), "total"),
}


@dataclass(frozen=True)
class Words:
    """What `/kpi-submit` was told, as far as it went. `typed` is all of it."""

    typed: str
    indicator: Indicator | None = None
    collection: int | None = None
    value: str | None = None
    source: str | None = None
    period: str | None = None
    part: Entered | None = None


def read_words(typed: str, plan: Plan, today: date) -> Words:
    """`1-1b R6 12人 県の公表値` → its parts, each optional from the right.

    The year may be left out. Values of several series may hold spaces; what follows the value is
    its source. A データ年 is said as 「R5の値」「R6.4.1現在」「2023年」, a part of a total as 「今年度分」.
    Raises UnknownWords for an indicator the plan does not have.
    """
    tokens = typed.split()[:MOST_WORDS]
    if not tokens:
        return Words(typed)
    indicator = find_indicator(tokens[0], plan, typed)
    said = take_apart(tokens[1:], indicator, today)
    return Words(typed, indicator, said.collection, said.value, said.source, said.period, said.part)


def find_indicator(word: str, plan: Plan, typed: str) -> Indicator:
    """The indicator of that id or exact name, however its digits and dashes were typed."""
    wanted = _plain(word)
    found = [
        i
        for i in plan.indicators
        if wanted in {_plain(i.id), _plain(i.name), *(_plain(a) for a in i.aliases)}
    ]
    if len(found) == 1:
        return found[0]
    inside = [i for i in plan.indicators if len(wanted) > 1 and wanted in _plain(i.name)]
    if len(inside) == 1:
        return inside[0]
    near = found or inside or list(plan.of_policy(wanted))
    hint = "、".join(f"`{i.id}` {i.name}" for i in near[:4])
    raise UnknownWords(
        f"「{word}」という指標は見つかりません。"
        + (f"もしかして: {hint}" if hint else "例: `/kpi-submit 1-1b R6 12人 県の公表値`"),
        typed,
    )


def _plain(text: str) -> str:
    return normalise(text).replace(" ", "").casefold()


@dataclass(frozen=True)
class Parts:
    """What follows the indicator. `period` is as it was typed; None for whatever was not said."""

    collection: int | None = None
    period: str | None = None
    value: str | None = None
    part: Entered | None = None
    source: str | None = None


def take_apart(tokens: Sequence[str], indicator: Indicator, today: date) -> Parts:
    """The words behind the indicator, each part optional; what follows the value is its source."""
    named = [t for t in tokens if _names_period(t, today)]
    parts = [_PARTS[t] for t in tokens if t in _PARTS]
    rest = [t for t in tokens if t not in named[:1] and t not in _PARTS]
    collection = read_year(rest[0], today) if rest else None
    rest = rest[collection is not None :]
    period = named[0] if named else None
    if period is None and len(rest) > 1 and _is_period(rest[0], today):
        period, rest = rest[0], rest[1:]
    if not rest:
        return Parts(collection, period, part=parts[0] if parts else None)
    value, after = _value_and_rest(rest, indicator)
    if period is None and after and _is_period(after[0], today):
        period, after = after[0], after[1:]
    return Parts(collection, period, value, parts[0] if parts else None, " ".join(after) or None)


def _value_and_rest(tokens: list[str], indicator: Indicator) -> tuple[str, list[str]]:
    """The most words that are a value together; all of them where none are, so that it is said why."""
    for end in range(len(tokens), 0, -1):
        try:
            read_values(" ".join(tokens[:end]), indicator)
        except UnreadableValue:
            continue
        return " ".join(tokens[:end]), tokens[end:]
    return " ".join(tokens), []


def _names_period(token: str, today: date) -> bool:
    return token not in _PARTS and bool(_NAMED_PERIOD.search(token)) and _reads(token, today)


def _is_period(token: str, today: date) -> bool:
    """2023年, R6.4.1, H30〜R2平均: a year alone is the collection's, 2023年度 may open a source."""
    bare = token.strip("()（）")
    return _reads(bare, today) and not read_period(bare, today).removeprefix("FY").isdigit()


def _reads(token: str, today: date) -> bool:
    try:
        return bool(read_period(token.strip("()（）"), today))
    except UnreadableValue:
        return False
