"""A question as it was typed → what it asks. Forgiving in spelling, and never guessing.

`understand` tries its readings in a fixed order, the surest first. What no reading takes is
answered with what was understood, what could be meant, and examples.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from answers.guards import Refusal, elsewhere, refused
from answers.intention import Intention, Kind
from answers.likeness import in_history, likeliest, near_to
from answers.over_years import over_years
from answers.plain import asked_for, department_in
from answers.readings import Question, surest, whole
from store.departments import Department
from store.errors import UnknownWords
from store.fiscal import era, find_year
from store.plan import Plan

__all__ = ["Intention", "Kind", "tidy", "understand"]

LONGEST = 300
MOST_OFFERED = 3
_PAGE = re.compile(
    r"(?:^|\s)(?:(\d{1,3})\s*(?:ページ目?|頁)|(?:ページ|頁|page|p\.?)\s*(\d{1,3}))\s*$", re.I
)
_JOINS = re.compile(r"^[\sのをはが、。・]+|[\sのをはが、。・?!]+$")


def understand(text: str, plan: Plan, departments: Iterable[Department], today: date) -> Intention:
    """What `text` asks about `plan`. `today` says which year 昨年度 is.

    Raises UnknownWords for a year that the plan does not report on.
    """
    question = Question(tidy(text), plan, tuple(departments))
    found = whole(question) or _in_parts(question, today, text)
    return replace(found, typed=text, understood=_with_year(found))


def _in_parts(question: Question, today: date, typed: str) -> Intention:
    """A question that is more than one name: a page, a year, and what is left of it."""
    words, page = _page(question.words)
    year, rest = find_year(words, today)
    rest = _JOINS.sub("", rest)
    found = asked_for(rest, question.plan, question.departments)
    if found is None and (refusal := refused(words, question.plan)):
        return _declined(replace(question, words=words), refusal)
    found = found or surest(replace(question, words=rest)) or _beside(question, rest)
    if found is None:
        found, year = _freely(replace(question, words=words), today)
    _check_year(year, question.plan, typed)
    return replace(found, year=year, page=page)


def _freely(question: Question, today: date) -> tuple[Intention, int | None]:
    """A question in plain words, and its year."""
    asked = over_years(question.words, today)
    _, words = department_in(asked.words, question.departments)
    found = surest(replace(question, words=_JOINS.sub("", words)))
    found = found or likeliest(replace(question, words=words))
    return (in_history(found, question.plan) if asked.several else found), asked.year


def _declined(question: Question, refusal: Refusal) -> Intention:
    ids = near_to(question)[:MOST_OFFERED]
    found = Intention("unsure", ids, understood=refusal.reason, declined=True)
    beside = _beside(question, question.words)
    if beside is None:
        return found
    ids = tuple(dict.fromkeys((*beside.ids, *ids)))[:MOST_OFFERED]
    return replace(found, ids=ids, elsewhere=beside.elsewhere)


def _beside(question: Question, words: str) -> Intention | None:
    """県平均と比べて待機児童は: one indicator, with the place that it is to be compared with."""
    place, rest = elsewhere(words, question.plan)
    if not place or not rest:
        return None
    asked = replace(question, words=_JOINS.sub("", rest))
    found = surest(asked) or likeliest(asked)
    return replace(found, elsewhere=place) if found.kind == "indicator" else None


def tidy(text: str) -> str:
    """What was typed in the usual widths, on one line and not too long."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text[:LONGEST])).strip()


def _page(words: str) -> tuple[str, int]:
    found = _PAGE.search(words)
    if found is None:
        return words, 1
    return words[: found.start()].strip(), max(1, int(found[1] or found[2]))


def _check_year(year: int | None, plan: Plan, typed: str) -> None:
    first, last = plan.first_year, plan.last_year
    too_early = year is not None and first is not None and year < first
    too_late = year is not None and last is not None and year > last
    if year is None or not (too_early or too_late):
        return
    span = f"{era(first) if first else ''}〜{era(last) if last else ''}"
    example = era(last or first or year)
    raise UnknownWords(
        f"{era(year)}（{year}年度）は、この計画の報告年度（{span}）にありません。"
        f"例: `/kpi {example}`",
        typed,
    )


def _with_year(found: Intention) -> str:
    if found.year is None:
        return found.understood
    if found.kind == "unsure":
        return f"{found.understood}年度は{era(found.year)}と読みました。"
    return f"{found.understood}（{era(found.year)}報告）"
