"""Content as it is compared with what was agreed: the plain text, then the blocks one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from answers.content import Content


def seen(content: Content) -> str:
    """Text and blocks, to be read by people in a golden file."""
    return "\n".join([content.plain, "", "=== blocks", *_blocks(content.blocks)])


def form(view: dict[str, Any]) -> str:
    """A modal, to be read by people in a golden file."""
    head = (
        f"{view['title']['text']} [{view.get('submit', {}).get('text', '')}] {view['callback_id']}"
    )
    return "\n".join([head, *_blocks(view["blocks"])])


def buttons(content: Content) -> dict[str, dict[str, Any]]:
    """The buttons by label."""
    found = [e for b in content.blocks if b["type"] == "actions" for e in b["elements"]]
    found += [b["accessory"] for b in content.blocks if "accessory" in b]
    return {each["text"]["text"]: each for each in found}


def in_blocks(content: Content) -> str:
    """Everything in the blocks that Slack would read as mrkdwn."""
    texts = [b["text"]["text"] for b in content.blocks if b["type"] == "section"]
    quiet = (b for b in content.blocks if b["type"] == "context")
    return "\n".join([*texts, *(element["text"] for b in quiet for element in b["elements"])])


def _blocks(blocks: Iterable[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        yield f"[{block['type']}]{_body(block)}"


def _body(block: dict[str, Any]) -> str:
    kind = block["type"]
    if kind in {"section", "header"}:
        more = f"\n  {_button(block['accessory'])}" if "accessory" in block else ""
        return f" {block['text']['text']}{more}"
    if kind == "context":
        return " " + " | ".join(element["text"] for element in block["elements"])
    if kind == "actions":
        return " " + " ".join(_button(each) for each in block["elements"])
    if kind == "table":
        return "".join("\n  " + " | ".join(c["text"] for c in row) for row in block["rows"])
    return _field(block) if kind == "input" else ""


def _button(element: dict[str, Any]) -> str:
    style = f" {element['style']}" if "style" in element else ""
    return f"<{element['text']['text']}{style} {element['action_id']} = {element['value']}>"


def _field(block: dict[str, Any]) -> str:
    element = block["element"]
    initial = element.get("initial_value") or element.get("initial_option", {}).get("value", "")
    options = ",".join(option["value"] for option in element.get("options", []))
    optional = "?" if block.get("optional") else ""
    hint = f"（{block['hint']['text']}）" if "hint" in block else ""
    return (
        f" {block['block_id']}{optional} {block['label']['text']}{hint}"
        f" {element['type']}/{element['action_id']} {options} = {initial}"
    ).rstrip()
