"""公開の決定 as planners act it out: proposed, agreed to by another, taken back by any one.

Every function runs inside one transaction (the caller's `store.inbox.once`).
"""

from __future__ import annotations

from sqlite_utils import Database

from answers.admin_menu import admin_button
from answers.content import Content
from answers.publication_told import publication_asked, publication_revoked, publication_settled
from answers.publishing import Readiness, publishing_page
from answers.spans import one_line
from bot.telling import say
from store import departments, directory, locks, outbox, publications, shelf, stages
from store.acts import By
from store.db import kind_of
from store.fiscal import era
from store.people import Act, Who, permit
from store.publications import PublicationProposal
from store.standing import outlook

TITLE = "公開の提案"


def page(db: Database, by: By, plan: str, collection: int) -> Content:
    """The decision's page as it stands for the acting planner."""
    seen = outlook(db, shelf.read(db, plan), by.at.date(), collection)
    decided = publications.decided(db, plan)
    ready = Readiness(
        locked=locks.lock_of(db, plan, collection) is not None,
        decision=decided.get(collection),
        proposal=publications.proposal_of(db, plan, collection),
        gaps=stages.gaps(seen, "publication"),
        years=frozenset(decided),
        live=kind_of(db) == "live",
    )
    return publishing_page(seen, ready, by.actor, directory.names(db))


def propose(db: Database, by: By, person: Who, plan: str, collection: int) -> PublicationProposal:
    """Propose to publish a collection and ask the other planners for their word."""
    permit(by, person, Act.PUBLISH, f"{plan}/{collection}")
    made = publications.propose(db, by, plan, collection)
    way = admin_button("公開の状況を開く", f"公開 {era(collection)}")
    asked = publication_asked(made, directory.names(db), way)
    for planner in departments.planners(db):
        if planner != by.actor:
            say(db, by, f"{_key(made)}{planner}", planner, asked, TITLE)
    return made


def settle(db: Database, by: By, person: Who, number: int, agreed: bool) -> PublicationProposal:
    """Agree to another planner's proposal, or drop one; whoever was asked sees how it ended."""
    permit(by, person, Act.PUBLISH, f"publication:{number}")
    made = publications.settle(db, by, number, agreed)
    names = directory.names(db)
    told = publication_settled(made, agreed, names.get(by.actor, by.actor))
    for asked in outbox.messages(db, like=f"{_key(made)}%"):
        say(db, by, f"{asked.key}:settled", asked.audience, told, asked.title, edits=asked.key)
    if made.actor != by.actor:
        say(db, by, f"publication-settled:{number}:{made.actor}", made.actor, told, "公開")
    return made


def revoke(db: Database, by: By, person: Who, plan: str, collection: int) -> None:
    """Take a decision back, for `by.reason`, and tell the other planners."""
    permit(by, person, Act.PUBLISH, f"{plan}/{collection}")
    held = publications.decision_of(db, plan, collection)
    publications.revoke(db, by, plan, collection)
    who = directory.names(db).get(by.actor, by.actor)
    told = publication_revoked(collection, who, one_line(by.reason or ""))
    for planner in departments.planners(db):
        if planner != by.actor and held:
            key = f"publication-revoked:{held.id}:{planner}"
            say(db, by, key, planner, told, "公開の取りやめ")


def _key(proposal: PublicationProposal) -> str:
    return f"publication:{proposal.id}:"
