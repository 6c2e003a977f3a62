"""Words and form fields become a proposal: an indicator, a collection, values, a period, a source."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from store.errors import UnknownWords, UnreadableValue
from store.fiscal import era, era_long, read_year
from store.oddities import oddities
from store.periods import check_period, default_period, read_period
from store.plan import Indicator, Plan
from store.submissions import Proposal, SeriesValues
from store.values import Awaiting, normalise, read_values

MOST_WORDS = 40
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
# Marks of direction, and blanks of no width.
UNSEEN = frozenset("\u200e\u200f\u061c\u200b\ufeff")


@dataclass(frozen=True)
class Words:
    """What `/kpi-submit` was told, as far as it went. `typed` is all of it."""

    typed: str
    indicator: Indicator | None = None
    collection: int | None = None
    value: str | None = None
    source: str | None = None


def read_words(typed: str, plan: Plan, today: date) -> Words:
    """`1-1b R6 12人 県の公表値` → its parts, each optional from the right.

    The year may be left out. Values of several series may hold spaces; what follows the value is
    its source. Raises UnknownWords for an indicator the plan does not have.
    """
    tokens = typed.split()[:MOST_WORDS]
    if not tokens:
        return Words(typed)
    indicator = find_indicator(tokens[0], plan, typed)
    rest = tokens[1:]
    collection = read_year(rest[0], today) if rest else None
    if collection is not None:
        rest = rest[1:]
    if not rest:
        return Words(typed, indicator, collection)
    value, source = _value_and_source(rest, indicator)
    return Words(typed, indicator, collection, value, source)


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


def _value_and_source(tokens: list[str], indicator: Indicator) -> tuple[str, str | None]:
    for end in range(len(tokens), 0, -1):
        try:
            read_values(" ".join(tokens[:end]), indicator)
        except UnreadableValue:
            continue
        return " ".join(tokens[:end]), " ".join(tokens[end:]) or None
    return " ".join(tokens), None


def check_collection(plan: Plan, collection: int, today: date, typed: str) -> None:
    """Raises UnknownWords for a year outside the plan or one that is not over yet."""
    first, last = plan.first_year or collection, plan.last_year or collection
    if not first <= collection <= last:
        raise UnknownWords(
            f"{era(collection)}は計画期間（{era(first)}〜{era(last)}）の外です。"
            f"{era(first)}から{era(last)}までの年度で入力してください。",
            typed,
        )
    if today < date(collection + 1, 4, 1):
        raise UnknownWords(
            f"{era(collection)}（{era_long(collection)}）はまだ終わっていません。"
            f"実績は{collection + 1}年4月1日から提出できます。",
            typed,
        )


def propose(
    plan: Plan,
    indicator: Indicator,
    collection: int,
    value: str,
    today: date,
    typed: str,
    period: str | None = None,
    source: str | None = None,
    note: str | None = None,
    previous: SeriesValues | None = None,
) -> Proposal:
    """What is to be submitted, read and checked.

    Raises UnknownWords for a year that cannot be reported and UnreadableValue for a value or
    period that cannot be read; both give back `typed`.
    """
    check_collection(plan, collection, today, typed)
    try:
        reading = read_values(value, indicator)
        of = read_period(period, today) if period else default_period(collection)
        check_period(of, collection)
    except UnreadableValue as error:
        raise UnreadableValue(str(error), typed) from error
    if isinstance(reading, Awaiting):
        return awaiting(plan, indicator, collection, reading.month, typed, source, note)
    return Proposal(
        plan.id,
        indicator.id,
        collection,
        values=dict(reading.by_series),
        period=of,
        source=readable(source),
        note=readable(note),
        typed=readable(typed),
        oddities=oddities(reading.by_series, indicator, previous),
    )


def awaiting(
    plan: Plan,
    indicator: Indicator,
    collection: int,
    month: int | None,
    typed: str,
    source: str | None = None,
    note: str | None = None,
) -> Proposal:
    """統計公表待ち: the statistic is not out; it is expected in `month` (1–12) when that is known."""
    return Proposal(
        plan.id,
        indicator.id,
        collection,
        kind="awaiting",
        month=month,
        source=readable(source),
        note=readable(note),
        typed=readable(typed),
    )


def readable(text: str | None) -> str | None:
    """Text of people without blanks around it and without what nobody can see in it; None for none.

    Control characters, halves of characters and marks that turn the direction of writing go: they
    would change how the words beside them look.
    """
    seen = "".join(c for c in text or "" if c in "\n\t" or not _unseen(c))
    return seen.strip() or None


def _unseen(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or unicodedata.bidirectional(character) in TURNING
        or character in UNSEEN
    )
