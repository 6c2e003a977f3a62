"""Fields of a form: how they are laid out, and how what was filled in is read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from answers.content import Block, plain
from answers.spans import one_line
from store.errors import BadForm
from store.reading.seen import readable

MOST_METADATA = 3000
YEARS = range(2000, 2101)
FAR_DAY = "2000年から2100年までの日付を選んでください。"
NO_DAY = "日付を読み取れません。カレンダーから選び直してください。"
State = Mapping[str, Mapping[str, Mapping[str, Any]]]


def view(
    callback: str,
    title: str,
    submit: str | None,
    blocks: Sequence[Block],
    metadata: str = "",
    close: str = "やめる",
) -> dict[str, Any]:
    """A modal view. Titles and buttons hold 24 characters, blocks 100.

    Raises ValueError when the metadata is more than Slack keeps.
    """
    if len(metadata) > MOST_METADATA:
        raise ValueError(f"private_metadata of {len(metadata)} characters")
    made: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    if submit is not None:
        made["submit"] = plain(submit, 24)
    return made


def field_of(
    block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = ""
) -> Block:
    """An input block with one element."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    return block


def text_field(
    block_id: str,
    label: str,
    initial: str | None = None,
    *,
    hint: str = "",
    most: int = 3000,
    multiline: bool = False,
    optional: bool = True,
) -> Block:
    """A field to type in."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": "typed",
        "max_length": most,
        "multiline": multiline,
    }
    if initial:
        element["initial_value"] = initial[:most]
    return field_of(block_id, label, element, optional=optional, hint=hint)


def select(
    action_id: str, placeholder: str, options: Sequence[Block], initial: Block | None = None
) -> Block:
    """A menu of at most 100 options."""
    menu: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "options": list(options),
    }
    if initial is not None:
        menu["initial_option"] = initial
    return menu


def many(
    action_id: str, placeholder: str, options: Sequence[Block], initial: Iterable[str] = ()
) -> Block:
    """A menu of at most 100 options of which several can be picked; `initial` are values."""
    menu = {**select(action_id, placeholder, options), "type": "multi_static_select"}
    wanted = set(initial)
    if first := [each for each in options if each["value"] in wanted]:
        menu["initial_options"] = first
    return menu


def option(label: str, value: str) -> Block:
    """One choice of a menu."""
    return {"text": plain(label, 75), "value": value}


def typed(state: State, block_id: str) -> str | None:
    """What was typed into a field, without the blanks around it; None for nothing."""
    text = str(element(state, block_id).get("value") or "").strip()
    return text or None


def line_typed(state: State, block_id: str) -> str | None:
    """What was typed as one line, without what nobody can see in it: a name, a short reason."""
    return one_line(readable(typed(state, block_id)) or "") or None


def chosen(state: State, block_id: str) -> str | None:
    """The value of what was chosen in a menu."""
    found = element(state, block_id).get("selected_option")
    return str(found["value"]) if found else None


def ticked(state: State, block_id: str, value: str | None = None) -> bool:
    """Whether a box is ticked: any of the field, or the one of this value."""
    found = element(state, block_id).get("selected_options") or ()
    return any(value in {None, each["value"]} for each in found)


def day(state: State, block_id: str) -> date | None:
    """The day that was picked. Raises BadForm for one that no plan is about."""
    found = element(state, block_id).get("selected_date")
    if not found:
        return None
    try:
        picked = date.fromisoformat(found)
    except ValueError:
        raise BadForm({block_id: NO_DAY}) from None
    if picked.year not in YEARS:
        raise BadForm({block_id: FAR_DAY})
    return picked


def element(state: State, block_id: str) -> Mapping[str, Any]:
    """What the one element of a field holds, as Slack names it; empty where there is no such field."""
    return next(iter(state.get(block_id, {}).values()), {}) or {}
