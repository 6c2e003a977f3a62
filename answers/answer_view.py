"""An answer as a modal, for where there is no channel to answer in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from answers import chart, follow, learning, shared
from answers.content import Block, Content
from answers.fields import view
from answers.layout import say
from answers.shared import without
from answers.spans import Bold, line

CALLBACK = "answer"
BESIDE = (chart.ACTION, follow.ACTION, learning.TEACH, shared.ACTION)


def answer_view(content: Content) -> dict[str, Any]:
    """The same blocks without buttons that answer beside them, for which there is no place.

    A table, which no modal takes, is read out row by row.
    """
    blocks = (piece for block in without(BESIDE, content.blocks) for piece in _in_modal(block))
    return view(CALLBACK, "答え", None, tuple(blocks), close="閉じる")


def _in_modal(block: Block) -> Iterator[Block]:
    if block["type"] != "table":
        yield block
        return
    headings, *rows = [[cell["text"] for cell in cells] for cells in block["rows"]]
    lines = []
    for name, *cells in rows:
        named = zip(headings[1:], cells, strict=True)
        said = "・".join(f"{title} {cell}" for title, cell in named if cell != "–")
        lines.append(line(Bold(name), f" {said}"))
    yield from say(*lines).blocks
