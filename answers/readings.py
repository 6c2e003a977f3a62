"""Readings of a question by what is spelled out in it, the surest first.

Each takes the words whole or leaves them to the next; `answers.likeness` reads what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from answers.intention import Intention
from answers.matching import Hit, names_of
from answers.meant import of_hit, of_indicators, one_of
from answers.words import status_of
from store.departments import Department
from store.plan import Plan
from store.spelling import key

HELP = frozenset(map(key, ("ヘルプ", "help", "使い方", "つかいかた")))
COMPARED = re.compile(
    "(?:の|を|って|は)?(?:比較(?!値)|比べ|くらべ|対比|どちら|どっち|差は|違いは).*$"
)
BETWEEN = re.compile(r"[\s、,]+|と|対|および|・")
_QUESTION_MARKS = frozenset({"?", "??", "!?"})
_LIST_TAIL = re.compile(r"(?:の(?:指標|もの|一覧|リスト)|一覧|リスト)$")


@dataclass(frozen=True)
class Question:
    """What was typed, with year and page taken off."""

    words: str
    plan: Plan
    departments: tuple[Department, ...]


def whole(question: Question) -> Intention | None:
    """All of it at once, before anything in it is taken for a year or a page."""
    if not key(question.words):
        return _help(question) if question.words else _overview(question)
    return _called(question) or _of_dated_name(question)


def surest(question: Question) -> Intention | None:
    """By names, ids and the words for lists, as they are spelled."""
    return named(question) or _comparison(question)


def named(question: Question) -> Intention | None:
    """The one thing that all of the words name."""
    readings = (_overview, _help, _called, _status, _department, _part_of_name, _of_no_indicator)
    found = (reading(question) for reading in readings)
    return next((intention for intention in found if intention), None)


def one_indicator(words: str, plan: Plan) -> str | None:
    """The id of the one indicator that is called so or has these words in its name."""
    names = names_of(plan)
    hits = names.called(words) or names.containing(words)
    indicators = [hit.id for hit in hits if hit.thing == "indicator"]
    return indicators[0] if len(indicators) == 1 and hits[0].thing == "indicator" else None


def _of_dated_name(question: Question) -> Intention | None:
    """2020年国勢調査人口: a name that has a year in it is a name."""
    if not re.search(r"\d.*年", question.words) or len(key(question.words)) < 7:
        return None
    hits = names_of(question.plan).containing(question.words)
    return of_hit(hits[0], question.plan) if len(hits) == 1 else None


def _overview(question: Question) -> Intention | None:
    if question.words:
        return None
    return Intention("overview", understood="戦略の全体")


def _help(question: Question) -> Intention | None:
    if question.words in _QUESTION_MARKS or key(question.words) in HELP:
        return Intention("help", understood="使い方")
    return None


def _called(question: Question) -> Intention | None:
    hits = names_of(question.plan).called(question.words)
    if len(hits) > 1:
        return one_of(hits, question.words)
    return of_hit(hits[0], question.plan) if hits else None


def _status(question: Question) -> Intention | None:
    words = _LIST_TAIL.sub("", question.words)
    status = status_of(words, question.plan)
    return Intention("list", (status,), understood=f"一覧: {status}") if status else None


def _department(question: Question) -> Intention | None:
    words = key(_LIST_TAIL.sub("", question.words).removeprefix("担当課"))
    for department in question.departments:
        # こども課（サンプル） is called こども課.
        called = (department.name, department.name.partition("（")[0], department.id)
        if words in map(key, called):
            said = f"担当課 {department.name}"
            return Intention(
                "department", (department.id,), understood=said, called=department.name
            )
    return None


def _comparison(question: Question) -> Intention | None:
    words = [w for w in BETWEEN.split(COMPARED.sub("", question.words)) if w]
    called = [one_indicator(word, question.plan) for word in words]
    ids = tuple(dict.fromkeys(i for i in called if i))
    if len(ids) < 2 or None in called:
        return None
    return of_indicators(ids)


def _part_of_name(question: Question) -> Intention | None:
    names = names_of(question.plan)
    hits = tuple(_indicators_first(names.containing(question.words)))
    if len(hits) > 1 or (hits and names.widens(question.words)):
        return replace(one_of(hits, question.words), unread=question.words)
    return of_hit(hits[0], question.plan) if hits else None


def _of_no_indicator(question: Question) -> Intention | None:
    """1-1z: the id of a policy with a letter that none of its indicators has."""
    wanted, plan = key(question.words), question.plan
    for policy in plan.policies:
        if re.fullmatch(re.escape(key(policy.code)) + "[a-z]{1,2}", wanted):
            ids = tuple(i.id for i in plan.of_policy(policy.code))
            there = f"施策 {policy.code} の指標は次の{len(ids)}件です。" if ids else ""
            there = there or f"施策 {policy.code} には指標がありません。"
            said = f"「{wanted}」という指標はありません。{there}"
            return Intention("unsure", ids or (policy.code,), understood=said)
    return None


def _indicators_first(hits: tuple[Hit, ...]) -> Iterator[Hit]:
    for thing in ("indicator", "policy", "goal"):
        yield from (hit for hit in hits if hit.thing == thing)
