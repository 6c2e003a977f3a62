"""Fields that forms about people and departments share, and how they are read back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from answers.content import Block, cut, plain
from answers.fields import State, element, field_of, many, option, select, text_field
from store.departments import Department
from store.plan import Plan

ID, SINCE = "id", "since"


def people_field(
    block: str, label: str, users: Iterable[str], *, optional: bool = True, hint: str = ""
) -> Block:
    """A picker of people."""
    menu = {**many_users(), **({"initial_users": list(users)} if users else {})}
    return field_of(block, label, menu, optional=optional, hint=hint)


def many_users() -> Block:
    """A menu of the workspace's people, several of whom can be picked."""
    return {
        "type": "multi_users_select",
        "action_id": "picked",
        "placeholder": plain("選ぶ", 150),
    }


def user_menu(placeholder: str) -> Block:
    """A menu of the workspace's people."""
    return {
        "type": "users_select",
        "action_id": "picked",
        "placeholder": plain(placeholder, 150),
    }


def since_field(since: date) -> Block:
    """From which day on it holds."""
    picker: Block = {
        "type": "datepicker",
        "action_id": "picked",
        "initial_date": since.isoformat(),
    }
    return field_of(SINCE, "いつから", picker)


def department_field(block: str, label: str, departments: Iterable[Department]) -> Block:
    """A menu of departments."""
    options = [option(d.name, d.id) for d in departments][:100]
    return field_of(block, label, select("picked", "選ぶ", options))


def policy_options(plan: Plan) -> list[Block]:
    """The plan's policies as choices, at most as many as Slack takes."""
    return [option(cut(f"{p.code} {p.name}", 75), p.code) for p in plan.policies][:100]


def subjects_field(
    block: str, label: str, options: list[Block], chosen: Iterable[str], hint: str = ""
) -> Block:
    """A menu of what can be owned."""
    return field_of(block, label, many(block, "選ぶ", options, chosen), optional=True, hint=hint)


def id_field(*, optional: bool = False) -> Block:
    """What a department is called in history, whatever its name."""
    hint = "あとから変えない、英数字の短い名前です。例: children"
    return text_field(ID, "課の記号", hint=hint, most=40, optional=optional)


def box(action: str, label: str, *, on: bool = False) -> Block:
    """One box to tick."""
    only = option(label, action)
    made: Block = {"type": "checkboxes", "action_id": action, "options": [only]}
    return {**made, "initial_options": [only]} if on else made


def box_field(block: str, label: str, text: str) -> Block:
    """A box to tick, with its label."""
    return field_of(block, label, box(block, text), optional=True)


def read_people(state: State, block: str) -> tuple[str, ...]:
    """The people who were picked in a field."""
    found = element(state, block).get("selected_users")
    return tuple(str(each) for each in found or ())


def read_many(state: State, block: str) -> tuple[str, ...]:
    """The values picked in a menu of several."""
    found = element(state, block).get("selected_options")
    return tuple(str(each["value"]) for each in found or ())
