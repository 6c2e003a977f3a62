"""締め as planners act it out: proposed, agreed to by another, undone in the same way.

Every function runs inside one transaction (the caller's `store.inbox.once`).
"""

from __future__ import annotations

from sqlite_utils import Database

from answers.admin_menu import admin_button
from answers.closing import MOST_NAMED, closing_page, lock_asked, lock_settled
from answers.content import Content
from bot.telling import say
from store import departments, directory, freezing, locks, outbox, shelf, submissions
from store.acts import By
from store.errors import Stale
from store.fiscal import era
from store.locks import Change, LockProposal
from store.people import Act, Who, permit
from store.standing import outlook


def page(db: Database, by: By, plan: str, collection: int) -> Content:
    """The collection's page as it stands for the acting planner."""
    seen = outlook(db, shelf.read(db, plan), by.at.date(), collection)
    lock, proposal = locks.lock_of(db, plan, collection), locks.proposal_of(db, plan, collection)
    return closing_page(seen, lock, proposal, by.actor, directory.names(db))


def propose(
    db: Database, by: By, person: Who, plan: str, collection: int, change: Change
) -> LockProposal:
    """Propose to lock or unlock a collection and ask the other planners for their word.

    Raises Stale where something is still 確認中 and `by.reason` does not say why it is left so.
    """
    permit(by, person, Act.LOCK, f"{plan}/{collection}")
    if change == "lock" and not by.reason:
        _refuse_waiting(db, plan, collection)
    made = locks.propose(db, by, plan, collection, change)
    way = admin_button("締めの状況を開く", f"締め {era(collection)}")
    asked = lock_asked(made, directory.names(db), way)
    for planner in departments.planners(db):
        if planner != by.actor:
            say(db, by, f"{_key(made)}{planner}", planner, asked, f"{locks.WORDS[change]}の提案")
    return made


def settle(db: Database, by: By, person: Who, number: int, agreed: bool) -> LockProposal:
    """Agree to another planner's proposal, or drop one. A lock freezes every verdict as it stands.

    Raises Stale where something came to be 確認中 since a lock was proposed without a reason.
    """
    permit(by, person, Act.LOCK, f"lock:{number}")
    held = locks.proposal(db, number)
    if agreed and held and held.change == "lock" and not held.reason:
        _refuse_waiting(db, held.plan, held.collection)
    proposal, row = locks.settle(db, by, number, agreed)
    if agreed and proposal.change == "lock":
        plan = shelf.read(db, proposal.plan)
        seen = outlook(db, plan, by.at.date(), proposal.collection)
        locks.freeze(db, row, plan.id, freezing.frozen(seen))
    names = directory.names(db)
    told = lock_settled(proposal, agreed, names.get(by.actor, by.actor))
    for asked in outbox.messages(db, like=f"{_key(proposal)}%"):
        key = f"{asked.key}:settled"
        say(db, by, key, asked.audience, told, asked.title, edits=asked.key)
    _tell_proposer(db, by, proposal, told)
    return proposal


def _refuse_waiting(db: Database, plan: str, collection: int) -> None:
    found = [s for s in submissions.waiting(db, plan) if s.proposal.collection == collection]
    if not found:
        return
    named = "、".join(s.proposal.indicator for s in found[:MOST_NAMED])
    rest = f" ほか{len(found) - MOST_NAMED}件" if len(found) > MOST_NAMED else ""
    raise Stale(
        f"{era(collection)}実績には確認中のものが{len(found)}件あります（{named}{rest}）。"
        "先に承認か差戻しをするか、残したまま締める理由を書いて提案してください。変更はありません。"
    )


def _tell_proposer(db: Database, by: By, proposal: LockProposal, told: Content) -> None:
    if proposal.actor != by.actor:
        key = f"lock-settled:{proposal.id}:{proposal.actor}"
        say(db, by, key, proposal.actor, told, locks.WORDS[proposal.change])


def _key(proposal: LockProposal) -> str:
    return f"lock:{proposal.id}:"
