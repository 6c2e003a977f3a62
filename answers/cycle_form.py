"""The form that sets a collection's dates, and what a filled form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.content import Block
from answers.cycle_page import WHY, day_in_full, named_by
from answers.fields import day, field_of, option, text_field, ticked, typed, view
from answers.layout import quiet, say
from answers.spans import Bold, line
from store.cycle import DEADLINES, Cycle, dates_named, default, misordered, moved
from store.errors import BadForm
from store.fiscal import era
from store.plan import Labels, Plan
from store.reading.seen import readable
from store.stages import STAGES
from store.workdays import is_working_day

DATES = "cycle_dates"
KEEP = "keep"


def dates_form(plan: Plan, cycle: Cycle, version: int, notice: str = "") -> dict[str, Any]:
    """A picker for each date (callback `cycle_dates`); an empty one means the default.

    `version` is what the dates were when it was opened; fields are named by it too, so that a form
    that is shown anew does not keep what was picked in the old one.
    """
    keep = option("閉庁日でもその日のままにする", KEEP)
    boxes = {"type": "checkboxes", "action_id": "picked", "options": [keep]}
    note = "閉庁日を選ぶと、締切は前の、ほかは次の開庁日になります。空欄は既定値です。"
    blocks = [
        *(say(line(Bold(notice))).blocks if notice else ()),
        *quiet(line(note)).blocks,
        *(_picker(plan.labels, cycle, stage, version) for stage in STAGES),
        field_of(KEEP, "閉庁日", boxes, optional=True),
        text_field(WHY, "理由", hint="書くと履歴に残ります。", most=500),
    ]
    named = f"{named_by(plan.id, cycle.collection)}|{version}"
    return view(DATES, f"{era(cycle.collection)} 年間サイクル", "保存", blocks, named)


def _picker(labels: Labels, cycle: Cycle, stage: str, version: int) -> Block:
    picker: Block = {"type": "datepicker", "action_id": "picked"}
    if stage not in cycle.defaults:
        picker["initial_date"] = cycle.day(stage).isoformat()
    hint = f"既定値 {day_in_full(default(stage, cycle.collection))}"
    label = dates_named(labels)[stage]
    return field_of(field_named(stage, version), label, picker, optional=True, hint=hint)


@dataclass(frozen=True)
class Picked:
    """Dates as they were picked: None for the default. `notes` say which were moved off a day off."""

    days: Mapping[str, date | None]
    reason: str | None
    notes: tuple[str, ...] = ()


def read_dates(sent: Mapping[str, Any], plan: Plan, collection: int, version: int) -> Picked:
    """What a filled form says. Raises BadForm for dates out of order or of a wrong year."""
    state = sent["state"]["values"]
    picked = {stage: day(state, field_named(stage, version)) for stage in STAGES}
    kept = ticked(state, KEEP)
    days = {s: d if d is None or kept else moved(s, d) for s, d in picked.items()}
    if wrong := _wrong(days, plan.labels, collection):
        raise BadForm({field_named(stage, version): said for stage, said in wrong.items()})
    notes = tuple(_moved_said(plan.labels, s, picked[s], d) for s, d in days.items())
    return Picked(days, readable(typed(state, WHY)), tuple(filter(None, notes)))


def _wrong(days: Mapping[str, date | None], labels: Labels, collection: int) -> dict[str, str]:
    first, last = date(collection, 4, 1), date(collection + 3, 3, 31)
    wrong = {
        stage: f"{era(collection)}の日付は{first.year}/4/1から{last.year}/3/31までで選んでください。"
        for stage, found in days.items()
        if found and not first <= found <= last
    }
    if wrong:
        return wrong
    called = dates_named(labels)
    held = {s: d or default(s, collection) for s, d in days.items()}
    return {
        later: f"{called[later]}（{_source(days, held, later)}）が{called[earlier]}"
        f"（{_source(days, held, earlier)}）より前です。同じ日か後の日にしてください。"
        for later, earlier in misordered(held).items()
    }


def _source(days: Mapping[str, date | None], held: Mapping[str, date], stage: str) -> str:
    unset = "" if days[stage] else "既定値 "
    return f"{unset}{held[stage].year}/{held[stage].month}/{held[stage].day}"


def _moved_said(labels: Labels, stage: str, picked: date | None, kept: date | None) -> str:
    if picked is None or kept is None:
        return ""
    name, was = dates_named(labels)[stage], day_in_full(picked)
    if picked != kept:
        way = "前の" if stage in DEADLINES else "次の"
        return f"{name}: {was}のため、{way}開庁日 {day_in_full(kept)}にしました。"
    return "" if is_working_day(kept) else f"{name}: {was}のままにしました。"


def field_named(stage: str, version: int) -> str:
    """The block id of a stage's date."""
    return f"{stage}:{version}"
