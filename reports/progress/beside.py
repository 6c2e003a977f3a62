"""What the store keeps of remarks, as a report says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.progress.items import Effort
from reports.progress.model import Beside, Opinion
from store import remarks
from store.old_and_new import Pair
from store.plan import Plan
from store.remarks import Subject

PLANNERS = "企画担当"


def beside_of(
    plan: Plan,
    efforts: Mapping[Subject, remarks.Effort],
    earlier: Iterable[remarks.Opinion],
    opinions: Iterable[remarks.Opinion],
    revised: tuple[Pair, ...],
    departments: Mapping[str, str],
) -> Beside:
    """`departments` names who is to answer, by id. `earlier` may be about the plan before."""
    found = {subject: _effort(each) for subject, each in efforts.items()}
    return Beside(
        {subject.id: each for subject, each in found.items() if subject.kind == "indicator"},
        {subject.id: each for subject, each in found.items() if subject.kind == "goal"},
        tuple(_opinion(plan, each, departments) for each in earlier),
        tuple(_opinion(plan, each, departments) for each in opinions),
        revised,
    )


def _effort(effort: remarks.Effort) -> Effort:
    direction = remarks.DIRECTIONS[effort.direction] if effort.direction else ""
    return Effort(effort.work or "", effort.factors or "", direction)


def _opinion(plan: Plan, opinion: remarks.Opinion, departments: Mapping[str, str]) -> Opinion:
    owner = opinion.department or ""
    return Opinion(
        opinion.held_on,
        remarks.body_name(opinion.body, plan.labels),
        _subject(plan, opinion.subject),
        opinion.text,
        departments.get(owner, owner) or PLANNERS,
        opinion.answer.text if opinion.answer else "",
    )


def _subject(plan: Plan, subject: Subject) -> str:
    """As people read it; of a plan that is not this one by its id."""
    if subject.kind == "whole":
        return "全体"
    if subject.kind == "goal":
        return next((g.label for g in plan.goals if g.id == subject.id), subject.id)
    found = plan.by_id.get(subject.id)
    return f"{found.id} {found.name}" if found else subject.id
