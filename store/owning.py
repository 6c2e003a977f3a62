"""Who answers for an indicator: the department it is assigned to by itself, else its policy's."""

from __future__ import annotations

from collections.abc import Mapping

from store.plan import Indicator, Plan


def owner_of(owning: Mapping[str, str], indicator: Indicator) -> str | None:
    """The department that answers for an indicator; `owning` as `departments.owners` gives it."""
    return owning.get(indicator.id) or owning.get(indicator.policy or "")


def owned_by(owning: Mapping[str, str], department: str, plan: Plan) -> tuple[Indicator, ...]:
    """The indicators that a department answers for, in the plan's order."""
    return tuple(i for i in plan.indicators if owner_of(owning, i) == department)


def unowned(owning: Mapping[str, str], plan: Plan) -> tuple[str, ...]:
    """The indicators that nobody answers for, in the plan's order."""
    return tuple(i.id for i in plan.indicators if not owner_of(owning, i))
