"""Sheets of opinions (意見の様式): which were issued, and with which opinions in them.

Sending one and taking one in is work as with departments' sheets (see `store.sheets`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from store.acts import By, append, rows
from store.remarks import Body, Opinion


@dataclass(frozen=True)
class OpinionSheet:
    """One issue, of a collection and a body (None: of all). `answers`: opinion → its newest answer
    by number when it was issued, 0 where there was none.
    """

    id: str
    plan: str
    collection: int
    body: Body | None
    answers: Mapping[int, int]
    at: str
    actor: str


def issue(
    db: Database,
    by: By,
    plan: str,
    collection: int,
    body: Body | None,
    opinions: Iterable[Opinion],
) -> OpinionSheet:
    """Append an issue with these opinions in it. Inside a transaction."""
    answers = {each.number: each.answer.number if each.answer else 0 for each in opinions}
    when = by.row["at"] or ""
    made = OpinionSheet(secrets.token_hex(8), plan, collection, body, answers, when, by.actor)
    append(
        db,
        "opinion_sheets",
        by,
        sheet=made.id,
        plan=plan,
        collection=collection,
        body=body,
        rows=json.dumps(list(answers.items())),
    )
    return made


def sheet(db: Database, sheet: str) -> OpinionSheet | None:
    """An issue by its id; None for one that was never issued here."""
    found = rows(db, "SELECT * FROM opinion_sheets WHERE sheet = ?", [sheet])
    if not found:
        return None
    row = found[0]
    return OpinionSheet(
        row["sheet"],
        row["plan"],
        row["collection"],
        row["body"],
        dict(json.loads(row["rows"])),
        row["at"],
        row["actor"],
    )
