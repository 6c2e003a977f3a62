"""What a filled form of a 見直し says: what differs from what it began with, and what stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.fields import chosen, day, ticked, typed
from answers.people_fields import read_many
from answers.revision_form import (
    BODY,
    DAY,
    FROM,
    GOALS,
    LONGEST_BODY,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_UNIT,
    NAME,
    NOBODY,
    NOTHING,
    OF_YEAR,
    OWNER,
    REASON,
    RETIRED,
    UNIT,
    Now,
    baseline_block,
    baseline_text,
    target_block,
)
from answers.spans import one_line
from store.documented import target_text
from store.errors import BadForm, UnreadableValue
from store.fiscal import read_year
from store.plan import Baseline, Indicator, Plan, Target
from store.reading.seen import readable
from store.reading.targets import read_baseline_value, read_target
from store.reading.units import same_size
from store.revised import Changes, Place
from store.revisions import Decided
from store.terms import ROLES


@dataclass(frozen=True)
class Given:
    """A filled form."""

    decided: Decided
    after: Changes
    reason: str


def read_revision(sent: Mapping[str, Any], now: Now, today: date) -> Given:
    """What a filled form says. Raises BadForm with a sentence for every wrong field."""
    state, wrong = sent["state"]["values"], dict[str, str]()
    year = next((each for each in now.years if str(each) == chosen(state, FROM)), None)
    decided_on = day(state, DAY)
    body = _words(typed(state, BODY), LONGEST_BODY)
    reason = (readable(typed(state, REASON)) or "")[:LONGEST_REASON]
    if year is None:
        wrong[FROM] = "どの年度から変えるかを選んでください。"
    if not body:
        wrong[BODY] = "だれが決めたかを書いてください。"
    if decided_on is None:
        wrong[DAY] = "決めた日を選んでください。"
    elif decided_on > today:
        wrong[DAY] = "決めた日が先の日付です。決まってから提案してください。"
    if not reason:
        wrong[REASON] = "理由を書いてください。公表する新旧対照表に載ります。"
    after = _changes(state, now, today, wrong)
    if not after.fields and not wrong:
        wrong[target_block(now.indicator.series[0].name)] = NOTHING
    if wrong or year is None or decided_on is None:
        raise BadForm(wrong)
    return Given(Decided(year, body, decided_on), after, reason)


def held_of(now: Plan, indicator: str, owner: str | None, after: Changes) -> Changes:
    """What stands now in the place of each change."""
    found = now.by_id[indicator]
    series = {each.name: each for each in found.series}
    said: dict[str, Any] = {}
    for field in after.fields:
        if field == "targets":
            targets = ((name, series[name].target(None)) for name, _ in after.targets or ())
            said[field] = tuple((n, t or Target(kind="none")) for n, t in targets)
        elif field == "baselines":
            said[field] = tuple((n, series[n].baseline) for n, _ in after.baselines or ())
        elif field == "goals":
            said[field] = now.roles[indicator]
        elif field == "owner":
            said[field] = owner or ""
        elif field == "retired":
            said[field] = found.retired_from is not None
        else:
            said[field] = getattr(found, field)
    return Changes.model_validate(said)


def _changes(state: Mapping[str, Any], now: Now, today: date, wrong: dict[str, str]) -> Changes:
    """What differs from what the form began with."""
    found, said = now.indicator, dict[str, Any]()
    name, unit = _words(typed(state, NAME), LONGEST_NAME), _words(typed(state, UNIT), LONGEST_UNIT)
    if name and name != found.name:
        said["name"] = name
    if unit != found.unit:
        if same_size(unit, found):
            said["unit"] = unit
        else:
            wrong[UNIT] = (
                "換算の要る単位には変えられません（前の値と混ざるため）。"
                "新しい指標として計画ファイルに加えてください。"
            )
    if targets := _targets(state, found, wrong):
        said["targets"] = targets
    if baselines := _baselines(state, now, today, wrong):
        said["baselines"] = baselines
    owner = chosen(state, OWNER)
    if owner not in {None, NOBODY, now.owner}:
        said["owner"] = owner
    places = _places(state, now.plan)
    if set(places) != set(now.plan.roles[found.id]):
        said["goals"] = places
    if ticked(state, RETIRED) and found.retired_from is None:
        said["retired"] = True
    return Changes.model_validate(said)


def _targets(
    state: Mapping[str, Any], indicator: Indicator, wrong: dict[str, str]
) -> tuple[tuple[str | None, Target], ...]:
    found = []
    for series in indicator.series:
        block, now = target_block(series.name), series.target(None)
        text = readable(typed(state, block))
        if text is None or text == target_text(now, indicator):
            continue
        try:
            new = read_target(text, indicator, series, now.year if now else None)
        except UnreadableValue as error:
            wrong[block] = str(error)
            continue
        if now is None or _essence(new) != _essence(now):
            found.append((series.name, new))
    return tuple(found)


def _essence(target: Target) -> tuple[object, ...]:
    return target.kind, target.value, target.low, target.high


def _baselines(
    state: Mapping[str, Any], now: Now, today: date, wrong: dict[str, str]
) -> tuple[tuple[str | None, Baseline], ...]:
    found, indicator = [], now.indicator
    said = readable(typed(state, OF_YEAR))
    year = read_year(said, today) if said else None
    for series in indicator.series:
        block, text = (
            baseline_block(series.name),
            readable(typed(state, baseline_block(series.name))),
        )
        held = series.baseline
        if text is None or text == baseline_text(series, indicator):
            continue
        try:
            value = read_baseline_value(text, indicator, series)
        except UnreadableValue as error:
            wrong[block] = str(error)
            continue
        if held and held.value == value and year is None:
            continue
        if year is None:
            wrong[OF_YEAR] = "新しい現状値が何年度の値かを書いてください。例: R5"
            continue
        found.append((series.name, Baseline(value=value, years=(year,))))
    return tuple(found)


def _places(state: Mapping[str, Any], plan: Plan) -> tuple[Place, ...]:
    """In the plan's order, as `Plan.roles` has them."""
    picked = set(read_many(state, GOALS))
    return tuple(
        (goal.id, role) for goal in plan.goals for role in ROLES if f"{goal.id}|{role}" in picked
    )


def _words(text: str | None, most: int) -> str:
    return one_line(readable(text) or "")[:most].strip()
