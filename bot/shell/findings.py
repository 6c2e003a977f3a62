"""A line of the doctor's checklist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MARKS = {"ok": "✓", "note": "・", "wrong": "✗"}


@dataclass(frozen=True)
class Finding:
    """What was found; `todo` says what to do about it, in one line or more."""

    state: Literal["ok", "note", "wrong"]
    what: str
    todo: str = ""

    def __str__(self) -> str:
        todo = self.todo.replace("\n", "\n      ")
        return f"{MARKS[self.state]} {self.what}" + (f"\n    → {todo}" if todo else "")
