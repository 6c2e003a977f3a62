"""A line of the doctor's checklist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MARKS = {"ok": "✓", "note": "・", "wrong": "✗"}


@dataclass(frozen=True)
class Finding:
    """What was found; `todo` says what to do about it."""

    state: Literal["ok", "note", "wrong"]
    what: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{MARKS[self.state]} {self.what}" + (f"\n    → {self.todo}" if self.todo else "")
