"""新旧対照表: what each revision put in the place of what, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from store.documented import target_text, years_said
from store.fiscal import era
from store.plan import Baseline, Goal, Indicator, Plan, Target
from store.revised import Changes, Place, Revision
from store.showing import show_value
from store.terms import ROLES

NOTHING = "なし"
RETIRED, ASKED = "廃止", "継続"


@dataclass(frozen=True)
class Pair:
    """One line: an item (目標値, 指標名, …; with the series where there are several), old and new.

    It holds from fiscal year `from_year` on; `decided_by` decided it on a day, for `reason`.
    """

    indicator: str
    name: str
    item: str
    old: str
    new: str
    from_year: int
    reason: str
    decided_by: str
    decided_on: date


def old_and_new(
    plan: Plan, revisions: Iterable[Revision], departments: Mapping[str, str]
) -> tuple[Pair, ...]:
    """Every change of these revisions, in the plan's order and by the year from which it holds.

    `plan` is any version of the plan they are of; `departments` are names by id.
    """
    order = {indicator: n for n, indicator in enumerate(plan.by_id)}
    there = [each for each in revisions if each.indicator in order]
    there.sort(key=lambda r: (order[r.indicator], r.from_year))
    return tuple(pair for each in there for pair in pairs_of(plan, each, departments))


def pairs_of(plan: Plan, revision: Revision, departments: Mapping[str, str]) -> Iterator[Pair]:
    """The changes of one revision."""
    then = plan.as_of(revision.from_year - 1)
    indicator = then.by_id[revision.indicator]
    before, after = (
        dict(_said(then, indicator, changes, departments))
        for changes in (revision.before, revision.after)
    )
    for item, new in after.items():
        yield Pair(
            indicator.id,
            indicator.name,
            item,
            before.get(item, NOTHING),
            new,
            revision.from_year,
            revision.reason,
            revision.decided_by,
            revision.decided_on,
        )


def _said(
    plan: Plan, indicator: Indicator, changes: Changes, departments: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each item of the changes and what it says."""
    if changes.name is not None:
        yield "指標名", changes.name
    if changes.unit is not None:
        yield "単位", changes.unit or NOTHING
    shown = indicator.model_copy(update={"unit": changes.unit}) if changes.unit else indicator
    for series, target in changes.targets or ():
        yield _item("目標値", series), _target(target, shown)
    for series, baseline in changes.baselines or ():
        yield _item("現状値", series), _baseline(baseline, shown, plan)
    if changes.owner is not None:
        yield "担当課", departments.get(changes.owner, changes.owner) or NOTHING
    if changes.goals is not None:
        yield "位置づけ", places_said(plan.goals, changes.goals)
    if changes.retired is not None:
        yield "指標", RETIRED if changes.retired else ASKED


def places_said(goals: Iterable[Goal], places: Iterable[Place]) -> str:
    """`基本目標3 KPI・横断的な目標1 数値目標`."""
    labels = {goal.id: goal.label for goal in goals}
    return "・".join(f"{labels.get(g, g)} {ROLES[role]}" for g, role in places) or NOTHING


def _item(word: str, series: str | None) -> str:
    return f"{word}（{series}）" if series else word


def _target(target: Target, indicator: Indicator) -> str:
    year = f"（{era(target.year)}）" if target.year is not None else ""
    return f"{target_text(target, indicator)}{year}"


def _baseline(baseline: Baseline | None, indicator: Indicator, plan: Plan) -> str:
    if baseline is None:
        return NOTHING
    year = years_said(baseline, plan.assumed_baseline_year)
    return show_value(baseline.value, indicator) + (f"（{year}）" if year else "")
