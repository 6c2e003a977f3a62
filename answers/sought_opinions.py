"""Which opinions are looked for, in words: a year, open or answered, whose, about what, words in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from answers.opinion_lines import ANSWERED, OPEN, Opinions
from answers.opinion_words import body_in, department_in, subject_in
from answers.subjects import subject_called, subject_value
from store.departments import Department
from store.fiscal import era, read_year
from store.plan import Plan
from store.remarks import Body, Opinion, Subject, body_name
from store.spelling import key

_PAGE = re.compile(r"([0-9]{1,4})(?:ページ目?|頁)")
_NUMBER = re.compile(r"#([0-9]{1,9})")
_STATES = {key(OPEN): False, key(ANSWERED): True, key("対応済み"): True}


@dataclass(frozen=True)
class Sought:
    """What is looked for; all of it has to hold. `words` have to stand in the opinion or its answers."""

    number: int | None = None
    collection: int | None = None
    answered: bool | None = None
    body: Body | None = None
    subject: Subject | None = None
    department: str | None = None
    words: tuple[str, ...] = ()
    page: int = 1

    def called(self, plan: Plan) -> str:
        """The words that are read as this again, without the page."""
        return " ".join(self._called(plan))

    def _called(self, plan: Plan) -> Iterator[str]:
        if self.collection is not None:
            yield era(self.collection)
        if self.answered is not None:
            yield ANSWERED if self.answered else OPEN
        if self.body is not None:
            yield body_name(self.body, plan.labels)
        if self.subject is not None:
            yield subject_called(plan, subject_value(self.subject))
        if self.department is not None:
            yield self.department
        yield from self.words


def read_sought(words: str, plan: Plan, departments: Iterable[Department], today: date) -> Sought:
    """What the words look for; a word that names nothing is looked for in the opinions."""
    found, known = Sought(), list(departments)
    for word in unicodedata.normalize("NFKC", words).split():
        found = _read(found, word, plan, known, today)
    return found


def matching(sought: Sought, seen: Opinions, *, state: bool = True) -> tuple[Opinion, ...]:
    """The opinions that are looked for, the newest collection first, open ones before the others.

    `state=False` leaves aside whether they are open.
    """
    there = [each for each in seen.found if _is_sought(sought, seen, each, state)]
    return tuple(sorted(there, key=_order))


def _read(
    sought: Sought, word: str, plan: Plan, departments: list[Department], today: date
) -> Sought:
    page, number = _PAGE.fullmatch(word), _NUMBER.fullmatch(word)
    named: dict[str, Any] = {
        "page": max(1, int(page[1])) if page else None,
        "number": int(number[1]) if number else None,
        "answered": _STATES.get(key(word)),
        "body": body_in(word, plan),
        "department": department_in(word, departments),
        "subject": subject_in(word, plan),
        "collection": read_year(word, today),
    }
    for part, value in named.items():
        if value is not None:
            return replace(sought, **{part: value})
    return replace(sought, words=(*sought.words, word))


def _is_sought(sought: Sought, seen: Opinions, opinion: Opinion, state: bool) -> bool:
    owner = seen.owner(opinion)
    wanted = (
        (sought.number, opinion.number),
        (sought.collection, opinion.collection),
        (sought.answered if state else None, opinion.answer is not None),
        (sought.body, opinion.body),
        (sought.subject, opinion.subject if opinion.plan == seen.plan.id else None),
        (sought.department, owner.id if owner else ""),
    )
    if any(want is not None and want != is_so for want, is_so in wanted):
        return False
    said = key("".join((opinion.text, *(a.text for a in opinion.answers))))
    said += key(seen.plans.subject(opinion))
    return all(key(word) in said for word in sought.words)


def _order(opinion: Opinion) -> tuple[int, bool, str, int]:
    due = opinion.due.isoformat() if opinion.due else "9999"
    return -opinion.collection, opinion.answer is not None, due, opinion.number
