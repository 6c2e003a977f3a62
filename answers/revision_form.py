"""The form of a 見直し: what of an indicator changes from a fiscal year on, who decided it and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from answers.content import Block
from answers.fields import (
    field_of,
    many,
    option,
    select,
    text_field,
    view,
)
from answers.layout import quiet, say
from answers.people_fields import box_field
from answers.spans import Bold, Code, line
from store.departments import Department
from store.documented import target_text, years_said
from store.fiscal import era
from store.plan import Indicator, Plan, Series
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
    initial = baseline_text(series, indicator)
    return text_field(baseline_block(series.name), label, initial, hint=hint, most=200)


def baseline_text(series: Series, indicator: Indicator) -> str | None:
    """A 現状値 as the form has it at first."""
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
