"""The verdicts of a site: as they were locked, and 訂正後 beside them where a figure was put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.site.model import Verdict
from store.judge import grades_of, judge
from store.locks import Frozen
from store.plan import Plan
from store.showing import show_values
from store.standing import Standing
from store.submissions import Submission

UNJUDGED = "判定なし"
NO_FIGURE = "公開している実績値がありません"
ADDED_LATER = "締めた後に加わった指標"
NOT_PUBLISHED = "判定のもとになった値は公開の対象ではありません"


@dataclass(frozen=True)
class Judged:
    """The verdict that was locked, and the one after a correction with its word.

    `before` is the figure that was locked where another one counts now.
    """

    locked: Verdict
    after: Verdict | None = None
    word: str = ""
    before: str = ""


def unjudged(why: str) -> Verdict:
    """No verdict, and why."""
    return Verdict("", "–", UNJUDGED, why)


def judged(plan: Plan, standing: Standing, collection: int, reported: Mapping[int, int]) -> Judged:
    """The verdict of one collection of a standing that holds published figures only.

    `reported` is in which collection each frozen figure was reported: a verdict that was locked upon
    a figure of a collection that is not published is not told.
    """
    frozen, actual = standing.locked.get(collection), _newest(standing, collection)
    shown = frozen is not None and frozen.submission in reported
    if actual is None:
        return Judged(_frozen(plan, frozen) if frozen and shown else unjudged(NO_FIGURE))
    if frozen is None:
        return Judged(unjudged(ADDED_LATER))
    if frozen.submission == actual.id:
        return Judged(_frozen(plan, frozen))
    if frozen.submission is not None and not shown:
        return Judged(unjudged(NOT_PUBLISHED))
    now = _now(plan, standing, actual)
    if not shown:
        return Judged(unjudged("締めた時点で承認済みの値なし"), now, "締めた後に承認")
    figure = show_values(frozen.values, standing.indicator)
    return Judged(_frozen(plan, frozen), now, "訂正後", figure)


def _newest(standing: Standing, collection: int) -> Submission | None:
    """The newest figure as of a collection."""
    found = [a for a in standing.actuals if a.proposal.collection <= collection]
    return found[-1] if found else None


def _frozen(plan: Plan, frozen: Frozen) -> Verdict:
    if frozen.grade is None:
        why, said = frozen.why or "", frozen.arithmetic
        return Verdict("", "–", UNJUDGED, why, said if said != why else "")
    marks = {grade.code: grade.mark for grade in grades_of(plan)}
    mark, label = marks.get(frozen.grade, ""), frozen.label or frozen.grade
    return Verdict(frozen.grade, mark, label, frozen.why or "", frozen.arithmetic)


def _now(plan: Plan, standing: Standing, actual: Submission) -> Verdict:
    collection = actual.proposal.collection
    earlier = [a.proposal.values for a in standing.actuals if a.proposal.collection < collection]
    then = plan.as_of(collection)
    indicator = then.by_id[standing.indicator.id]
    values, period = actual.proposal.values, actual.proposal.period
    found = judge(then, indicator, values, collection, earlier, period=period)
    if found.grade is None:
        return Verdict("", "–", UNJUDGED, found.why or "", found.arithmetic)
    grade = found.grade
    return Verdict(grade.code, grade.mark, grade.label, found.why or "", found.arithmetic)
