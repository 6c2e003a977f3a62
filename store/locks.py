"""締め: a collection is locked by one planner's proposal and a second planner's word.

What holds is the collection's newest row (`locks`). While it is locked, the verdicts frozen with the
lock stand beside whatever is corrected later. It is unlocked in the same way, with a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import NotAllowed, Stale
from store.fiscal import era

Change = Literal["lock", "unlock"]

WORDS: dict[str, str] = {"lock": "締め", "unlock": "締めの解除"}


@dataclass(frozen=True)
class LockProposal:
    """A planner wants a collection locked or unlocked; another planner has to confirm it."""

    id: int
    plan: str
    collection: int
    change: Change
    at: str
    actor: str
    reason: str | None


@dataclass(frozen=True)
class Lock:
    """A collection as it is locked: `id` is the lock's row, with who confirmed it and when."""

    id: int
    at: str
    actor: str


@dataclass(frozen=True)
class Frozen:
    """One verdict as it was frozen with a lock, and what it was made of.

    `grade` is the rule's code and `label` its word, both None where nothing was judged, for `why`.
    """

    lock: int
    at: str
    indicator: str
    collection: int
    state: str
    submission: int | None
    values: Mapping[str | None, Decimal]
    period: str | None
    rule: str
    rule_version: int
    grade: str | None
    label: str | None
    why: str | None
    arithmetic: str


def lock_of(db: Database, plan: str, collection: int) -> Lock | None:
    """The lock that holds for a collection now."""
    found = rows(
        db,
        """SELECT l.id AS id, l.at AS at, l.actor AS actor FROM locked JOIN locks l USING (id)
           WHERE locked.plan = ? AND locked.collection = ?""",
        [plan, collection],
    )
    return Lock(**found[0]) if found else None


def proposal_of(db: Database, plan: str, collection: int) -> LockProposal | None:
    """The proposal that waits for a second planner."""
    found = rows(
        db,
        "SELECT * FROM locks WHERE plan = ? AND collection = ? ORDER BY id DESC LIMIT 1",
        [plan, collection],
    )
    return _proposal(found[0]) if found and found[0]["proposal"] is None else None


def waiting(db: Database, plan: str) -> tuple[LockProposal, ...]:
    """Every proposal of a plan that waits for a second planner, by collection."""
    found = rows(
        db,
        """SELECT * FROM locks l WHERE plan = ? AND proposal IS NULL AND id = (SELECT max(id)
             FROM locks WHERE plan = l.plan AND collection = l.collection) ORDER BY collection""",
        [plan],
    )
    return tuple(map(_proposal, found))


def proposal(db: Database, number: int) -> LockProposal | None:
    """One proposal by its number, settled or not."""
    found = rows(db, "SELECT * FROM locks WHERE id = ? AND proposal IS NULL", [number])
    return _proposal(found[0]) if found else None


def propose(db: Database, by: By, plan: str, collection: int, change: Change) -> LockProposal:
    """Propose to lock or unlock a collection; unlocking wants `by.reason` (the schema insists).

    Raises Stale when it is so already, or when a proposal waits.
    """
    waiting = proposal_of(db, plan, collection)
    if waiting is not None:
        raise Stale(
            f"{era(collection)}の{WORDS[waiting.change]}は<@{waiting.actor}>さんが提案済みです。変更はありません。"
        )
    if (lock_of(db, plan, collection) is not None) == (change == "lock"):
        now = "すでに締められています" if change == "lock" else "締められていません"
        raise Stale(f"{era(collection)}は{now}。変更はありません。")
    append(db, "locks", by, plan=plan, collection=collection, kind=f"propose_{change}")
    made = proposal_of(db, plan, collection)
    if made is None:
        raise Stale("この提案は見つかりません。")
    return made


def settle(db: Database, by: By, number: int, agreed: bool) -> tuple[LockProposal, int]:
    """A second planner's word on a proposal, or anybody's to drop it; the row's number with it.

    Raises Stale when the proposal no longer waits, NotAllowed when the proposer agrees to their own.
    """
    found = rows(db, "SELECT * FROM locks WHERE id = ?", [number])
    held = found and proposal_of(db, found[0]["plan"], found[0]["collection"])
    if not held or held.id != number:
        raise Stale("この提案はすでに処理されています。変更はありません。")
    if agreed and held.actor == by.actor:
        said = f"ご自身の{WORDS[held.change]}の提案は確定できません。ほかの企画担当が確定します。"
        raise NotAllowed(said, by, "lock", f"lock:{number}")
    kind = held.change if agreed else "drop"
    row = append(
        db, "locks", by, plan=held.plan, collection=held.collection, kind=kind, proposal=number
    )
    return held, row


def freeze(db: Database, lock: int, plan: str, verdicts: list[dict[str, Any]]) -> None:
    """Keep the verdicts of a lock; the columns of each are made by `store.freezing`."""
    for verdict in verdicts:
        row = {**verdict, "lock": lock, "plan": plan}
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        db.execute(f"INSERT INTO frozen_verdicts ({names}) VALUES ({marks})", list(row.values()))


def frozen_by(db: Database, plan: str, until: int) -> dict[str, dict[int, Frozen]]:
    """The verdicts frozen with the locks that hold, by indicator and collection up to `until`."""
    found = rows(
        db,
        """SELECT f.*, l.at FROM frozen_verdicts f JOIN locked k ON k.id = f.lock
             JOIN locks l ON l.id = f.lock
           WHERE k.plan = ? AND k.collection <= ? ORDER BY k.collection""",
        [plan, until],
    )
    held: dict[str, dict[int, Frozen]] = {}
    for row in found:
        held.setdefault(row["indicator"], {})[row["collection"]] = _frozen(row)
    return held


def _proposal(row: dict[str, Any]) -> LockProposal:
    change: Change = "lock" if row["kind"] == "propose_lock" else "unlock"
    return LockProposal(
        row["id"], row["plan"], row["collection"], change, row["at"], row["actor"], row["reason"]
    )


def _frozen(row: dict[str, Any]) -> Frozen:
    return Frozen(
        lock=row["lock"],
        at=row["at"],
        indicator=row["indicator"],
        collection=row["collection"],
        state=row["state"],
        submission=row["submission"],
        values={name or None: Decimal(value) for name, value in json.loads(row["values"])},
        period=row["period"],
        rule=row["rule"],
        rule_version=row["rule_version"],
        grade=row["grade"],
        label=row["label"],
        why=row["why"],
        arithmetic=json.loads(row["arithmetic"])["said"],
    )
