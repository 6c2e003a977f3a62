"""What is said: text that says it all, and blocks that lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """A message to be sent: `text` says what the blocks say (screen readers, notifications).

    Blocks are plain dicts of Block Kit, within Slack's limits for a message.
    """

    text: str
    blocks: tuple[Block, ...]

    @property
    def message(self) -> dict[str, Any]:
        """As Slack's methods and acks take it."""
        return {"text": self.text, "blocks": list(self.blocks)}


def escape(text: str) -> str:
    """Text of people, made harmless in mrkdwn: no mention, link or channel call can come of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """At most `most` characters, an ellipsis saying that there was more."""
    return text if len(text) <= most else text[: most - 1] + "…"


def section(mrkdwn: str, accessory: Block | None = None) -> Block:
    """A section of mrkdwn (already escaped where it holds text of people)."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(mrkdwn, 3000)}}
    if accessory:
        block["accessory"] = accessory
    return block


def header(text: str) -> Block:
    """A heading in plain text."""
    return {"type": "header", "text": plain(text, 150)}


def context(*mrkdwn: str) -> Block:
    """Quiet lines below something."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut(line, 3000)} for line in mrkdwn[:10]],
    }


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def plain(text: str, most: int) -> Block:
    """A plain_text object, cut to Slack's limit for its place."""
    return {"type": "plain_text", "text": cut(text, most), "emoji": False}


def button(label: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button; `value` names what it acts on and carries no authority."""
    element: Block = {
        "type": "button",
        "text": plain(label, 75),
        "action_id": action_id,
        "value": value,
    }
    if style:
        element["style"] = style
    return element


def ask_button(label: str, words: str) -> Block:
    """A button that asks `words`, as if they had been typed after `/kpi`."""
    return button(label, cut(f"ask:{words}", 255), words)


def actions(elements: Sequence[Block], block_id: str | None = None) -> Block:
    """A row of at most 25 buttons and menus."""
    block: Block = {"type": "actions", "elements": list(elements[:25])}
    if block_id:
        block["block_id"] = block_id
    return block
