"""「チャンネルに共有」: the button under an answer, and the answer as it stands in the channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answers.asked import Asked
from answers.content import Block, Content, button, cut
from answers.layout import compose, quiet
from answers.spans import Mention, line

LABEL = "チャンネルに共有"
ACTION = "share:"


def share_button(asked: Asked, words: str) -> Block:
    """A button that shares what `words` ask, as it will stand when it is pressed."""
    page = asked.intention.page
    found = asked.words(words) + (f" {page}ページ" if page > 1 else "")
    return button(LABEL, cut(f"{ACTION}{found}", 255), found)


def shared(answer: Content, user: str) -> Content:
    """The answer with who shared it above it. It offers no sharing again."""
    said = compose((quiet(line(Mention(user), " さんが共有しました")),))
    blocks = (*said.blocks, *without((ACTION,), answer.blocks))
    return Content(f"{said.text}\n\n{answer.text}", blocks)


def without(actions: tuple[str, ...], blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks without the buttons whose action begins so, and without rows of no others."""
    for block in blocks:
        if block["type"] != "actions":
            yield block
            continue
        left = [e for e in block["elements"] if not e["action_id"].startswith(actions)]
        if left:
            yield {**block, "elements": left}
