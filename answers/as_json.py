"""`ask --json`: what was understood and what is said, for programs."""

from __future__ import annotations

from typing import Any

from answers.ask import Intention
from answers.content import Content


def ask_json(intention: Intention, content: Content) -> dict[str, Any]:
    """An answer as `store/schemas/ask.schema.json` describes it.

    For a list or a department, pass the intention as `answers.reply.settle` returns it.
    """
    return {
        "kind": intention.kind,
        "ids": list(intention.ids),
        "indicators": [] if intention.kind == "unsure" else list(intention.indicators),
        "year": intention.year,
        "understood": intention.understood,
        "text": content.plain,
    }
