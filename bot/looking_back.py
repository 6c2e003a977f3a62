"""What everybody needs who looks back: what is looked for, what the store is asked, who reads it."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from answers.events import Reader
from answers.ledger_words import Sought, read_sought, wanted
from store import departments, directory
from store.acts import rows
from store.ledger import Wanted
from store.owning import owned_by
from store.people import Who
from store.plan import Plan


def sought_in(db: Database, plan: Plan, words: str, today: date) -> Sought:
    """What these words look for."""
    known = departments.departments(db, today)
    people = {r["user"]: r["name"] for r in rows(db, "SELECT user, name FROM directory")}
    return read_sought(words, plan, known, people, today)


def wanted_by(db: Database, plan: Plan, sought: Sought, today: date) -> Wanted:
    """The same for the store; a department takes in what it owns today."""
    owning = departments.owners(db, plan.id, today)
    mine = [subject for subject, owner in owning.items() if owner == sought.department]
    indicators = owned_by(owning, sought.department or "", plan)
    subjects = tuple(dict.fromkeys((*mine, *(i.id for i in indicators))))
    return wanted(sought, plan, subjects, today)


def reader_for(db: Database, plan: Plan, person: Who, today: date) -> Reader:
    """Who reads, with the names they see."""
    owning = departments.owners(db, plan.id, today)
    return Reader(person, plan, directory.names(db), owning, today)
