"""Readings of a question, the surest first. Each takes the words whole or leaves them to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers.intention import Intention
from answers.matching import Hit, names_of
from answers.spelling import key
from answers.words import status_of
from store.departments import Department
from store.plan import Plan

HELP = frozenset(map(key, ("ヘルプ", "help", "使い方", "つかいかた")))
_QUESTION_MARKS = frozenset({"?", "??", "!?"})
_LIST_TAIL = re.compile(r"(?:の(?:指標|もの|一覧|リスト)|一覧|リスト)$")
_HISTORY = re.compile(r"(.+?)の?(?:推移|履歴|経年変化|経年)$")
_COMPARISON = re.compile(r"(?:の?比較|を?比べて?)$")
_BETWEEN = re.compile(r"[\s、,]+|と|対")


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


def _of_dated_name(question: Question) -> Intention | None:
    """2020年国勢調査人口: a name that has a year in it is a name."""
    if not re.search(r"\d.*年", question.words) or len(key(question.words)) < 7:
        return None
    hits = names_of(question.plan).containing(question.words)
    return _of_hit(hits[0], question.plan) if len(hits) == 1 else None


def read(question: Question) -> Intention:
    """The first reading that takes the words; none is left to chance."""
    readings = (
        _overview,
        _help,
        _called,
        _status,
        _department,
        _part_of_name,
        _comparison,
        _history,
    )
    found = (reading(question) for reading in readings)
    return next((intention for intention in found if intention), _unknown(question))


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
        return _several(hits, question)
    return _of_hit(hits[0], question.plan) if hits else None


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
    words = [w for w in _BETWEEN.split(_COMPARISON.sub("", question.words)) if w]
    called = [_one_indicator(word, question.plan) for word in words]
    ids = tuple(dict.fromkeys(i for i in called if i))
    if len(ids) < 2 or None in called:
        return None
    return Intention("comparison", ids, ids, understood=f"比較: {'・'.join(ids)}")


def _history(question: Question) -> Intention | None:
    asked = _HISTORY.fullmatch(question.words)
    one = _one_indicator(asked[1], question.plan) if asked else None
    if one is None:
        return None
    name = question.plan.by_id[one].name
    return Intention("history", (one,), (one,), understood=f"推移: {one} {name}")


def _one_indicator(words: str, plan: Plan) -> str | None:
    names = names_of(plan)
    hits = names.called(words) or names.containing(words)
    indicators = [hit.id for hit in hits if hit.thing == "indicator"]
    return indicators[0] if len(indicators) == 1 and hits[0].thing == "indicator" else None


def _part_of_name(question: Question) -> Intention | None:
    hits = tuple(_indicators_first(names_of(question.plan).containing(question.words)))
    if len(hits) > 1:
        return _several(hits, question)
    return _of_hit(hits[0], question.plan) if hits else None


def _indicators_first(hits: tuple[Hit, ...]) -> Iterator[Hit]:
    for thing in ("indicator", "policy", "goal"):
        yield from (hit for hit in hits if hit.thing == thing)


def _several(hits: tuple[Hit, ...], question: Question) -> Intention:
    said = f"「{question.words}」に当たるものが{len(hits)}件あります。"
    return Intention("unsure", tuple(hit.id for hit in hits), understood=said)


def _unknown(question: Question) -> Intention:
    said = f"「{question.words}」に当たる指標・施策・目標・担当課は見つかりませんでした。"
    return Intention("unsure", understood=said)


def _of_hit(hit: Hit, plan: Plan) -> Intention:
    if hit.thing == "indicator":
        name = plan.by_id[hit.id].name
        return Intention("indicator", (hit.id,), (hit.id,), understood=f"指標 {hit.id} {name}")
    if hit.thing == "policy":
        policy = next(p for p in plan.policies if p.code == hit.id)
        indicators = tuple(i.id for i in plan.of_policy(hit.id))
        said = f"施策 {hit.id} {policy.name}"
        return Intention("policy", (hit.id,), indicators, understood=said)
    goal = next(g for g in plan.goals if g.id == hit.id)
    indicators = tuple(dict.fromkeys((*goal.targets, *goal.kpis)))
    return Intention("goal", (hit.id,), indicators, understood=f"{goal.label} {goal.title}")
