"""How municipalities grade a value: the rule a plan names is a pure function with its grades.

`attainment` is Kitamoto City's and the default. It reproduces the city's published verdicts of
phase 1, 27 of 27. The two others are common elsewhere and show that the rule is a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from store.errors import PlanMistakes
from store.judging.case import Case
from store.plan import Plan

NO_BASELINE = "現状値なし・向上は判定できない"
NOTHING_TO_COMPARE = "比較対象なし"
NO_SHARE = "目標値が0以下のため達成率を計算できない"


@dataclass(frozen=True)
class Grade:
    """達成状況: a code for programs, a label and a mark for people."""

    code: str
    label: str
    mark: str


Graded = tuple[Grade | None, str | None]
"""A grade, and what is to be said about it; no grade, and why."""


@dataclass(frozen=True)
class Rule:
    """`grades` best first. `version` rises when the same value could be graded otherwise."""

    name: str
    version: int
    title: str
    grades: tuple[Grade, ...]
    grade: Callable[[Case], Graded]


ACHIEVED = Grade("achieved", "達成", "●")
IMPROVED = Grade("improved", "向上", "▲")
NOT_ACHIEVED = Grade("not_achieved", "未達成", "■")

A_FULL = Grade("a", "A（100%以上）", "●")
B_MOSTLY = Grade("b", "B（80%以上）", "▲")
C_HALF = Grade("c", "C（50%以上）", "▼")
D_LESS = Grade("d", "D（50%未満）", "■")

S_BEYOND = Grade("s", "S（目標を大きく上回る）", "★")
A_MET = Grade("a", "A（目標達成）", "●")
B_BETTER = Grade("b", "B（基準値より改善）", "▲")
C_NOT_BETTER = Grade("c", "C（基準値以下）", "■")

_BEYOND = Fraction(6, 5)
_SHARES = ((Fraction(1), A_FULL), (Fraction(4, 5), B_MOSTLY), (Fraction(1, 2), C_HALF))


def attainment(case: Case) -> Graded:
    """達成 if met, else 向上 if strictly better than the baseline, else 未達成.

    Without a baseline 向上 cannot be told, and a direction (増加) cannot be judged.
    """
    return _by_target_and_baseline(case, ACHIEVED, IMPROVED, NOT_ACHIEVED)


def four_grades(case: Case) -> Graded:
    """A to D by the share of the target: v/t where higher is better, t/v where lower is.

    Parity and ranges count 1 − distance/target, the target of a range being its upper end (the
    lower without one). A target that has no figure (増加, 済) knows A and D only. A missed target
    of 0 or less has no share and is not graded.
    """
    if case.met is None:
        return None, NOTHING_TO_COMPARE
    if case.met:
        return A_FULL, None
    if case.direction_only or case.target.kind == "done":
        return D_LESS, None
    share = _share_of_target(case)
    if share is None:
        return None, NO_SHARE
    return next((grade for least, grade in _SHARES[1:] if share >= least), D_LESS), None


def s_a_b_c(case: Case) -> Graded:
    """S at 120 % of the way from baseline to target, A when met, B when better, else C."""
    if case.met and case.progress is not None and case.progress >= _BEYOND:
        return S_BEYOND, None
    return _by_target_and_baseline(case, A_MET, B_BETTER, C_NOT_BETTER)


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "attainment",
            1,
            "達成・向上・未達成",
            (ACHIEVED, IMPROVED, NOT_ACHIEVED),
            attainment,
        ),
        Rule(
            "four-grade",
            1,
            "目標に対する割合による4段階",
            (A_FULL, B_MOSTLY, C_HALF, D_LESS),
            four_grades,
        ),
        Rule(
            "s-a-b-c",
            1,
            "目標と基準値に対するS・A・B・C",
            (S_BEYOND, A_MET, B_BETTER, C_NOT_BETTER),
            s_a_b_c,
        ),
    )
}


def rule_of(plan: Plan) -> Rule:
    """The rule that the plan names; PlanMistakes for a name that is no rule."""
    if plan.rule in RULES:
        return RULES[plan.rule]
    known = "・".join(RULES)
    raise PlanMistakes((f"rule: 「{plan.rule}」という判定方法はありません。使えるもの: {known}",))


def grades_of(plan: Plan) -> tuple[Grade, ...]:
    """The grades of the plan's rule, best first."""
    return rule_of(plan).grades


def _by_target_and_baseline(case: Case, met: Grade, better: Grade, neither: Grade) -> Graded:
    if case.met is None:
        return None, NOTHING_TO_COMPARE
    if case.met:
        return met, None
    if case.improved is None:
        return neither, NO_BASELINE
    return (better if case.improved else neither), None


def _share_of_target(case: Case) -> Fraction | None:
    """The share of a missed target with a figure; None where a target of 0 or less allows none."""
    low, high = case.target.low, case.target.high
    end = low if high is None else high
    goal = Fraction(end if case.target.kind == "range" and end is not None else case.goal)
    if goal <= 0:
        return None
    if case.symmetric:
        return max(Fraction(0), 1 - Fraction(case.gap(case.value)) / goal)
    value = Fraction(case.value)
    return goal / value if case.lower_is_better else value / goal
