"""Parts of a message: lines that become both blocks and plain text, so that the two cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answers.content import (
    Block,
    Content,
    actions,
    context,
    divider,
    escape,
    header,
    section,
    table,
)
from answers.spans import Bold, Line, line, mrkdwn, spoken

MOST = 3000
MOST_HEADING = 150


@dataclass(frozen=True)
class Part:
    """Some blocks and the lines that say the same."""

    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = ()


def heading(text: str) -> Part:
    """A heading; one that is too long for Slack's stands as bold text, with nothing cut."""
    if len(text) > MOST_HEADING:
        return say(line(Bold(text)))
    return Part((header(text),), (escape(text),))


def say(*lines: Line, accessory: Block | None = None) -> Part:
    """A paragraph of lines, empty ones left out; a very long one takes several sections."""
    there = [each for each in lines if each]
    chunks = list(_chunks(mrkdwn(each) for each in there))
    blocks = [section(chunk, None if n else accessory) for n, chunk in enumerate(chunks)]
    return Part(tuple(blocks), tuple(said for each in there if (said := spoken(each))))


def quiet(*lines: Line) -> Part:
    """Quiet lines below something."""
    blocks = tuple(context(chunk) for chunk in _chunks(mrkdwn(each) for each in lines))
    return Part(blocks, tuple(spoken(each) for each in lines))


def row(buttons: Sequence[Block]) -> Part:
    """Buttons, 25 a block. What they do is said by the lines around them."""
    rows = (buttons[n : n + 25] for n in range(0, len(buttons), 25))
    return Part(tuple(actions(each) for each in rows))


def rule() -> Part:
    """A line across."""
    return Part((divider(),))


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Part:
    """A table; in plain text each row is a line that names what its cells are."""
    lines = tuple(escape(_read_out(headings, cells)) for cells in rows)
    return Part((table([headings, *rows]),), lines)


def compose(parts: Iterable[Part | None]) -> Content:
    """The message that these parts make; those that are None are left out."""
    there = [part for part in parts if part is not None]
    text = "\n\n".join("\n".join(part.lines) for part in there if part.lines)
    return Content(text, tuple(block for part in there for block in part.blocks))


def _read_out(headings: Sequence[str], cells: Sequence[str]) -> str:
    named = zip(headings[1:], cells[1:], strict=True)
    return f"{cells[0]}: " + "・".join(f"{name} {cell}" for name, cell in named if cell)


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    """Lines together as far as they fit one block; a line that fits none is broken."""
    held = ""
    for each in lines:
        for piece in _broken(each):
            if held and len(held) + 1 + len(piece) > MOST:
                yield held
                held = piece
            else:
                held = f"{held}\n{piece}" if held else piece
    if held:
        yield held


def _broken(text: str) -> Iterator[str]:
    while len(text) > MOST:
        entity = text.rfind("&", MOST - 4, MOST)
        inside = entity != -1 and ";" not in text[entity:MOST]
        place = entity if inside else MOST
        yield text[:place]
        text = text[place:]
    yield text
