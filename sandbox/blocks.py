"""Whether Slack would take these blocks or this view, and the ids it gives them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sandbox import limits
from sandbox.checks import Mistakes, check_fields
from sandbox.together import check_together, interactive
from sandbox.wire import Json

IsFile = Callable[[Json], bool]
"""Tells whether a slack_file object names a file that exists."""


def mistakes_in_blocks(blocks: Any, surface: str, is_file: IsFile) -> list[str]:
    """Return Slack's messages on the blocks of a "message", "modal" or "home"; [] if all is well."""
    return _said(_check_blocks(blocks, surface, is_file, "/blocks"))


def mistakes_in_view(view: Any, is_file: IsFile) -> list[str]:
    """Return Slack's messages on a view; [] if all is well."""
    return _said(_check_view(view, is_file))


def is_too_large(view: Json) -> bool:
    """Tell whether a view is more than 250 kB of JSON."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES


def with_ids(blocks: Sequence[Json]) -> tuple[Json, ...]:
    """Give a block_id to each block and an action_id to each element that has none."""
    return tuple(_with_ids(block) for block in blocks)


def _said(mistakes: Mistakes) -> list[str]:
    return [f"[ERROR] {what} [json-pointer:{where}]" for what, where in mistakes]


def _check_view(view: Any, is_file: IsFile) -> Mistakes:
    if not isinstance(view, dict) or view.get("type") not in list(limits.VIEWS):
        yield "must be one of: modal, home", "/view/type"
        return
    yield from check_fields(view, limits.VIEWS[view["type"]], "/view")
    blocks = view.get("blocks")
    if blocks is None:
        yield "missing required field: blocks", "/view"
        return
    yield from _check_blocks(blocks, view["type"], is_file, "/view/blocks")
    if view["type"] == "modal" and not view.get("submit") and _has_input(blocks):
        yield "missing required field: submit", "/view"


def _check_blocks(blocks: Any, surface: str, is_file: IsFile, where: str) -> Mistakes:
    if not isinstance(blocks, list):
        yield "must provide an array", where
        return
    if len(blocks) > limits.BLOCKS_ON[surface]:
        yield f"no more than {limits.BLOCKS_ON[surface]} items allowed", where
    alone = [m for at, block in enumerate(blocks) for m in _check_block(block, surface, where, at)]
    yield from alone
    # Blocks that are malformed can't be looked at together.
    if not alone:
        yield from check_together(blocks, where)
        yield from _check_files(blocks, is_file, where)


def _check_block(block: Any, surface: str, where: str, at: int) -> Mistakes:
    if not isinstance(block, dict):
        yield "must be an object", f"{where}/{at}"
    elif block.get("type") not in limits.SURFACES[surface]:
        yield f"unsupported type: {block.get('type')}", f"{where}/{at}/type"
    else:
        yield from check_fields(block, limits.BLOCKS[block["type"]], f"{where}/{at}")


def _check_files(blocks: list[Json], is_file: IsFile, where: str) -> Mistakes:
    for named in _slack_files(blocks):
        if not is_file(named):
            yield "invalid slack file", where


def _slack_files(thing: Any) -> Iterator[Json]:
    if isinstance(thing, list):
        for item in thing:
            yield from _slack_files(item)
    elif isinstance(thing, dict):
        if isinstance(thing.get("slack_file"), dict):
            yield thing["slack_file"]
        for value in thing.values():
            yield from _slack_files(value)


def _has_input(blocks: Any) -> bool:
    return isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )


def _with_ids(block: Json) -> Json:
    named = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(4)}
    if "child_blocks" in named:
        named["child_blocks"] = list(with_ids(named["child_blocks"]))
    if block["type"] == "input":
        named["element"] = _with_action_id(block["element"])
    elif block["type"] == "section" and list(interactive(block)):
        named["accessory"] = _with_action_id(block["accessory"])
    elif block["type"] in ("actions", "context_actions"):
        named["elements"] = [_with_action_id(element) for element in block["elements"]]
    return named


def _with_action_id(element: Json) -> Json:
    return {**element, "action_id": element.get("action_id") or secrets.token_urlsafe(4)}
