"""An office in which something of every kind waits for somebody."""

from __future__ import annotations

from bot import closing
from store.db import writing
from tests.bot.giving import PLAN, by, give, proposed, who_is
from tests.bot.office import Office
from tests.bot.people import draft_behind
from tests.bot.test_remarks import entered
from tests.bot.test_revisions import proposed as revision_proposed
from tests.bot.test_revisions import typed


def something_of_everything(office: Office) -> dict[str, str]:
    """Let it wait; the numbers by which buttons and forms name it (see `tests.bot.walk`)."""
    planner, child = office.person("U0PLANNER"), office.person("U0CHILD")
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    entered(planner)
    revision_proposed(office, planner, **{"target:": typed("5人")})
    db = office.bot.desk.db
    with writing(db):
        lock = closing.propose(
            db, by(office, "U0PLANNER", "残す"), who_is(office, "U0PLANNER"), PLAN, 2024, "lock"
        )
    office.settles()
    return {
        "submission": str(made.id),
        "to_confirm": str(made.id),
        "newest": str(made.id),
        "opinion": "1",
        "seen": "1",
        "revision": "1",
        "lock": str(lock.id),
        "draft": draft_behind(child.submits("1-1a R6 70％").message),
        "sheet": "0",
        "ahead": "digest:2025-06-09",
    }
