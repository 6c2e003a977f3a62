"""The note beside a copy (`NAME.db.json`): what it holds, and the head of its history in full.

Carried away with the copy, or apart from it, it says later that nothing before it was altered.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from store.errors import CannotRun
from store.sealing import Head


@dataclass(frozen=True)
class Copied:
    """What a verified copy holds; no head where it is of a version that sealed nothing."""

    tables: int
    rows: int
    head: Head | None


def note_of(copy: Path) -> Path:
    """Where the note of a copy stands."""
    return copy.with_name(f"{copy.name}.json")


def write_note(copy: Path, found: Copied) -> None:
    """Say beside a copy what it holds."""
    head = {"seal": found.head.number, "head": found.head.hash} if found.head else {}
    said = {"tables": found.tables, "rows": found.rows, **head}
    note_of(copy).write_text(json.dumps(said, indent=1) + "\n", "utf-8")


def noted_head(copy: Path) -> str | None:
    """The head that the note of a copy says; None where there is no note or it says none.

    Raises CannotRun for a note that can't be read.
    """
    try:
        said = json.loads(note_of(copy).read_text("utf-8"))
        return str(said["head"]) if "head" in said else None
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise CannotRun(f"{note_of(copy)} は控えとして読めません（{error}）。") from error
