"""見直し of the strategy: proposed by a planner, in force by a second one's word, kept for ever.

Nothing is rewritten: a revision is a row, and what the plan is in a year follows from all of them
(`store.revised`). A locked collection is not revised, so that its frozen verdicts stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import BadInput, NotAllowed, Stale
from store.fiscal import era
from store.revised import Changes, Revision

_SELECT = """SELECT p.*, s.kind, s.actor AS agreed_by, s.at AS agreed_at, s.id AS settlement
  FROM revision_proposals p LEFT JOIN revision_settlements s ON s.proposal = p.id"""


@dataclass(frozen=True)
class Decided:
    """What a body decided: from which fiscal year on, by whom and on which day, and why (`By`)."""

    from_year: int
    by: str
    on: date


def propose(
    db: Database,
    by: By,
    plan: str,
    indicator: str,
    decided: Decided,
    before: Changes,
    after: Changes,
) -> Revision:
    """Propose a revision, for `by.reason`. `before` is what the changed fields are now.

    Raises Stale while another proposal for the indicator waits, BadInput for a year that is locked
    or before one that is.
    """
    held = next((r for r in waiting(db, plan) if r.indicator == indicator), None)
    if held is not None:
        raise Stale(
            f"{indicator} の見直しは<@{held.actor}>さんが提案済みです。"
            "先にその提案を確定するか、取り下げてください。"
        )
    refuse_locked(db, plan, decided.from_year)
    number = append(
        db,
        "revision_proposals",
        by,
        plan=plan,
        indicator=indicator,
        from_year=decided.from_year,
        before=before.model_dump_json(exclude_unset=True),
        after=after.model_dump_json(exclude_unset=True),
        decided_by=decided.by,
        decided_on=decided.on.isoformat(),
    )
    return _one(db, number)


def settle(db: Database, by: By, number: int, agreed: bool) -> Revision:
    """A second planner's word on a proposal, or anybody's to drop it.

    Raises Stale when it no longer waits, NotAllowed when the proposer agrees to their own, BadInput
    when the year was locked meanwhile.
    """
    found = rows(db, f"{_SELECT} WHERE p.id = ?", [number])
    if not found or found[0]["kind"] is not None:
        raise Stale("この提案はすでに処理されています。変更はありません。")
    if agreed and found[0]["actor"] == by.actor:
        said = "ご自身の見直しの提案は確定できません。ほかの企画担当が確定します。"
        raise NotAllowed(said, by, "revise", f"revision:{number}")
    if agreed:
        refuse_locked(db, found[0]["plan"], found[0]["from_year"])
    kind = "agree" if agreed else "drop"
    append(db, "revision_settlements", by, proposal=number, kind=kind)
    return _one(db, number)


def refuse_locked(db: Database, plan: str, year: int) -> None:
    """Raises BadInput where a revision from that year on would reach into a locked collection."""
    last = last_locked(db, plan)
    if last is not None and year <= last:
        raise BadInput(
            f"{era(last)}実績は締められています。見直しは{era(last + 1)}以降から始めてください。"
        )


def last_locked(db: Database, plan: str) -> int | None:
    """The last collection that is locked."""
    row = db.execute("SELECT max(collection) FROM locked WHERE plan = ?", [plan]).fetchone()
    return None if row[0] is None else int(row[0])


def in_force(db: Database, plan: str) -> tuple[Revision, ...]:
    """Every revision of a plan that was agreed to, in that order."""
    found = rows(db, f"{_SELECT} WHERE p.plan = ? AND s.kind = 'agree' ORDER BY s.id", [plan])
    return tuple(map(_revision, found))


def of(db: Database, plan: str, indicator: str) -> tuple[Revision, ...]:
    """Those of one indicator, by the year from which they hold."""
    found = [each for each in in_force(db, plan) if each.indicator == indicator]
    return tuple(sorted(found, key=lambda r: r.from_year))


def waiting(db: Database, plan: str) -> tuple[Revision, ...]:
    """The proposals that wait for a second planner, oldest first."""
    found = rows(db, f"{_SELECT} WHERE p.plan = ? AND s.kind IS NULL ORDER BY p.id", [plan])
    return tuple(map(_revision, found))


def proposal(db: Database, number: int) -> Revision | None:
    """One proposal by its number, settled or not."""
    found = rows(db, f"{_SELECT} WHERE p.id = ?", [number])
    return _revision(found[0]) if found else None


def _one(db: Database, number: int) -> Revision:
    return _revision(rows(db, f"{_SELECT} WHERE p.id = ?", [number])[0])


def _revision(row: dict[str, Any]) -> Revision:
    agreed = row["kind"] == "agree"
    return Revision(
        row["id"],
        row["plan"],
        row["indicator"],
        row["from_year"],
        Changes.model_validate_json(row["before"]),
        Changes.model_validate_json(row["after"]),
        row["reason"],
        row["decided_by"],
        date.fromisoformat(row["decided_on"]),
        row["actor"],
        row["at"],
        row["agreed_by"] if agreed else None,
        row["agreed_at"] if agreed else None,
    )
