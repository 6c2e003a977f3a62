"""What Slack takes: a small checker of messages and modals, so that nothing is refused there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from answers.content import Content

ELEMENTS = {"actions": 25, "context": 10}
# Bars, curves and marks are seen in the blocks; the text has the words beside them.
SIGNS = "●▲▼■★…–！↩✓▁▂▃▄▅▆▇█░▓·"
SAMPLE = "サンプル（架空の値）"
BUTTON = {"value": 2000, "action_id": 255}
INPUTS = {"plain_text_input", "static_select", "external_select", "checkboxes", "datepicker"}


def message_faults(message: dict[str, Any]) -> list[str]:
    """What is wrong with a message; empty when Slack takes it."""
    return [
        *_at_most("text", message["text"], 4000),
        *([] if message["text"] else ["no text"]),
        *_blocks(
            message["blocks"], 50, {"section", "header", "context", "actions", "divider", "table"}
        ),
        *(["two tables"] if sum(b["type"] == "table" for b in message["blocks"]) > 1 else []),
    ]


def view_faults(view: dict[str, Any]) -> list[str]:
    """What is wrong with a modal; empty when Slack takes it."""
    found = [
        fault
        for part in ("title", "submit", "close")
        if part in view
        for fault in _at_most(part, view[part]["text"], 24)
    ]
    found += _at_most("private_metadata", view.get("private_metadata", ""), 3000)
    found += _at_most("callback_id", view["callback_id"], 255)
    found += _blocks(
        view["blocks"], 100, {"section", "header", "context", "actions", "divider", "input"}
    )
    if any(b["type"] == "input" for b in view["blocks"]) and "submit" not in view:
        found.append("an input without submit")
    return found


def home_faults(view: dict[str, Any]) -> list[str]:
    """What is wrong with a Home tab; empty when Slack takes it."""
    allowed = {"section", "header", "context", "actions", "divider"}
    size = len(json.dumps(view, ensure_ascii=False).encode())
    return [
        *_blocks(view["blocks"], 100, allowed),
        *([f"{size} bytes"] if size > 250_000 else []),
    ]


def unsaid(content: Content) -> list[str]:
    """What headings, paragraphs and quiet lines say and the top-level text does not."""
    said = _letters(content.plain)
    return [part for part in _written(content) if _letters(part) not in said]


def drawn(text: str) -> list[str]:
    """Signs in a row, which a screen reader would read out one by one."""
    return re.findall(f"[{SIGNS}]{{3,}}", text)


def _written(content: Content) -> Iterator[str]:
    for block in content.blocks:
        if block["type"] in {"section", "header"}:
            yield block["text"]["text"]
        elif block["type"] == "context":
            yield from (element["text"] for element in block["elements"])
        elif block["type"] == "table":
            yield from (cell["text"] for row in block["rows"][1:] for cell in row)


def _letters(text: str) -> str:
    for sign, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(escaped, sign)
    # Blocks format with * and `, and mark samples by a line of their own.
    return re.sub(rf"[\s{SIGNS}*`]|{SAMPLE}", "", text)


def _blocks(blocks: list[dict[str, Any]], most: int, allowed: set[str]) -> list[str]:
    found = _at_most("blocks", blocks, most)
    found += [f"a {b['type']} block here" for b in blocks if b["type"] not in allowed]
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    if len(ids) != len(set(ids)):
        found.append("a block_id twice")
    return found + [fault for block in blocks for fault in _block(block)]


def _block(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "section":
        yield from _text(block["text"], 3000)
        yield from _elements([block["accessory"]] if "accessory" in block else [])
    elif kind == "header":
        yield from _text(block["text"], 150)
    elif kind == "context":
        yield from _at_most("context", block["elements"], 10)
        for element in block["elements"]:
            yield from _text(element, 3000)
    elif kind == "actions":
        yield from _at_most("actions", block["elements"], 25)
        yield from _elements(block["elements"])
    elif kind == "table":
        yield from _table(block["rows"])
    elif kind == "input":
        yield from _input(block)


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _at_most("block_id", block["block_id"], 255)
    yield from _text(block["label"], 2000)
    if "hint" in block:
        yield from _text(block["hint"], 2000)
    element = block["element"]
    if element["type"] not in INPUTS:
        yield f"{element['type']} in an input"
    yield from _elements([element])
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "an initial value longer than the field"
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150)
    yield from options_faults([*element.get("options", []), *_initial(element)])


def _initial(element: dict[str, Any]) -> list[dict[str, Any]]:
    chosen = [element["initial_option"]] if "initial_option" in element else []
    return [*chosen, *element.get("initial_options", [])]


def options_faults(options: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the options of a menu."""
    yield from _at_most("options", options, 101)
    for option in options:
        yield from _text(option["text"], 75)
        yield from _at_most("option value", option["value"], 75)


def _elements(elements: list[dict[str, Any]]) -> Iterator[str]:
    ids = [e["action_id"] for e in elements]
    if len(ids) != len(set(ids)):
        yield f"an action_id twice in a block: {ids}"
    for element in elements:
        if element["type"] == "button":
            yield from _text(element["text"], 75)
            for part, most in BUTTON.items():
                yield from _at_most(part, element[part], most)
            if element.get("style", "primary") not in {"primary", "danger"}:
                yield f"style {element['style']}"


def _table(rows: list[list[dict[str, Any]]]) -> Iterator[str]:
    yield from _at_most("rows", rows, 100)
    cells = [cell for row in rows for cell in row]
    yield from _at_most("characters of a table", "".join(c["text"] for c in cells), 10_000)
    for row in rows:
        yield from _at_most("cells", row, 20)
        if len(row) != len(rows[0]):
            yield "a ragged table"
    if any(not cell["text"] for cell in cells):
        yield "an empty cell"


def _text(text: dict[str, Any], most: int) -> list[str]:
    return _at_most(text["type"], text["text"], most) + ([] if text["text"] else ["an empty text"])


def _at_most(name: str, thing: Any, most: int) -> list[str]:
    return [f"{name}: {len(thing)} > {most}"] if len(thing) > most else []
