"""What people hear of opinions: that they are theirs to answer, and that they were answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers.content import Content, ask_button
from answers.layout import Part, compose, heading, row, say
from answers.opinion_lines import OPEN, WORD, Opinions, answer_button, open_button, opinion_lines
from answers.spans import line
from store.remarks import Opinion

MOST_HERE = 10


def opinions_for_you(there: Sequence[Opinion], seen: Opinions) -> Content:
    """To the department that is to answer."""
    count = f"（{len(there)}件）" if len(there) > 1 else ""
    return compose((heading(f"意見への対応をお願いします{count}"), *_each(there, seen, "primary")))


def opinions_answered(there: Sequence[Opinion], seen: Opinions) -> Content:
    """To the planner who entered them."""
    count = f"（{len(there)}件）" if len(there) > 1 else ""
    return compose((say(line(f"意見への対応が書かれました{count}。")), *_each(there, seen)))


def _each(there: Sequence[Opinion], seen: Opinions, style: str | None = None) -> Iterator[Part]:
    """Each with its buttons; where there are many the rest is a page away."""
    for each in there[:MOST_HERE]:
        yield say(*opinion_lines(each, seen))
        yield row([answer_button(each, style)] * (style is not None) + [open_button(each)])
    if len(there) > MOST_HERE:
        yield say(
            line(f"ほか{len(there) - MOST_HERE}件"),
            accessory=ask_button("すべて見る", f"{WORD} {OPEN}" if style else WORD),
        )
