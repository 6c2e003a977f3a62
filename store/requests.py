"""Which submissions one message asked about, so that the message can follow what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlite_utils import Database

from store.submissions import Submission
from store.submitted import select

Stage = Literal["lead", "planner"]


def ask_together(db: Database, stage: Stage, numbers: Sequence[int]) -> int:
    """Keep that these submissions are asked about in one message; its number is the first of them."""
    for number in numbers:
        db.execute(
            "INSERT INTO requested(submission, stage, batch) VALUES (?, ?, ?)",
            [number, stage, numbers[0]],
        )
    return numbers[0]


def batch_of(db: Database, stage: Stage, number: int) -> int | None:
    """The message that asked about a submission together with others; None for one of its own."""
    row = db.execute(
        "SELECT batch FROM requested WHERE stage = ? AND submission = ?", [stage, number]
    ).fetchone()
    return None if row is None else int(row[0])


def asked_in(db: Database, stage: Stage, batch: int) -> list[Submission]:
    """Everything that one message asked about, as it stands now."""
    among = "id IN (SELECT submission FROM requested WHERE stage = ? AND batch = ?)"
    return select(db, among, [stage, batch])
