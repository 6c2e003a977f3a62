"""The form of a department: its name, its people, what it owns, from which day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from answers.content import Block, cut, plain
from answers.fields import (
    State,
    day,
    element,
    field_of,
    line_typed,
    option,
    select,
    text_field,
    typed,
    view,
)
from answers.layout import quiet
from answers.people_fields import (
    ID,
    SINCE,
    id_field,
    people_field,
    policy_options,
    read_many,
    read_people,
    since_field,
    subjects_field,
)
from answers.spans import line
from store.plan import Indicator, Plan

NAME, LEADS, MEMBERS, CHANNEL = "name", "leads", "members", "channel"
POLICIES, INDICATORS, GROUP = "policies", "indicators", "group"


def department_form(
    plan: Plan,
    given: Mapping[str, Any],
    groups: Sequence[tuple[str, str]],
    metadata: str,
    today: date,
    said: str = "",
    filled: int = 0,
) -> dict[str, Any]:
    """A department's name, people and tasks (callback `save_department`).

    `given` holds what the fields begin with, by block id; `id` is there for one that exists.
    `groups` are user groups (id, name) whose people can be filled in; `said` tells of the last, the
    `filled`th: a field that is filled in anew needs a new block id, since Slack keeps what it held.
    """
    known = given.get(ID)
    blocks = [
        *quiet(line(said)).blocks * bool(said),
        *([] if known else [id_field()]),
        text_field(NAME, "課の名前", given.get(NAME), most=40, optional=False),
        people_field(LEADS, "課長", given.get(LEADS, ())),
        people_field(f"{MEMBERS}:{filled}", "担当者", given.get(MEMBERS, ())),
        *([_group_menu(groups)] if groups else []),
        field_of(
            CHANNEL,
            "督促を届けるチャンネル",
            _channel(given.get(CHANNEL)),
            optional=True,
            hint="空欄なら、担当者それぞれの DM に届きます。",
        ),
        subjects_field(POLICIES, "担当する施策", policy_options(plan), given.get(POLICIES, ())),
        _indicators(plan, given.get(INDICATORS, ())),
        since_field(given.get(SINCE) or today),
    ]
    return view("save_department", "担当課", "保存", blocks, metadata)


def members_block(state: State) -> str:
    """The block id that the members' field has at the moment."""
    return next((block for block in state if block.startswith(f"{MEMBERS}:")), MEMBERS)


def read_department(state: State) -> dict[str, Any]:
    """A department's form as it was filled in, by block id."""
    members = members_block(state)
    return {
        ID: typed(state, ID),
        NAME: line_typed(state, NAME),
        LEADS: read_people(state, LEADS),
        MEMBERS: read_people(state, members),
        CHANNEL: element(state, CHANNEL).get("selected_conversation"),
        POLICIES: read_many(state, POLICIES),
        INDICATORS: read_many(state, INDICATORS),
        SINCE: day(state, SINCE),
    }


def _channel(channel: str | None) -> Block:
    menu: Block = {
        "type": "conversations_select",
        "action_id": "picked",
        "placeholder": plain("選ぶ", 150),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return {**menu, "initial_conversation": channel} if channel else menu


def _group_menu(groups: Sequence[tuple[str, str]]) -> Block:
    options = [option(cut(name, 75), group) for group, name in groups][:100]
    menu = select("expand_group", "グループから加える", options)
    return {"type": "actions", "block_id": GROUP, "elements": [menu]}


def _indicators(plan: Plan, wanted: Iterable[str]) -> Block:
    """Single indicators, grouped by policy, since a menu alone holds no more than 100."""
    of_policy = {p: [_indicator(i) for i in plan.of_policy(p.code)] for p in plan.policies}
    groups = [
        {"label": plain(f"{p.code} {p.name}", 75), "options": options}
        for p, options in of_policy.items()
        if options
    ]
    menu: Block = {
        "type": "multi_static_select",
        "action_id": INDICATORS,
        "placeholder": plain("選ぶ", 150),
        "option_groups": groups[:100],
    }
    ids = set(wanted)
    if first := [o for options in of_policy.values() for o in options if o["value"] in ids]:
        menu["initial_options"] = first
    hint = "施策とは別の課が担当する指標だけを選びます。"
    return field_of(INDICATORS, "個別に担当する指標", menu, optional=True, hint=hint)


def _indicator(indicator: Indicator) -> Block:
    return option(cut(f"{indicator.id} {indicator.name}", 75), indicator.id)
