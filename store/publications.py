"""公開の決定: what of a plan may be shown to the public, by the word of two planners.

Only a locked collection (`store.locks`) is published, and only for as long as that lock holds. One
planner takes a publication back, with a reason: to stop is not to wait for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import BadInput, NotAllowed, Stale
from store.fiscal import era
from store.locks import lock_of


@dataclass(frozen=True)
class PublicationProposal:
    """A planner wants a locked collection published; another planner has to confirm it."""

    id: int
    plan: str
    collection: int
    lock: int
    at: str
    actor: str


@dataclass(frozen=True)
class Publication:
    """A decision that holds: `id` is its row, with who confirmed it and when."""

    id: int
    plan: str
    collection: int
    lock: int
    at: str
    actor: str


def decided(db: Database, plan: str) -> dict[int, Publication]:
    """The decisions that hold for a plan, by collection, oldest first."""
    found = rows(db, "SELECT * FROM published WHERE plan = ? ORDER BY collection", [plan])
    return {row["collection"]: Publication(**row) for row in found}


def decision_of(db: Database, plan: str, collection: int) -> Publication | None:
    """The decision that holds for a collection now."""
    return decided(db, plan).get(collection)


def day_of(publication: Publication) -> date:
    """The day of a decision."""
    return date.fromisoformat(publication.at[:10])


def judged_upon(db: Database, plan: str) -> dict[int, int]:
    """The figures that the locks of published collections judged: submission → its collection.

    A figure of a collection that is not published itself is not among them.
    """
    found = rows(
        db,
        """SELECT s.id, s.collection FROM published p
             JOIN frozen_verdicts f ON f.lock = p.lock JOIN submissions s ON s.id = f.submission
           WHERE p.plan = ?1 AND s.collection IN (SELECT collection FROM published WHERE plan = ?1)""",
        [plan],
    )
    return {row["id"]: row["collection"] for row in found}


def proposal_of(db: Database, plan: str, collection: int) -> PublicationProposal | None:
    """The proposal that waits for a second planner; one about a lock that was undone does not."""
    found = rows(
        db,
        """SELECT * FROM publications WHERE plan = ? AND collection = ?
           AND lock IN (SELECT id FROM locked) ORDER BY id DESC LIMIT 1""",
        [plan, collection],
    )
    return _proposal(found[0]) if found and found[0]["kind"] == "propose" else None


def waiting(db: Database, plan: str) -> tuple[PublicationProposal, ...]:
    """Every proposal of a plan that waits for a second planner, by collection."""
    found = rows(
        db,
        """SELECT * FROM publications p WHERE plan = ? AND kind = 'propose' AND id = (SELECT max(id)
             FROM publications WHERE plan = p.plan AND collection = p.collection
             AND lock IN (SELECT id FROM locked)) ORDER BY collection""",
        [plan],
    )
    return tuple(map(_proposal, found))


def propose(db: Database, by: By, plan: str, collection: int) -> PublicationProposal:
    """Propose to publish a locked collection.

    Raises Stale when it is not locked, published already, or when a proposal waits.
    """
    year, lock = era(collection), lock_of(db, plan, collection)
    if lock is None:
        raise Stale(f"{year}実績は締められていないため、公開を提案できません。先に締めてください。")
    if decision_of(db, plan, collection):
        raise Stale(f"{year}実績の公開はすでに決定しています。変更はありません。")
    waiting = proposal_of(db, plan, collection)
    if waiting:
        raise Stale(f"{year}実績の公開は<@{waiting.actor}>さんが提案済みです。変更はありません。")
    entry = {"plan": plan, "collection": collection, "lock": lock.id}
    number = append(db, "publications", by, **entry, kind="propose")
    return PublicationProposal(number, plan, collection, lock.id, by.row["at"] or "", by.actor)


def settle(db: Database, by: By, number: int, agreed: bool) -> PublicationProposal:
    """A second planner's word on a proposal, or anybody's to drop it.

    Raises Stale when the proposal no longer waits, NotAllowed when the proposer agrees to their own.
    """
    found = rows(db, "SELECT * FROM publications WHERE id = ?", [number])
    held = found and proposal_of(db, found[0]["plan"], found[0]["collection"])
    if not held or held.id != number:
        raise Stale("この提案はすでに処理されています。変更はありません。")
    if agreed and held.actor == by.actor:
        said = "ご自身の公開の提案は確定できません。ほかの企画担当が確定します。"
        raise NotAllowed(said, by, "publish", f"publication:{number}")
    entry = {"plan": held.plan, "collection": held.collection, "lock": held.lock}
    kind = "publish" if agreed else "drop"
    append(db, "publications", by, **entry, kind=kind, proposal=number)
    return held


def revoke(db: Database, by: By, plan: str, collection: int) -> None:
    """Take a decision back, for `by.reason`. Raises BadInput without one, Stale when none holds."""
    held = decision_of(db, plan, collection)
    if held is None:
        raise Stale(f"{era(collection)}実績の公開は決定していません。変更はありません。")
    if not (by.reason or "").strip():
        raise BadInput("公開を取りやめる理由を書いてください。履歴に残ります。")
    append(db, "publications", by, plan=plan, collection=collection, lock=held.lock, kind="revoke")


def _proposal(row: dict[str, Any]) -> PublicationProposal:
    named = ("id", "plan", "collection", "lock", "at", "actor")
    return PublicationProposal(**{name: row[name] for name in named})
