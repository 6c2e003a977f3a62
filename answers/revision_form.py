"""The form of a 見直し: what of an indicator changes from a fiscal year on, who decided it and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.content import Block
from answers.fields import (
    chosen,
    day,
    field_of,
    many,
    option,
    select,
    text_field,
    ticked,
    typed,
    view,
)
from answers.layout import quiet, say
from answers.people_fields import box_field, read_many
from answers.propose import readable
from answers.spans import Bold, Code, line, one_line
from store.departments import Department
from store.documented import target_text, years_said
from store.errors import BadForm, UnreadableValue
from store.fiscal import era, read_year
from store.plan import Baseline, Indicator, Plan, Series, Target
from store.reading.targets import read_baseline_value, read_target
from store.reading.units import is_percent, is_points, read_unit
from store.revised import Changes, Place
from store.revisions import Decided
from store.showing import show_value
from store.terms import ROLES

CALLBACK = "revision"
FROM, NAME, UNIT, OWNER, GOALS = "from_year", "name", "unit", "owner", "goals"
RETIRED, BODY, DAY, REASON, OF_YEAR = "retired", "decided_by", "decided_on", "reason", "of_year"
LONGEST_NAME, LONGEST_UNIT, LONGEST_BODY, LONGEST_REASON = 200, 20, 100, 1000
NOBODY = "-"
NOTHING = "変えるところがありません。変える項目だけを書き換えてください。"


@dataclass(frozen=True)
class Now:
    """What the form begins with: an indicator as it is in the plan's last year, and who owns it.

    `years` may be begun with, `year` is offered first; `seen` is how many revisions hold.
    """

    plan: Plan
    indicator: Indicator
    owner: str | None
    departments: tuple[Department, ...]
    years: tuple[int, ...]
    year: int
    seen: int


@dataclass(frozen=True)
class Given:
    """A filled form."""

    decided: Decided
    after: Changes
    reason: str


def target_block(series: str | None) -> str:
    """The block id of a series' target."""
    return f"target:{series or ''}"


def baseline_block(series: str | None) -> str:
    """The block id of a series' baseline."""
    return f"baseline:{series or ''}"


def revision_form(now: Now) -> dict[str, Any]:
    """The modal (callback `revision`), filled in with what holds."""
    found = now.indicator
    head = say(line(Bold(found.name), " ", Code(found.id)))
    note = quiet(
        line("変える項目だけを書き換えてください。ほかの企画担当が確定すると有効になります。"),
        line("元の内容と、締めた年度の判定は残ります。"),
    )
    blocks = [
        *head.blocks,
        *note.blocks,
        _years(now.years, now.year),
        *(_target(found, each) for each in found.series),
        *(_baseline(found, each, now.plan) for each in found.series),
        text_field(OF_YEAR, "新しい現状値の年度", hint="現状値を変えるときだけ。例: R5", most=40),
        text_field(NAME, "指標名", found.name, most=LONGEST_NAME),
        text_field(
            UNIT, "単位", found.unit, hint="書き方だけ。値は換算しません", most=LONGEST_UNIT
        ),
        _owner(now),
        _goals(now.plan, found.id),
        box_field(RETIRED, "廃止", "この年度から廃止する（以後は照会しない。履歴は残る）"),
        text_field(
            BODY, "だれが決めたか", hint="例: 行政経営会議", most=LONGEST_BODY, optional=False
        ),
        field_of(DAY, "決めた日", {"type": "datepicker", "action_id": "picked"}),
        text_field(
            REASON,
            "理由（公表する新旧対照表に載ります）",
            most=LONGEST_REASON,
            multiline=True,
            optional=False,
        ),
    ]
    metadata = f"{now.plan.id}|{now.seen}|{found.id}"
    return view(CALLBACK, f"見直し {found.id}", "提案する", blocks, metadata)


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
        if _same_size(unit, found):
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
        if text is None or text == _baseline_text(series, indicator):
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


def _same_size(unit: str, indicator: Indicator) -> bool:
    """The unit is but another word: of the same power of ten, and as much of a share as before."""
    renamed = indicator.model_copy(update={"unit": unit})
    before, after = read_unit(indicator.unit), read_unit(unit)
    alike = all(is_so(renamed) == is_so(indicator) for is_so in (is_percent, is_points))
    return alike and before.power == after.power and bool(unit) == bool(indicator.unit)


def _places(state: Mapping[str, Any], plan: Plan) -> tuple[Place, ...]:
    """In the plan's order, as `Plan.roles` has them."""
    picked = set(read_many(state, GOALS))
    return tuple(
        (goal.id, role) for goal in plan.goals for role in ROLES if f"{goal.id}|{role}" in picked
    )


def _years(years: Sequence[int], first: int) -> Block:
    options = {year: option(f"{era(year)}の実績から", str(year)) for year in years}
    menu = select("year", "選ぶ", list(options.values()), options[first])
    return field_of(FROM, "いつから", menu)


def _target(indicator: Indicator, series: Series) -> Block:
    label = f"目標値（{series.name}）" if series.name else "目標値"
    initial = target_text(series.target(None), indicator)
    return text_field(
        target_block(series.name), label, initial, hint="例: 5人、増加、10〜20%、目標なし", most=200
    )


def _baseline(indicator: Indicator, series: Series, plan: Plan) -> Block:
    label = f"現状値（{series.name}）" if series.name else "現状値"
    held = series.baseline
    year = years_said(held, plan.assumed_baseline_year) if held else ""
    hint = f"いまの現状値は{year}のもの" if year else ""
    initial = _baseline_text(series, indicator)
    return text_field(baseline_block(series.name), label, initial, hint=hint, most=200)


def _baseline_text(series: Series, indicator: Indicator) -> str | None:
    return show_value(series.baseline.value, indicator) if series.baseline else None


def _owner(now: Now) -> Block:
    options = [option(each.name, each.id) for each in _offered(now.departments)]
    if now.owner is None:
        options.insert(0, option("（担当課なし）", NOBODY))
    first = next((o for o in options if o["value"] == (now.owner or NOBODY)), None)
    return field_of(OWNER, "担当課", select("chosen", "選ぶ", options, first), optional=True)


def _offered(departments: Iterable[Department]) -> list[Department]:
    return list(departments)[:99]


def _goals(plan: Plan, indicator: str) -> Block:
    options = [
        option(f"{goal.label} {word}", f"{goal.id}|{role}")
        for goal in plan.goals
        for role, word in ROLES.items()
    ][:100]
    now = [f"{goal}|{role}" for goal, role in plan.roles[indicator]]
    return field_of(GOALS, "位置づけ", many("picked", "選ぶ", options, now))


def _words(text: str | None, most: int) -> str:
    return one_line(readable(text) or "")[:most].strip()
