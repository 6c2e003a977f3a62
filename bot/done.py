"""What an act on several submissions did, as whoever did it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from answers.fields import view
from answers.layout import say
from answers.spans import Bold, Code, Line, line
from bot.desk import Desk
from bot.door import spoken
from bot.selections import Done

MOST_NAMED = 20


def done_lines(desk: Desk, done: Done, verb: str) -> tuple[Line, ...]:
    """`12件を承認しました。` and, by name, what was left as it is and why."""
    return tuple(_lines(desk, done, verb))


def _lines(desk: Desk, done: Done, verb: str) -> Iterator[Line]:
    yield line(Bold(f"{len(done.done)}件を{verb}。"))
    if done.skipped:
        yield line(f"{len(done.skipped)}件はそのままです。")
    for each in done.skipped[:MOST_NAMED]:
        proposal = each.submission.proposal
        name = desk.plan_of(proposal.plan).by_id[proposal.indicator].name
        why = spoken(desk, each.why)
        yield line("・", Code(proposal.indicator), f" {name}: {why}")
    if left := len(done.skipped) - MOST_NAMED:
        yield line(f"ほか{left}件") if left > 0 else ()


def done_view(title: str, said: Sequence[Line]) -> dict[str, Any]:
    """The same in the place of a form."""
    made = view("done", title, None, say(*said).blocks, close="閉じる")
    return {**made, "clear_on_close": True}
