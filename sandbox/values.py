"""What users fill in: the value an element starts with, the one it is given, and its shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.together import flat, interactive, options_of
from sandbox.wire import ControlError, Json

FIELDS: dict[str, tuple[str, str]] = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
"""Where each kind of element keeps its value, and under which name it starts with one."""


def elements(blocks: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Return every (block, element) that can be acted on, in the order shown."""
    return [(block, element) for block in flat(blocks) for element in interactive(block)]


def values_of(blocks: Sequence[Json], filled: Json) -> Json:
    """Return `state.values` of blocks: what was filled in, else what each element starts with."""
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] in FIELDS:
            name, initial = FIELDS[element["type"]]
            before = filled.get(block["block_id"], {}).get(element["action_id"])
            if before is None or before["type"] != element["type"]:
                start = element.get(initial, [] if name.endswith("options") else None)
                before = {"type": element["type"], name: start}
            values.setdefault(block["block_id"], {})[element["action_id"]] = before
    return values


def filled_in(element: Json, given: Json, suggested: Sequence[Json]) -> Json:
    """Return the value of an element after a user gave `given`, in Slack's shape.

    `given` holds the value under its own name (`selected_option`, …) or as `value`; options may
    be named by their value alone. `suggested` are the options an external select was offered
    last. ControlError if no such option is there.
    """
    name = FIELDS[element["type"]][0]
    value = given.get(name, given.get("value"))
    if name == "selected_option" and value is not None:
        value = option(element, value, suggested)
    elif name == "selected_options":
        value = [option(element, one, suggested) for one in value or []]
    elif name == "value" and value is not None and not isinstance(value, str):
        raise ControlError(f"the value of {element['action_id']} must be a string: {value!r}")
    return {"type": element["type"], name: value}


def option(element: Json, wanted: Any, suggested: Sequence[Json]) -> Json:
    """Return the option of an element that `wanted` names, by its value or as a whole."""
    key = wanted.get("value") if isinstance(wanted, dict) else wanted
    for one in [*options_of(element), *suggested]:
        if one["value"] == key:
            return dict(one)
    if element["type"].endswith("external_select") and isinstance(wanted, dict):
        return wanted
    raise ControlError(f"{element['action_id']} has no option with the value {key!r}")


def is_empty(value: Json) -> bool:
    """Tell whether a value is as good as nothing."""
    kept = [part for name, part in value.items() if name != "type"]
    return not any(part.strip() if isinstance(part, str) else part for part in kept)
