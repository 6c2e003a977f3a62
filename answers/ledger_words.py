"""What part of the history is looked for, in words: a department, an indicator, a person, a time, a kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from answers.event_words import WORDS
from answers.matching import names_of
from store.departments import Department
from store.fiscal import era, fiscal_year, read_year
from store.ledger import Wanted
from store.ledger_rows import WHATS, What
from store.plan import Plan
from store.spelling import key

Span = Literal["今日", "今週", "先週", "今月", "先月", "今年度"]
SPANS: tuple[Span, ...] = get_args(Span)
EXAMPLES = "例: `こども課 今週`、`1-1b 承認`、`R6 訂正`"
_PAGE = re.compile(r"([0-9]{1,4})(?:ページ目?|頁)")
_USER = re.compile(r"(?:<@)?([UW][A-Z0-9]{5,})(?:(?:\|[^>]*)?>)?")
_KINDS: dict[str, What] = {
    **{key(word): what for what, word in WORDS.items()},
    **{key("定義カード"): "card", key("差し戻し"): "return", key("取り下げ"): "withdraw"},
    **{key("担当の変更"): "assign", key("確認"): "confirm", key("報告"): "report"},
}


@dataclass(frozen=True)
class Sought:
    """What is looked for; all of it has to hold. `unknown` are words that name nothing."""

    indicator: str | None = None
    department: str | None = None
    person: str | None = None
    span: Span | None = None
    collection: int | None = None
    kinds: tuple[What, ...] = ()
    page: int = 1
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words that are read as this again, without the page."""
        return " ".join(self._words())

    def _words(self) -> Iterator[str]:
        yield from (each for each in (self.indicator, self.department, self.person) if each)
        yield from (each for each in (self.span,) if each)
        if self.collection is not None:
            yield era(self.collection)
        yield from (WORDS[kind] for kind in self.kinds)


def read_sought(
    words: str,
    plan: Plan,
    departments: Mapping[str, Department],
    people: Mapping[str, str],
    today: date,
) -> Sought:
    """What `words` look for; `people` are display names by user id. Every word is forgiven its spelling."""
    found, rest = _people(unicodedata.normalize("NFKC", words), people)
    for word in rest.split():
        found = _read(found, word, plan, departments, today)
    return found


def wanted(sought: Sought, plan: Plan, owned: tuple[str, ...], today: date) -> Wanted:
    """The same for the store. `owned` are the indicators and policies of the department sought."""
    first, last = _days(sought.span, today)
    return Wanted(
        plan.id,
        subjects_of(plan, sought.indicator) if sought.indicator else (),
        sought.department,
        owned,
        sought.person,
        first,
        last,
        sought.collection,
        frozenset(sought.kinds),
    )


def subjects_of(plan: Plan, indicator: str) -> tuple[str, ...]:
    """What concerns an indicator: itself, and its policy, whose department answers for it."""
    policy = plan.by_id[indicator].policy
    return (indicator, policy) if policy else (indicator,)


def _people(text: str, people: Mapping[str, str]) -> tuple[Sought, str]:
    """Names may have blanks in them, so they are looked for before the words are parted."""
    for user, name in sorted(people.items(), key=lambda pair: -len(pair[1])):
        called = unicodedata.normalize("NFKC", name)
        place = re.search(rf"(?<!\S){re.escape(called)}(?!\S)", text) if called else None
        if place:
            return Sought(person=user), f"{text[: place.start()]} {text[place.end() :]}"
    return Sought(), text


def _read(
    sought: Sought, word: str, plan: Plan, departments: Mapping[str, Department], today: date
) -> Sought:
    if page := _PAGE.fullmatch(word):
        return replace(sought, page=max(1, int(page[1])))
    if (kind := _KINDS.get(key(word))) is not None:
        return replace(sought, kinds=tuple(w for w in WHATS if w in {*sought.kinds, kind}))
    named: dict[str, Any] = {
        "span": next((each for each in SPANS if each == word), None),
        "person": next((user for user in _USER.findall(word) if _USER.fullmatch(word)), None),
        "department": _department(word, departments),
        "indicator": next(
            (hit.id for hit in names_of(plan).called(word) if hit.thing == "indicator"), None
        ),
        "collection": read_year(word, today),
    }
    for part, value in named.items():
        if value is not None:
            return replace(sought, **{part: value})
    return replace(sought, unknown=(*sought.unknown, word))


def _department(word: str, departments: Mapping[str, Department]) -> str | None:
    wanted = key(word)
    for each in departments.values():
        if wanted in map(key, (each.id, each.name, each.name.partition("（")[0])):
            return each.id
    return None


def _days(span: Span | None, today: date) -> tuple[date | None, date | None]:
    """The first and last day of a span; nothing for all of time."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = first - timedelta(days=1)
    spans: dict[Span | None, tuple[date | None, date | None]] = {
        None: (None, None),
        "今日": (today, today),
        "今週": (monday, monday + timedelta(days=6)),
        "先週": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "今月": (first, None),
        "先月": (before.replace(day=1), before),
        "今年度": (date(fiscal_year(today), 4, 1), None),
    }
    return spans[span]
