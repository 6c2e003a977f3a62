"""The figures of an indicator in plain words, each with the day of its approval, department and source."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked
from answers.published import published
from answers.spans import one_line
from answers.words import UNJUDGED, grade_of
from store.documented import is_published
from store.fiscal import era
from store.periods import day_in_era, default_period, show_period
from store.plan_words import latest_published, target_said
from store.showing import show_values
from store.standing import Standing
from store.submissions import Submission
from store.terms import ROLES


def bare(said: str) -> str:
    """What stands behind 現状値, without the word when it is said again."""
    return said.removeprefix("現状値")


def place_said(standing: Standing, asked: Asked) -> str:
    """`基本目標3のKPI、施策 1-1 子育て支援の充実、こども課`."""
    labels = {goal.id: goal.label for goal in asked.plan.goals}
    roles = asked.plan.roles[standing.indicator.id]
    said = [f"{labels[goal]}の{ROLES[role]}" for goal, role in roles]
    names = {policy.code: policy.name for policy in asked.plan.policies}
    policy = standing.indicator.policy
    owner = standing.department.name if standing.department else "担当課未設定"
    parts = ["・".join(said), f"施策 {policy} {names.get(policy, '')}" if policy else "", owner]
    return "、".join(part for part in parts if part)


def verdict_said(standing: Standing, asked: Asked) -> str:
    """`向上（R6時点）`; as it is now, the locked one is told beside it."""
    grade = grade_of(standing, asked.plan)
    if grade is None:
        return f"{UNJUDGED}（{standing.verdict.why}）"
    as_of = standing.verdict.as_of_label if standing.latest else None
    return f"{grade.label}（{as_of}）" if as_of else grade.label


def latest_said(standing: Standing, asked: Asked) -> str:
    """The newest approved figure with where it comes from; the plan's own where it brings one."""
    latest = standing.latest
    if latest is not None:
        said = show_values(latest.proposal.values, standing.indicator)
        return f"{said}（{whence(latest, standing)}）"
    if is_published(standing):
        return f"{latest_published(standing.indicator, asked.plan)}（出典: {asked.plan.title}）"
    return "承認された値はありません"


def whence(found: Submission, standing: Standing) -> str:
    """`R6の値、R7.6.3承認、こども課、出典: 県の公表値`."""
    proposal = found.proposal
    period = show_period(proposal.period or default_period(proposal.collection))
    approved = f"{day_in_era(found.decision.at)}承認" if found.decision else ""
    source = one_line(proposal.source or standing.indicator.source or "記載なし")
    owner = found.department_name or found.department
    parts = (f"{period}の値", approved, owner, f"出典: {source}")
    return "、".join(part for part in parts if part)


def target_with_year(standing: Standing) -> str:
    """`0人／年（R7）`."""
    years = {t.year for s in standing.indicator.series for t in s.targets if t.year is not None}
    year = f"（{era(max(years))}）" if years else ""
    return target_said(standing.indicator, standing.collection) + year


def years_said(standing: Standing, asked: Asked) -> Iterator[str]:
    """Published figures with the document that has them, then each approved one with its approval."""
    for row in published(standing, asked.plan, asked.earlier):
        yield f"{row.period} {row.actual}（{row.state}、出典: 計画書）"
    for actual in standing.actuals:
        said = show_values(actual.proposal.values, standing.indicator)
        year = era(actual.proposal.collection)
        yield f"{year}報告 {said}（{whence(actual, standing)}）"
