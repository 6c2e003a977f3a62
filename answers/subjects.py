"""What a remark is about, in words and as a button names it: an indicator, a goal, the whole plan."""

from __future__ import annotations

from answers.spans import Bold, Code, Line, line
from store.plan import Goal, Plan
from store.remarks import WHOLE, Kind, Subject

EVERYTHING = "計画全体"
_MARK = ":"
_KINDS: tuple[Kind, ...] = ("whole", "goal", "indicator")


def subjects_of(plan: Plan) -> tuple[Subject, ...]:
    """Whatever a remark can be about, in the plan's order."""
    return (
        WHOLE,
        *(Subject("goal", each.id) for each in plan.goals),
        *(Subject("indicator", each.id) for each in plan.indicators),
    )


def goal_of(plan: Plan, subject: Subject) -> Goal | None:
    """The goal that it is about."""
    found = (g for g in plan.goals if subject == Subject("goal", g.id))
    return next(found, None)


def subject_line(plan: Plan, subject: Subject) -> Line:
    """`1-1b 保育所（園）待機児童数`, a goal with its title, 計画全体; what is gone by its id."""
    indicator = plan.by_id.get(subject.id) if subject.kind == "indicator" else None
    if indicator:
        return line(Code(indicator.id), " ", Bold(indicator.name))
    goal = goal_of(plan, subject)
    if goal:
        return line(Bold(goal.label), f" {goal.title}")
    return line(Code(subject.id)) if subject.id else line(Bold(EVERYTHING))


def subject_said(plan: Plan, subject: Subject) -> str:
    """The same as plain text, for menus and titles."""
    indicator = plan.by_id.get(subject.id) if subject.kind == "indicator" else None
    goal = goal_of(plan, subject)
    if indicator:
        return f"{indicator.id} {indicator.name}"
    return f"{goal.label} {goal.title}" if goal else subject.id or EVERYTHING


def subject_value(subject: Subject) -> str:
    """As a button or a menu carries it."""
    return f"{subject.kind}{_MARK}{subject.id}"


def subject_named(plan: Plan, value: str) -> Subject | None:
    """Back from that; None for what the plan does not have."""
    kind, _, name = value.partition(_MARK)
    found = next((Subject(each, name) for each in _KINDS if each == kind), WHOLE)
    if found.kind != kind:
        return None
    if found.kind == "indicator":
        return found if name in plan.by_id else None
    return found if found == WHOLE or goal_of(plan, found) else None


def subject_called(plan: Plan, words: str) -> str:
    """How one asks for it: an indicator's id, a goal's label."""
    goal = goal_of(plan, subject_named(plan, words) or WHOLE)
    return goal.label if goal else words.partition(_MARK)[2]
