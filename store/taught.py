"""A plan together with words that people taught for what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from store.plan import Plan
from store.spelling import key

Thing = Literal["indicator", "policy", "goal"]
Subject = tuple[Thing, str]


@dataclass(frozen=True)
class Learnt:
    """These words mean this indicator, policy or goal."""

    subject: Subject
    words: str


class TaughtPlan(Plan):
    """A plan for reading questions by: its own names, and what was learnt beside them.

    Names and ids are the plan's; `learnt` holds no words that the plan itself has for something.
    """

    learnt: tuple[Learnt, ...] = ()


def taught(plan: Plan, learnt: Iterable[Learnt]) -> Plan:
    """The plan with these words; those for what it no longer has, or that are its own by now, fall."""
    own = set(map(key, _own_names(plan)))
    kept = tuple(one for one in learnt if has(plan, one.subject) and key(one.words) not in own)
    if not kept:
        return plan
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return TaughtPlan.model_construct(**fields, learnt=kept)


def learnt_of(plan: Plan) -> tuple[Learnt, ...]:
    """What was learnt for a plan; nothing for a plan as its file has it."""
    return plan.learnt if isinstance(plan, TaughtPlan) else ()


def has(plan: Plan, subject: Subject) -> bool:
    """The plan has such an indicator, policy or goal."""
    thing, name = subject
    if thing == "indicator":
        return name in plan.by_id
    if thing == "policy":
        return name in {policy.code for policy in plan.policies}
    return name in {goal.id for goal in plan.goals}


def _own_names(plan: Plan) -> Iterator[str]:
    for indicator in plan.indicators:
        yield from (indicator.id, indicator.name, *indicator.aliases, *indicator.yomi)
    for policy in plan.policies:
        yield from (policy.code, policy.name, *policy.variants, *policy.yomi)
    for goal in plan.goals:
        yield from (goal.id, goal.label, goal.title, *goal.yomi)
