"""答弁メモ in Slack: a block to be copied as it stands, and the button that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answers.asked import Asked
from answers.content import Block, Content, ask_button, escape, section
from answers.layout import Part, compose, heading, quiet
from answers.memo import memo
from answers.spans import Code, line

WORD = "答弁"
# A section holds 3,000 characters, and three more marks open and close its block.
MOST_IN_BLOCK = 2900


def memo_page(asked: Asked) -> Content:
    """The memo as text that is copied plainly, with no button or mark within."""
    text = memo(asked)
    return compose(
        (
            heading("答弁メモ"),
            _plain(text),
            quiet(line(f"{asked.intention.understood}。枠の中をそのままコピーできます。")),
        )
    )


def memo_asked_back(understood: str, example: str) -> Content:
    """What is said where the words name neither an indicator nor a goal."""
    return compose(
        (
            heading("答弁メモ"),
            quiet(
                line(understood),
                line("指標・目標・施策を1つ書いてください。例: ", Code(f"/kpi {WORD} {example}")),
            ),
        )
    )


def memo_button(asked: Asked, words: str) -> Block:
    """答弁メモ of what `words` ask, of the year that was asked for."""
    return ask_button("答弁メモ", f"{WORD} {asked.words(words)}")


def _plain(text: str) -> Part:
    """In blocks of code; a mark of theirs that somebody wrote ends none of them."""
    safe = escape(text.replace("```", "'''"))
    blocks = tuple(section(f"```\n{chunk}\n```") for chunk in _chunks(safe.split("\n")))
    return Part(blocks, (escape(text),))


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for each in lines:
        if held and sum(map(len, held)) + len(held) + len(each) > MOST_IN_BLOCK:
            yield "\n".join(held)
            held = []
        held.append(each[:MOST_IN_BLOCK])
    yield "\n".join(held)
