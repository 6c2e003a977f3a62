"""What a digest is about, as it stands: its indicators alone, and the groups they are counted in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from store.departments import Department
from store.plan import Goal
from store.standing import Outlook
from store.subscriptions import EVERYTHING, Scope

ELSEWHERE = "ほか"


@dataclass(frozen=True)
class Group:
    """Some indicators that are counted together, with a short label and the full name."""

    label: str
    title: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Scoped:
    """`outlook` holds the indicators of the scope only.

    `label` is short (`基本目標1`, `こども課`, empty for everything) and can be asked for; `title`
    says more where there is more to say. `department` is whose digest it is.
    """

    outlook: Outlook
    groups: tuple[Group, ...]
    grouped: str
    label: str = ""
    title: str = ""
    department: Department | None = None


def scoped(outlook: Outlook, known: Mapping[str, Department], scope: Scope) -> Scoped | None:
    """What the scope holds today; None for a goal or a department that there is not (any more)."""
    if scope == EVERYTHING:
        return Scoped(outlook, _by_goal(outlook), "目標")
    if scope.kind == "goal":
        goal = goal_of(outlook, scope)
        return None if goal is None else _narrowed(outlook, _members(goal), goal.label, goal.title)
    department = known.get(scope.subject)
    if department is None:
        return None
    standings = outlook.standings.items()
    own = [i for i, s in standings if s.department and s.department.id == department.id]
    return replace(_narrowed(outlook, own, department.name, ""), department=department)


def goal_scope(plan: str, goal: str) -> Scope:
    """A goal of a plan; a later plan has goals of its own."""
    return Scope("goal", f"{plan}/{goal}")


def goal_of(outlook: Outlook, scope: Scope) -> Goal | None:
    """The goal of the outlook's plan that a scope names."""
    goals = outlook.plan.goals
    return next((g for g in goals if goal_scope(outlook.plan.id, g.id) == scope), None)


def _narrowed(
    outlook: Outlook, members: list[str] | tuple[str, ...], label: str, title: str
) -> Scoped:
    standings = {i: outlook.standings[i] for i in members}
    narrow = replace(outlook, standings=standings)
    return Scoped(narrow, _by_policy(narrow), "施策", label, title)


def _members(goal: Goal) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*goal.targets, *goal.kpis)))


def _by_goal(outlook: Outlook) -> tuple[Group, ...]:
    return tuple(Group(goal.label, goal.title, _members(goal)) for goal in outlook.plan.goals)


def _by_policy(outlook: Outlook) -> tuple[Group, ...]:
    """In the plan's order; what belongs to no policy of the plan's list stands last."""
    of: dict[str, list[str]] = {policy.code: [] for policy in outlook.plan.policies}
    others: list[str] = []
    for i, standing in outlook.standings.items():
        of.get(standing.indicator.policy or "", others).append(i)
    names = {policy.code: policy.name for policy in outlook.plan.policies}
    found = [Group(code, names[code], tuple(each)) for code, each in of.items() if each]
    return (*found, *([Group(ELSEWHERE, "", tuple(others))] if others else []))
