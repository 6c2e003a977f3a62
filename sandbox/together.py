"""What only shows when a message's or view's blocks are seen together: doubles and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sandbox import limits
from sandbox.checks import Mistakes
from sandbox.wire import Json


def check_together(blocks: Sequence[Json], where: str) -> Mistakes:
    """Check blocks that are each well-formed."""
    every = list(flat(blocks))
    yield from _unique([block.get("block_id") for block in every], "block_id", where)
    for at, block in enumerate(every):
        elements = list(interactive(block))
        here = f"{where}/{at}"
        yield from _unique([one.get("action_id") for one in elements], "action_id", here)
        for element in elements:
            yield from _initial(element, here)
        yield from _RULES.get(block["type"], _no_rule)(block, here)
    yield from _totals(every, where)


def flat(blocks: Sequence[Json]) -> Iterator[Json]:
    """Yield every block, those inside containers too."""
    for block in blocks:
        yield block
        yield from flat(block.get("child_blocks", ()))


def interactive(block: Json) -> Iterator[Json]:
    """Yield the elements of a block that can be acted on."""
    if block["type"] == "input":
        yield block["element"]
    elif block["type"] in ("actions", "context_actions"):
        yield from block["elements"]
    elif (
        block["type"] == "section" and block.get("accessory", {"type": "image"})["type"] != "image"
    ):
        yield block["accessory"]


def options_of(element: Json) -> list[Json]:
    """Return the options an element offers, those in groups too."""
    groups = element.get("option_groups", ())
    grouped = [option for group in groups for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def _unique(ids: list[Any], name: str, where: str) -> Mistakes:
    for one in sorted({one for one in ids if one and ids.count(one) > 1}):
        yield f"`{name}` must be unique: {one} is used more than once", where


def _initial(element: Json, where: str) -> Mistakes:
    chosen = element.get("initial_options") or filter(None, [element.get("initial_option")])
    offered = options_of(element)
    if offered and any(one not in offered for one in chosen):
        yield "initial option must match an option exactly", where


def _totals(every: list[Json], where: str) -> Mistakes:
    def of(*types: str) -> list[Json]:
        return [block for block in every if block["type"] in types]

    if len(of("table")) > limits.TABLES:
        yield "only_one_table_allowed", where
    if sum(map(_characters, of("table", "data_table"))) > limits.TABLE_CHARACTERS:
        yield f"tables: no more than {limits.TABLE_CHARACTERS} characters allowed", where
    if sum(len(block["text"]) for block in of("markdown")) > limits.MARKDOWN_CHARACTERS:
        yield f"markdown: no more than {limits.MARKDOWN_CHARACTERS} characters allowed", where
    if len(of("data_visualization")) > limits.CHARTS:
        yield f"data_visualization: no more than {limits.CHARTS} allowed", where


def _characters(thing: Any) -> int:
    """Count the characters in the cells of a table."""
    if isinstance(thing, list):
        return sum(map(_characters, thing))
    if not isinstance(thing, dict):
        return 0
    own = len(thing["text"]) if isinstance(thing.get("text"), str) else 0
    return own + sum(_characters(value) for value in thing.values())


def _data_table(block: Json, where: str) -> Mistakes:
    if len({len(row) for row in block["rows"]}) > 1:
        yield "every row must have as many cells as the header", f"{where}/rows"
    if any(cell["type"] == "rich_text" for cell in block["rows"][0]):
        yield "header cells cannot be rich_text", f"{where}/rows/0"


def _chart(block: Json, where: str) -> Mistakes:
    chart = block["chart"]
    if chart["type"] == "pie":
        return
    yield from _unique([series["name"] for series in chart["series"]], "name", where)
    yield from _unique(chart["axis_config"]["categories"], "category", where)
    for series in chart["series"]:
        labels = sorted(point["label"] for point in series["data"])
        if labels != sorted(chart["axis_config"]["categories"]):
            yield "series must have exactly one point for each category", where


def _container(block: Json, where: str) -> Mistakes:
    if block.get("is_collapsible") and block.get("has_header_divider"):
        yield "has_header_divider cannot be set when is_collapsible is", where


def _no_rule(_block: Json, _where: str) -> Mistakes:
    yield from ()


_RULES = {"data_table": _data_table, "data_visualization": _chart, "container": _container}
