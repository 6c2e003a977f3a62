"""Forms of 引継ぎ, 機構改革 and the planning section's own people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from answers.fields import (
    State,
    chosen,
    day,
    element,
    field_of,
    line_typed,
    many,
    option,
    select,
    text_field,
    ticked,
    typed,
    view,
)
from answers.people_fields import (
    ID,
    SINCE,
    box,
    box_field,
    department_field,
    id_field,
    people_field,
    policy_options,
    read_many,
    since_field,
    subjects_field,
    user_menu,
)
from store.departments import Department
from store.plan import Plan
from store.reading.seen import readable

DEPARTMENT, LEAVING, LEAD, STAYS, NOTE = "department", "leaving", "lead", "stays", "note"
OLD, NEW, NAME, REASON, PEOPLE_TOO = "old", "new", "name", "reason", "people_too"
POLICIES, PLANNERS, NEW_ONE = "policies", "planners", "+"


def handover_form(
    departments: Iterable[Department], leads: Mapping[str, str], today: date
) -> dict[str, Any]:
    """引継ぎ: which department, who leaves, who comes, and what the predecessor writes (`hand_over`).

    `leads` are today's leads with their departments, by user id.
    """
    leaving = [option(label, user) for user, label in leads.items()][:100]
    blocks = [
        department_field(DEPARTMENT, "課", departments),
        *(
            [field_of(LEAVING, "前任の課長", select("picked", "選ぶ", leaving), optional=True)]
            if leaving
            else []
        ),
        field_of(LEAD, "新しい課長", user_menu("選ぶ")),
        box_field(STAYS, "前任者", "担当者として課に残る"),
        since_field(today),
        text_field(
            NOTE,
            "引継ぎ事項",
            hint="新しい課長に、担当する指標・定義・未対応の一覧といっしょに届きます。",
            multiline=True,
        ),
    ]
    return view("hand_over", "課長の引継ぎ", "引き継ぐ", blocks)


def reorganise_form(plan: Plan, departments: Sequence[Department], today: date) -> dict[str, Any]:
    """機構改革: which departments pass what to which (callback `reorganise`)."""
    known = [option(d.name, d.id) for d in departments][:99]
    everybody = box(PEOPLE_TOO, "担当者も新しい課へ移す", on=True)
    blocks = [
        field_of(OLD, "旧い課", many(OLD, "選ぶ", known)),
        field_of(
            NEW, "移る先", select("picked", "選ぶ", [*known, option("新しい課をつくる", NEW_ONE)])
        ),
        text_field(NAME, "新しい課の名前", hint="「新しい課をつくる」とき", most=40),
        id_field(optional=True),
        subjects_field(
            POLICIES, "移す施策", policy_options(plan), (), hint="空欄なら、すべて移します。"
        ),
        field_of(PEOPLE_TOO, "担当者", everybody, optional=True),
        since_field(today),
        text_field(REASON, "理由", hint="例: 令和7年4月の機構改革", most=200, optional=False),
    ]
    return view("reorganise", "機構改革", "登録", blocks)


def planners_form(planners: Sequence[str]) -> dict[str, Any]:
    """Who approves and administers (callback `save_planners`)."""
    hint = "ご自身の提出は承認できないため、2人以上にしてください。"
    blocks = [people_field(PLANNERS, "企画担当", planners, optional=False, hint=hint)]
    return view("save_planners", "企画担当", "保存", blocks)


def read_handover(state: State) -> dict[str, Any]:
    """A handover's form as it was filled in."""
    return {
        DEPARTMENT: chosen(state, DEPARTMENT),
        LEAVING: chosen(state, LEAVING),
        LEAD: element(state, LEAD).get("selected_user"),
        STAYS: ticked(state, STAYS),
        NOTE: readable(typed(state, NOTE)),
        SINCE: day(state, SINCE),
    }


def read_reorganisation(state: State) -> dict[str, Any]:
    """A reorganisation's form as it was filled in."""
    return {
        OLD: read_many(state, OLD),
        NEW: chosen(state, NEW),
        NAME: line_typed(state, NAME),
        ID: typed(state, ID),
        POLICIES: read_many(state, POLICIES),
        PEOPLE_TOO: ticked(state, PEOPLE_TOO),
        REASON: line_typed(state, REASON),
        SINCE: day(state, SINCE),
    }
