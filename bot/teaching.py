"""Teaching words: proposed by anybody, decided by the planning section, with all that is told of it.

Every function runs inside one transaction (the caller's `store.inbox.once`), as in `bot.rounds`.
"""

from __future__ import annotations

from sqlite_utils import Database

from answers import learning
from answers.content import Content
from answers.teachable import near_to, teachable
from bot.telling import edit, say
from store import aliases, departments, directory, shelf
from store.acts import By
from store.aliases import Alias
from store.people import Act, Who, permit
from store.plan import Plan
from store.taught import Subject

TITLE = "言い方の提案"


def propose(db: Database, by: By, person: Who, plan: Plan, subject: Subject, words: str) -> Content:
    """Propose that `words` mean `subject`, ask the planners, and say so.

    The only planner's own proposal holds at once. Raises BadInput, Stale or NotAllowed.
    """
    permit(by, person, Act.ASK, "alias")
    made = aliases.propose(db, by, plan.id, subject, _check(db, by, plan, subject, words))
    others = deciders(db, by.actor)
    if person.planner and not others:
        alone = by.because(learning.ALONE)
        return learning.learnt_alone(plan, aliases.learn(db, alone, made.id, alone=True))
    near = near_to(made.words, subject, aliases.reading(db, plan))
    asked = learning.request(plan, made, near, directory.names(db))
    for planner in others:
        say(db, by, f"{request_key(made.id)}{planner}", planner, asked, TITLE)
    return learning.proposed(plan, made, len(others))


def learn(db: Database, by: By, person: Who, number: int) -> Alias:
    """覚える: from now on the words are read so. Everybody who was asked sees who decided.

    The words are checked again, against all that is known by now.
    """
    permit(by, person, Act.ADMINISTER, subject_of(number))
    found = aliases.undecided(db, number)
    _check(db, by, shelf.read(db, found.plan), found.subject, found.words)
    decided = aliases.learn(db, by, number, alone=not deciders(db, by.actor))
    _tell(db, by, decided)
    return decided


def decline(db: Database, by: By, person: Who, number: int) -> Alias:
    """見送る: nothing is read otherwise. Everybody who was asked sees who decided."""
    permit(by, person, Act.ADMINISTER, subject_of(number))
    decided = aliases.decline(db, by, number)
    _tell(db, by, decided)
    return decided


def forget(db: Database, by: By, person: Who, number: int) -> Alias:
    """取り消す: words that were learnt are read as before."""
    permit(by, person, Act.ADMINISTER, subject_of(number))
    return aliases.forget(db, by, number)


def deciders(db: Database, user: str) -> tuple[str, ...]:
    """The planners beside `user` whom the workspace has not shut out."""
    present = {None, "member"}
    others = (planner for planner in departments.planners(db) if planner != user)
    return tuple(other for other in others if directory.standing(db, other) in present)


def request_key(number: int) -> str:
    """How the outbox keys of the requests about one proposal begin; the planner follows."""
    return f"alias:{number}:"


def subject_of(number: int) -> str:
    """How the audit names a proposal."""
    return f"alias:{number}"


def _check(db: Database, by: By, plan: Plan, subject: Subject, words: str) -> str:
    """The words as they are kept. Raises BadInput or Stale (see `answers.teachable`)."""
    today = by.at.date()
    known = departments.departments(db, today).values()
    return teachable(words, subject, aliases.reading(db, plan), known, today)


def _tell(db: Database, by: By, decided: Alias) -> None:
    """Who was asked, where they were asked; and who proposed it, unless that is who decided."""
    told = learning.settled(shelf.read(db, decided.plan), decided, directory.names(db))
    edit(db, by, request_key(decided.id), told, TITLE)
    proposer = decided.actor
    if proposer != by.actor and directory.standing(db, proposer) in {None, "member"}:
        say(db, by, f"alias-outcome:{decided.id}", proposer, told, TITLE)
