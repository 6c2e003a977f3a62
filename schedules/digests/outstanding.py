"""What a department has still to give, for its own channel."""

from __future__ import annotations

from answers.layout import Part, say
from answers.spans import Bold, Code, line
from store.standing import Outlook

MOST_OWED = 10


def outstanding(outlook: Outlook) -> Part | None:
    """`提出がまだのもの（3件）` and a line each; None when nothing is."""
    owed = [s for s in outlook.standings.values() if s.outstanding]
    if not owed:
        return None
    lines = [
        line(Code(s.indicator.id), f" {s.indicator.name}　{s.state.value}")
        for s in owed[:MOST_OWED]
    ]
    more = [line(f"ほか{len(owed) - MOST_OWED}件")] if len(owed) > MOST_OWED else []
    return say(line(Bold("提出がまだのもの"), f"（{len(owed)}件）"), *lines, *more)
