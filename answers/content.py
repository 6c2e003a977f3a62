"""What is said: text that says it all, and blocks that lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.reading.seen import straight

Block = dict[str, Any]

# Slack advises at most this much `text`, and refuses more when a message is changed.
MOST_TEXT = 4000
MORE = "\n…（続きは本文をご覧ください）"


@dataclass(frozen=True)
class Content:
    """A message to be sent: `text` says what the blocks say (screen readers, notifications).

    `text` is escaped as Slack wants it; `plain` is the same for a terminal. Blocks are plain dicts
    of Block Kit, within Slack's limits for a message.
    """

    text: str
    blocks: tuple[Block, ...]

    @property
    def plain(self) -> str:
        """The whole text as people read it, with nothing escaped."""
        return unescape(self.text)

    @property
    def message(self) -> dict[str, Any]:
        """As Slack's methods and acks take it; a text past their limit refers to the blocks."""
        text = self.text
        if len(text) > MOST_TEXT:
            text = text[: MOST_TEXT - len(MORE)].rpartition("\n")[0] + MORE
        return {"text": text, "blocks": list(self.blocks)}


def escape(text: str) -> str:
    """Text of people, made harmless in mrkdwn: no mention, link or channel call can come of it."""
    return straight(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What was escaped, as it was written."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


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
    return {"type": "plain_text", "text": cut(straight(text), most), "emoji": False}


def button(label: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button; `value` names what it acts on and carries no authority."""
    element: Block = {
        "type": "button",
        "text": plain(label, 75),
        "action_id": cut(action_id, 255),
        "value": value,
    }
    if style:
        element["style"] = style
    return element


def asked_first(element: Block, title: str, text: str, yes: str) -> Block:
    """A button that asks whether one is sure before it does anything."""
    asks = {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain("やめる", 30),
    }
    return {**element, "confirm": asks}


def ask_button(label: str, words: str) -> Block:
    """A button that asks `words`, as if they had been typed after `/kpi`."""
    return button(label, cut(f"ask:{words}", 255), words)


def actions(elements: Sequence[Block], block_id: str | None = None) -> Block:
    """A row of at most 25 buttons and menus."""
    block: Block = {"type": "actions", "elements": list(elements[:25])}
    if block_id:
        block["block_id"] = block_id
    return block


def table(rows: Sequence[Sequence[str]]) -> Block:
    """A table of raw text, its first row the heading: at most 100 rows, one a message."""
    return {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": straight(cell) or "–"} for cell in row] for row in rows
        ],
    }
