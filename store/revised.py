"""A plan as it is after 見直し: pure. What was revised from a fiscal year on, and what that makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from store.plan import Baseline, Frozen, Goal, Indicator, Line, Plan, Role, Series, Target

Place = tuple[str, Role]


class Changes(Frozen):
    """What is changed of an indicator; what is None stays as it was.

    `targets` and `baselines` are those of a series by its name (None: the only one). A baseline is
    the one that verdicts compare with. `owner` is a department's id, `goals` all places that the
    indicator has from then on, `retired` that it is asked for no more.
    """

    name: Line | None = None
    unit: str | None = None
    targets: tuple[tuple[str | None, Target], ...] | None = None
    baselines: tuple[tuple[str | None, Baseline | None], ...] | None = None
    owner: str | None = None
    goals: tuple[Place, ...] | None = None
    retired: bool | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What is changed, in the order of a 新旧対照表."""
        return tuple(name for name in Changes.model_fields if getattr(self, name) is not None)


@dataclass(frozen=True)
class Revision:
    """One 見直し of an indicator from fiscal year `from_year` on, as a body decided it on a day.

    `actor` proposed it at `at`; `agreed_by` is the second planner (None while it waits).
    """

    number: int
    plan: str
    indicator: str
    from_year: int
    before: Changes
    after: Changes
    reason: str
    decided_by: str
    decided_on: date
    actor: str
    at: str
    agreed_by: str | None = None
    agreed_at: str | None = None


def revised(plan: Plan, revisions: Iterable[Revision], year: int) -> Plan:
    """The plan as it is in a fiscal year: what began later last, of one year what was agreed last.

    `revisions` are in the order in which they were agreed to.
    """
    due = [each for each in revisions if each.from_year <= year and each.indicator in plan.by_id]
    changed = dict(plan.by_id)
    goals = plan.goals
    for each in sorted(due, key=lambda r: r.from_year):
        changed[each.indicator] = _indicator(changed[each.indicator], each)
        goals = _goals(goals, each)
    # A copy would keep the old indicators among its cached properties.
    fields: dict[str, Any] = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_construct(**{**fields, "indicators": tuple(changed.values()), "goals": goals})


def overriding(plan: Plan, revisions: Iterable[Revision]) -> Iterator[tuple[Revision, str]]:
    """Each revision with a field of `Changes` for which `plan`, as its file has it, says otherwise.

    Whose an indicator is no file says, so that no revision of an owner is among them.
    """
    for each in revisions:
        for field in each.after.fields if each.indicator in plan.by_id else ():
            alone = Changes(**{field: getattr(each.after, field)})
            after = revised(plan, [replace(each, after=alone)], each.from_year)
            if _says(after, each, field) != _says(plan, each, field):
                yield each, field


def places_of(plan: Plan, indicator: str) -> tuple[Place, ...]:
    """The goals that an indicator serves, and in which role."""
    return plan.roles[indicator]


def _says(plan: Plan, revision: Revision, field: str) -> object:
    """What a plan says of a field of an indicator from the revision's year on."""
    found, year = plan.by_id[revision.indicator], revision.from_year
    if field == "targets":
        return [[t for t in s.targets if t.year is None or t.year >= year] for s in found.series]
    if field == "baselines":
        return [s.baseline for s in found.series]
    if field == "goals":
        return sorted(places_of(plan, found.id))
    if field == "retired":
        return found.retired_from is not None
    return getattr(found, field, None)


def _indicator(indicator: Indicator, revision: Revision) -> Indicator:
    after, update = revision.after, dict[str, Any]()
    if after.name is not None:
        update |= {"name": after.name, "aliases": _known_as(indicator)}
    if after.unit is not None:
        update["unit"] = after.unit
    if after.retired is not None:
        update["retired_from"] = revision.from_year if after.retired else None
    targets, baselines = dict(after.targets or ()), dict(after.baselines or ())
    if targets or baselines:
        update["series"] = tuple(
            _series(each, revision.from_year, targets, baselines) for each in indicator.series
        )
    return indicator.model_copy(update=update)


def _known_as(indicator: Indicator) -> tuple[str, ...]:
    """It is still found by the name that it had."""
    return tuple(dict.fromkeys((*indicator.aliases, indicator.name)))


def _series(
    series: Series,
    year: int,
    targets: dict[str | None, Target],
    baselines: dict[str | None, Baseline | None],
) -> Series:
    update = dict[str, Any]()
    if target := targets.get(series.name):
        earlier = [t for t in series.targets if t.year is not None and t.year < year]
        update["targets"] = (*earlier, target)
    if series.name in baselines:
        kept = [b.model_copy(update={"reference": False}) for b in series.baselines]
        new = baselines[series.name]
        update["baselines"] = (*kept, new) if new else tuple(kept)
    return series.model_copy(update=update)


def _goals(goals: tuple[Goal, ...], revision: Revision) -> tuple[Goal, ...]:
    places = revision.after.goals
    if places is None:
        return goals
    wanted = set(places)
    return tuple(
        goal.model_copy(
            update={
                "targets": _serving(
                    goal.targets, revision.indicator, (goal.id, "target") in wanted
                ),
                "kpis": _serving(goal.kpis, revision.indicator, (goal.id, "kpi") in wanted),
            }
        )
        for goal in goals
    )


def _serving(ids: tuple[str, ...], indicator: str, serves: bool) -> tuple[str, ...]:
    if serves:
        return ids if indicator in ids else (*ids, indicator)
    return tuple(each for each in ids if each != indicator)
